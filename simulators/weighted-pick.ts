/** A choice by weights out of one keyed draw. */
import type { KeyedRandom, KeyPart } from '../harness/random.ts';

/** One of a list that is not empty, each as likely as its weight says. */
export function pickWeighted<T>(
  choices: readonly (readonly [choice: T, weight: number])[],
  random: KeyedRandom,
  ...key: readonly KeyPart[]
): T {
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random.draw(...key) * total;
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  return (choices.at(-1) as readonly [T, number])[0];
}
