/**
 * Integrations over vendors' wires as they are met in life: processes of their own, HTTP, real time.
 * All of the corpus in virtual time: `vendors.test.ts`.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Trial, type TrialResult, runTrial } from '../../index.ts';
import { type TrialSize, badDay, trialFor } from './broken/trials.ts';
import { caught, noReproach, reproaches } from './seen.ts';

/** What real time can carry of this business at 25 requests a second. */
const small: TrialSize = { dialects: 'vendors', purchaseOrders: 14, over: '20s' };
const inProcesses = ['retry-without-key', 'child-before-parent-dropped', 'expired-token-is-final'];
const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const runProcess = (trial: Trial, command: string): Promise<TrialResult> =>
  runTrial(trial, {
    seed: 'process-1',
    integration: { kind: 'process', command: `node ${command}`, readyTimeoutMs: 60_000 },
  });

describe('in processes of their own', { concurrent: true, timeout: 150_000 }, () => {
  test.each(inProcesses)('%s is caught', async (name) => {
    const result = await runProcess(trialFor(name, small), `${file('broken/main.ts')} ${name}`);
    expect(caught(result, name)).toBe(true);
  });

  test('the sound integration holds on a bad day', async () => {
    const result = await runProcess(badDay({ ...small, often: 3 }), file('sound/main.ts'));
    expect(reproaches(result)).toEqual(noReproach);
  });

  test('the naive integration does not', async () => {
    const result = await runProcess(badDay(small), file('naive/main.ts'));
    expect(result.verdict.status).toBe('violated');
  });
});
