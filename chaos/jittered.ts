/** A duration that varies, drawn by what it happens to and never streamed. */
import type { KeyPart, KeyedRandom } from '../harness/random.ts';

/** Shorter times than this one, the shortest first: what a smaller story is tried with. */
export const smaller = (middleMs: number): number[] =>
  [10, 100, 500, 1000, 2000, 5000].filter((ms) => ms <= middleMs / 2);

/** Milliseconds uniform in `middle` +- `jitter`, never below 0; the same for the same key. */
export function jitteredMs(
  middle: number,
  jitter: number,
  random: KeyedRandom,
  ...key: readonly KeyPart[]
): number {
  if (jitter === 0) return middle;
  return Math.max(0, Math.round(middle + (2 * random.draw('jitter', ...key) - 1) * jitter));
}
