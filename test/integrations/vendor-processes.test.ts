/**
 * Integrations over vendors' wires as they are met in life: processes of their own, HTTP, real time.
 * All of the corpus in virtual time: `vendors.test.ts`.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Trial, type TrialResult, runTrial } from '../../index.ts';
import { type TrialSize, badDay, expectations, trialFor } from './broken/trials.ts';

const violated = ({ verdict }: TrialResult): string[] =>
  verdict.invariants
    .filter(({ status }) => status === 'violated')
    .map(({ invariant }) => invariant);

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
    const meant = expectations[name]?.caughtBy ?? [];
    expect(violated(result).some((each) => meant.some((end) => each.endsWith(end)))).toBe(true);
  });

  test('the sound integration holds on a bad day', async () => {
    const result = await runProcess(badDay({ ...small, often: 3 }), file('sound/main.ts'));
    const { doubts, invariants } = result.verdict;
    const open = invariants.filter(({ status, idle }) => status === 'unknown' && !idle);
    // One in a hundred calls kills it; in a trial of this size that may be none.
    const silent = doubts.filter((doubt) => !doubt.includes('"crash '));
    expect([violated(result), open, silent]).toEqual([[], [], []]);
  });

  test('the naive integration does not', async () => {
    const result = await runProcess(badDay(small), file('naive/main.ts'));
    expect(result.verdict.status).toBe('violated');
  });
});
