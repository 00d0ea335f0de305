/** Delta debugging: what is left still fails, and nothing of it can go. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { deltaDebug } from './delta-debug.ts';

const lists = fc.uniqueArray(fc.nat(999), { minLength: 1, maxLength: 60 });

test('leaves exactly the causes when all of them are needed', async () => {
  await fc.assert(
    fc.asyncProperty(
      lists.chain((list) =>
        fc.tuple(fc.constant(list), fc.subarray(list, { maxLength: Math.min(5, list.length) })),
      ),
      async ([list, causes]) => {
        const fails = async (candidate: readonly number[]) =>
          causes.every((each) => candidate.includes(each));
        expect(await deltaDebug(list, fails)).toEqual(causes);
      },
    ),
  );
});

test('leaves something minimal whatever makes it fail', async () => {
  await fc.assert(
    fc.asyncProperty(lists, fc.integer({ min: 1, max: 40 }), async (list, threshold) => {
      // Any elements of a sum above the threshold: not monotone in which, only in how much.
      const sum = (candidate: readonly number[]) => candidate.reduce((a, b) => a + b, 0);
      fc.pre(sum(list) >= threshold);
      const kept = await deltaDebug(list, async (candidate) => sum(candidate) >= threshold);
      expect(sum(kept)).toBeGreaterThanOrEqual(threshold);
      if (kept.length === 1) return;
      for (const each of kept) expect(sum(kept) - each).toBeLessThan(threshold);
    }),
  );
});

test('a single cause among a thousand takes few runs', async () => {
  let runs = 0;
  const list = Array.from({ length: 1000 }, (_, i) => i);
  const kept = await deltaDebug(list, async (candidate) => {
    runs++;
    return candidate.includes(617);
  });
  expect(kept).toEqual([617]);
  expect(runs).toBeLessThan(30);
});

test('many causes do not cost their square', async () => {
  let runs = 0;
  const list = Array.from({ length: 120 }, (_, i) => i);
  const causes = list.filter((each) => each % 4 === 0);
  const kept = await deltaDebug(list, async (candidate) => {
    runs++;
    return causes.every((each) => candidate.includes(each));
  });
  expect(kept).toEqual(causes);
  expect(runs).toBeLessThan(3 * list.length);
});

test('asks for nothing when there is nothing', async () => {
  expect(await deltaDebug([], async () => true)).toEqual([]);
});
