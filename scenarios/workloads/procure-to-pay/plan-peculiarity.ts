/**
 * What makes a few lines unlike all others. The published log has 11,973 variants for 251,734 items,
 * three quarters of them seen once: a power law without end. So a peculiar line draws a number from
 * such a law, and the digits of the number spell what is done to the line besides.
 */
import type { KeyedRandom } from '../../../harness/random.ts';
import { mix } from './mix.ts';
import type { ChangePlan } from './plan.ts';

export interface Peculiarity {
  readonly shipments: number;
  /** Small changes before anything is shipped, in order. */
  readonly changes: readonly ChangePlan['kind'][];
}

/** Whether a line has a story of its own. */
export const isPeculiar = (
  random: KeyedRandom,
  index: number,
  line: number,
  severalShipments: number = mix.severalShipments,
): boolean => random.chance(mix.peculiar + severalShipments, 'peculiar', index, line);

/** What is peculiar about a line that is. */
export function planPeculiarity(
  random: KeyedRandom,
  index: number,
  line: number,
  severalShipments: number = mix.severalShipments,
): Peculiarity {
  const share = severalShipments / (mix.peculiar + severalShipments);
  if (random.chance(share, 'several', index, line)) {
    const draw = random.draw('shipments', index, line);
    const shipments = Math.floor(2 * (1 - draw) ** (-1 / mix.shipmentsExponent));
    return { shipments: Math.min(shipments, mix.mostShipments), changes: [] };
  }
  const draw = random.draw('peculiarity', index, line);
  // As a logarithm: the numbers themselves have no largest one.
  return { shipments: 1, changes: spell(-Math.log(1 - draw) / mix.peculiarityExponent) };
}

/** The digits, to base 2, of the whole part of e^logarithm: 0 is a move, 1 a text. */
function spell(logarithm: number): ChangePlan['kind'][] {
  const digits = Math.floor(logarithm / Math.LN2);
  const changes: ChangePlan['kind'][] = ['text'];
  // Between one power of two and the next the number is spread evenly, and its digits with it.
  let rest = Math.exp(logarithm - digits * Math.LN2) - 1;
  for (let i = 0; i < digits; i++) {
    rest *= 2;
    changes.push(rest >= 1 ? 'text' : 'place');
    rest -= Math.floor(rest);
  }
  return changes;
}
