/** A trial whose history and documents are kept on disk is the same trial. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openArchive } from '../harness/archive/open-archive.ts';
import { historyHash } from '../harness/explore/difference.ts';
import { type RunOptions, type Trial, inProcess, runTrial } from '../index.ts';
import { badDay } from './integrations/broken/trials.ts';
import { middlewareWith } from './integrations/kit/in-process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seatrial-kept-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (trial: Trial, options: RunOptions = {}) =>
  runTrial(trial, { seed: 'kept', integration: inProcess(middlewareWith()), ...options });

describe.each(['plain', 'vendors'] as const)('%s systems', (dialects) => {
  const trial = badDay({ purchaseOrders: 12, over: '12s', dialects });

  test('the history is the same, byte for byte, with next to nothing in memory', async () => {
    const kept = await run(trial, { data: openArchive(folder, { cachedAtMost: 1 }) });
    const inMemory = await run(trial);
    expect(historyHash(kept.history)).toBe(historyHash(inMemory.history));
    expect(kept.verdict).toEqual(inMemory.verdict);
    expect(kept.owed).toEqual(inMemory.owed);
  });
});

test('a trial needs a new folder', async () => {
  const trial = badDay({ purchaseOrders: 1, over: '1s' });
  await run(trial, { data: folder });
  await expect(run(trial, { data: folder })).rejects.toThrow(
    `Failed to write the history ${folder}/history.sqlite: it is there already`,
  );
});

test('a trial that cannot record any more does not pass', async () => {
  const trial = badDay({ purchaseOrders: 12, over: '12s' });
  const other = { database: undefined as DatabaseSync | undefined };
  const onProgress = (): void => {
    if (other.database !== undefined) return;
    other.database = new DatabaseSync(join(folder, 'history.sqlite'));
    other.database.exec('BEGIN EXCLUSIVE');
  };
  await expect(run(trial, { data: folder, onProgress })).rejects.toThrow(
    `Failed to write the history ${folder}/history.sqlite: another process is writing it`,
  );
  other.database?.close();
});
