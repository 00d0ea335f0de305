import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyedRandom } from '../harness/random.ts';
import { jitteredMs } from './jittered.ts';

test('within its bounds, never negative, whole, and the same for the same key', () => {
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.nat(2000),
      fc.string(),
      fc.string(),
      (middle, jitter, seed, key) => {
        const ms = jitteredMs(middle, jitter, new KeyedRandom(seed), key);
        expect(ms).toBe(jitteredMs(middle, jitter, new KeyedRandom(seed), key));
        expect(Number.isInteger(ms)).toBe(true);
        expect(ms).toBeGreaterThanOrEqual(Math.max(0, middle - jitter));
        expect(ms).toBeLessThanOrEqual(middle + jitter);
      },
    ),
  );
});

test('uses the whole of its range', () => {
  const drawn = Array.from({ length: 2000 }, (_, i) =>
    jitteredMs(100, 50, new KeyedRandom('s'), i),
  );
  expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([50, 150]);
});
