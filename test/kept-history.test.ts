/** A trial whose history and documents are kept outside its process is the same trial. */
import { describe, expect, test } from 'vitest';
import { openArchive } from '../harness/archive/open-archive.ts';
import { historyHash } from '../harness/explore/difference.ts';
import { type RunOptions, type Trial, inProcess, runTrial } from '../index.ts';
import { badDay } from './integrations/broken/trials.ts';
import { middlewareWith } from './integrations/kit/in-process.ts';
import { describeKept } from './kept-places.ts';

const run = (trial: Trial, options: RunOptions = {}) =>
  runTrial(trial, { seed: 'kept', integration: inProcess(middlewareWith()), ...options });

describeKept('a trial that is kept', (places) => {
  describe.each(['plain', 'vendors'] as const)('of %s systems', (dialects) => {
    const trial = badDay({ purchaseOrders: 12, over: '12s', dialects });

    test('has the same history, byte for byte, with next to nothing in memory', async () => {
      const kept = await run(trial, { data: openArchive(places.fresh(), { cachedAtMost: 1 }) });
      const inMemory = await run(trial);
      expect(historyHash(kept.history)).toBe(historyHash(inMemory.history));
      expect(kept.verdict).toEqual(inMemory.verdict);
      expect(kept.owed).toEqual(inMemory.owed);
    });
  });

  test('needs a place where nothing is', async () => {
    const trial = badDay({ purchaseOrders: 1, over: '1s' });
    const place = places.fresh();
    await run(trial, { data: place });
    await expect(run(trial, { data: place })).rejects.toThrow(
      `Failed to write the history ${places.named(place)}: it is there already`,
    );
  });

  test('and cannot be any more does not pass', async () => {
    const trial = badDay({ purchaseOrders: 12, over: '12s' });
    const place = places.fresh();
    let broken: Promise<() => void> | undefined;
    const onProgress = (): void => {
      broken ??= places.break(place);
    };
    await expect(run(trial, { data: place, onProgress })).rejects.toThrow(
      `the history ${places.named(place)}: ${places.broken}`,
    );
    (await broken)?.();
  });
});
