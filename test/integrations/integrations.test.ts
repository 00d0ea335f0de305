/**
 * The corpus in virtual time: each broken integration is caught by the invariant meant for it, passes
 * on a good day (else it is another bug than we mean), and its sound twin is clean under the same
 * faults. In processes of their own, over HTTP: `processes.test.ts`.
 */
import { describe, expect, test } from 'vitest';
import { type Trial, type TrialResult, inProcess, runTrial } from '../../index.ts';
import { corpus } from './broken/corpus.ts';
import { badDay, goodDay, trialFor } from './broken/trials.ts';
import { middlewareWith } from './kit/in-process.ts';
import type { Policies } from './kit/policies.ts';
import { caught, violated } from './seen.ts';

const run = (trial: Trial, changes: Partial<Policies>, seed: string): Promise<TrialResult> =>
  runTrial(trial, { seed, integration: inProcess(middlewareWith(changes)) });

describe.each(corpus)('$name (bug $bug)', (bug) => {
  const { name, changes, twin = {} } = bug;

  test('is caught by the invariant meant for it', async () => {
    const result = await run(trialFor(name), changes, 'corpus-1');
    expect(result.verdict.faults.filter(({ fired }) => fired === 0)).toEqual([]);
    expect(caught(result, name)).toBe(true);
  });

  test.skipIf(bug.always)('passes on a good day', async () => {
    expect(violated(await run(goodDay({}, bug), changes, 'corpus-1'))).toEqual([]);
  });

  test('has a sound twin that is clean under the same faults', async () => {
    const result = await run(trialFor(name), twin, 'corpus-1');
    expect([violated(result), result.verdict.status]).toEqual([[], 'holds']);
  });
});

test('the corpus has every class of the list, each bug under a name of its own', () => {
  const classes = [...new Set(corpus.map(({ bug }) => bug))];
  // The list has 39; what comes after them is ours.
  expect(classes.slice(0, 39)).toEqual(Array.from({ length: 39 }, (_, index) => index + 1));
  expect(classes.slice(39).every((each) => each > 39)).toBe(true);
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
});

describe('the sound integration', () => {
  test.each(['a', 'c', 'd'])('holds on a bad day (seed %s)', async (seed) => {
    const result = await run(badDay({ purchaseOrders: 30, over: '20s' }), {}, seed);
    expect([violated(result), result.verdict.doubts, result.verdict.status]).toEqual([
      [],
      [],
      'holds',
    ]);
  });

  test('holds on a good day, and leaves nothing owed', async () => {
    const result = await run(goodDay(), {}, 'good');
    expect([violated(result), result.verdict.status, result.owed]).toEqual([[], 'holds', []]);
  });
});

test('an integration that does nothing does not pass', async () => {
  const result = await runTrial(goodDay({ purchaseOrders: 5, over: '4s' }), {
    seed: 'idle',
    integration: inProcess(() => ({})),
  });
  expect(result.verdict.status).toBe('violated');
  expect(violated(result)).toContain('order-to-erp/nothing-lost');
});

test('one seed gives one history in virtual time', async () => {
  const histories = [];
  for (let turn = 0; turn < 2; turn++) {
    const { history } = await run(badDay({ purchaseOrders: 10, over: '8s' }), {}, 'same');
    histories.push([...history].map((record) => JSON.stringify(record)).join('\n'));
  }
  expect(histories[0]).toBe(histories[1]);
});
