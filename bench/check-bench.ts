/**
 * All invariants of procure-to-pay over a history: records a second, whether ten times the records
 * take ten times as long, and the memory that ten million of them take. The two lengths take turns, and
 * the fastest of each counts: others on the machine only ever slow a check down. Nothing forces a collection
 * of garbage in between, because that would also throw away what the engine has learnt of short-lived
 * objects, and flatter the ratio.
 */
import { check } from '../harness/check.ts';
import { stopwatch } from '../harness/clock.ts';
import type { HistorySource } from '../harness/history.ts';
import { procureToPayInvariants } from '../scenarios/invariants/procure-to-pay-invariants.ts';
import { type Bench, type Figure, atLeast, atMost } from './figure.ts';
import { memoryOfCheck } from './memory-of-check.ts';
import { syntheticHistory } from './synthetic-history.ts';

export const checkBench: Bench = ({ short }): Figure[] => {
  const records = short ? 200_000 : 1_000_000;
  const [many, few] = [syntheticHistory(records), syntheticHistory(records / 10)];
  const manyMs: number[] = [];
  const fewMs: number[] = [];
  // The first turns compile the code that the others run.
  for (let warm = 0; warm < 3; warm++) checkMs(few);
  for (let round = 0; round < (short ? 3 : 7); round++) {
    manyMs.push(checkMs(many));
    fewMs.push(checkMs(few));
  }
  const fastest = Math.min(...manyMs);
  const growth = fastest / Math.min(...fewMs);
  return [
    atLeast('check-rate', (many.records.length / fastest) * 1000, 500_000, 'records/s'),
    atMost('check-growth', growth, 11, 'times the time for 10 times the records'),
    short
      ? atMost('check-memory', memoryOfCheck(600_000), 512, 'MiB for 600,000 records')
      : atMost('check-memory', memoryOfCheck(10_000_000), 512, 'MiB for 10 million records'),
  ];
};

/** Throws when the history is accused: a check that stops at mistakes would measure nothing. */
function checkMs(history: HistorySource): number {
  const elapsedMs = stopwatch();
  const results = check(history, procureToPayInvariants());
  const tookMs = elapsedMs();
  const violated = results.find(({ status }) => status === 'violated');
  if (violated) throw new Error(`Failed to measure: ${violated.violations[0]?.sentence}`);
  return tookMs;
}
