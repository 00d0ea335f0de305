/**
 * The same business and the same verdicts over vendors' wires: Coupa for procurement, SAP S/4HANA for
 * the ERP. The rules and the policies of each integration are those of the plain trials; only the
 * modules under `systems/` differ. In processes of their own: `vendor-processes.test.ts`.
 */
import { describe, expect, test } from 'vitest';
import { type Trial, type TrialResult, inProcess, runTrial } from '../../index.ts';
import { corpusOnVendors, naivePolicies } from './broken/corpus.ts';
import { type TrialSize, badDay, goodDay, trialFor } from './broken/trials.ts';
import { middlewareWith } from './kit/in-process.ts';
import type { Policies } from './kit/policies.ts';
import { caught, violated } from './seen.ts';

const vendors: TrialSize = { dialects: 'vendors' };

const run = (trial: Trial, changes: Partial<Policies>, seed: string): Promise<TrialResult> =>
  runTrial(trial, { seed, integration: inProcess(middlewareWith(changes)) });

describe.each(corpusOnVendors)('$name, on S/4HANA and Coupa', ({ name, changes }) => {
  test('is caught by the invariant meant for it', async () => {
    const result = await run(trialFor(name, vendors), changes, 'corpus-1');
    expect(result.verdict.faults.filter(({ fired }) => fired === 0)).toEqual([]);
    expect(caught(result, name)).toBe(true);
  });

  test('passes on a good day', async () => {
    expect(violated(await run(goodDay(vendors), changes, 'corpus-1'))).toEqual([]);
  });

  test('has a sound twin that is clean under the same faults', async () => {
    const result = await run(trialFor(name, vendors), {}, 'corpus-1');
    expect([violated(result), result.verdict.status]).toEqual([[], 'holds']);
  });
});

describe('on S/4HANA and Coupa', () => {
  test.each(['a', 'b'])('the sound integration holds on a bad day (seed %s)', async (seed) => {
    const result = await run(badDay(vendors), {}, seed);
    expect([violated(result), result.verdict.doubts, result.verdict.status]).toEqual([
      [],
      [],
      'holds',
    ]);
  });

  test('the sound integration leaves nothing owed on a good day', async () => {
    const result = await run(goodDay(vendors), {}, 'good');
    expect([violated(result), result.verdict.status, result.owed]).toEqual([[], 'holds', []]);
  });

  test('the naive integration does not survive a bad day', async () => {
    const result = await run(badDay(vendors), naivePolicies, 'a');
    expect(violated(result).some((each) => each.endsWith('no-duplicates'))).toBe(true);
    expect(violated(result)).toContain('throttling-respected');
  });

  test('one seed gives one history in virtual time', async () => {
    const histories = [];
    for (let turn = 0; turn < 2; turn++) {
      const trial = badDay({ ...vendors, purchaseOrders: 6, over: '24s' });
      const { history } = await run(trial, {}, 'same');
      histories.push([...history].map((record) => JSON.stringify(record)).join('\n'));
    }
    expect(histories[0]).toBe(histories[1]);
  });
});
