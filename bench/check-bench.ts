/** All invariants of procure-to-pay over a history: records a second, and whether that lasts. */
import { measureCheck } from './check-rate.ts';
import { type Bench, type Figure, atLeast, atMost } from './figure.ts';

export const checkBench: Bench = ({ short }): Figure[] => {
  const { rate, growth } = measureCheck(short ? 200_000 : 1_000_000, short ? 2 : 5);
  return [
    atLeast('check-rate', rate, 300_000, 'records/s'),
    atMost('check-growth', growth, 11, 'times the time for 10 times the records'),
  ];
};
