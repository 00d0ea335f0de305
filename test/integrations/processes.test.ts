/**
 * The corpus as it is met in life: each integration a process of its own, speaking HTTP, in real
 * time. What each breaks is looked at closer in virtual time (`integrations.test.ts`).
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type TrialResult, type Trial, runTrial } from '../../index.ts';
import { corpusOnVendors } from './broken/corpus.ts';
import { badDay, trialFor } from './broken/trials.ts';
import { caught, noReproach, reproaches } from './seen.ts';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const size = { purchaseOrders: 20, over: '10s' } as const;
const patience = 150_000;

const run = (trial: Trial, command: string): Promise<TrialResult> =>
  runTrial(trial, {
    seed: 'process-1',
    integration: { kind: 'process', command, readyTimeoutMs: 60_000 },
  });

describe('in processes of their own', { concurrent: true, timeout: patience }, () => {
  test.each(corpusOnVendors)('$name is caught', async ({ name }) => {
    const result = await run(trialFor(name, size), `node ${file('broken/main.ts')} ${name}`);
    expect(caught(result, name)).toBe(true);
  });

  test('the sound integration holds on a bad day', async () => {
    const result = await run(
      badDay({ purchaseOrders: 40, over: '15s', often: 3 }),
      `node ${file('sound/main.ts')}`,
    );
    expect(reproaches(result)).toEqual(noReproach);
  });
});
