import { describe, expect, it } from 'vitest';
import { joinReports } from './join-reports.ts';
import type { InvariantModel, ReportModel } from './report-model.ts';

const invariant = (changes: Partial<InvariantModel> = {}): InvariantModel => ({
  invariant: 'a',
  promise: 'A.',
  status: 'holds',
  seen: 3,
  violations: 0,
  stories: [],
  ...changes,
});

const report = (changes: Partial<ReportModel> = {}): ReportModel => ({
  format: 1,
  trial: 'load',
  integration: 'x',
  seed: 's',
  token: 't',
  replay: 'r',
  verdict: 'holds',
  invariants: [invariant()],
  faults: [],
  flows: [{ flow: 'f', owed: 2, arrived: 1 }],
  doubts: [],
  owed: [],
  counts: { commits: 1, exchanges: 2, messages: 3, faultsFired: 4, refusals: 5 },
  phases: [],
  lastedMs: 10,
  ...changes,
});

const idle = invariant({ status: 'unknown', seen: 0, reason: 'nothing exercised it' });
const broken = invariant({
  status: 'violated',
  violations: 2,
  stories: [{ sentence: 'wrong', story: [], keys: ['k'], positions: [1] }],
});

describe('the verdicts of shards', () => {
  it('of one shard are its own', () => {
    const only = report();
    expect(joinReports([only])).toBe(only);
  });

  it('hold when what one did not exercise another did', () => {
    const joined = joinReports([report(), report({ verdict: 'unknown', invariants: [idle] })]);
    expect(joined.verdict).toBe('holds');
    expect(joined.invariants[0]).toMatchObject({ status: 'holds', seen: 3 });
    expect(joined.flows).toEqual([{ flow: 'f', owed: 4, arrived: 2 }]);
    expect(joined.counts.messages).toBe(6);
  });

  it('are unknown when nobody exercised it', () => {
    expect(
      joinReports([report({ invariants: [idle] }), report({ invariants: [idle] })]).verdict,
    ).toBe('unknown');
  });

  it('are violated when one is, with its story and the count of all', () => {
    const joined = joinReports([report(), report({ verdict: 'violated', invariants: [broken] })]);
    expect(joined.verdict).toBe('violated');
    expect(joined.invariants[0]).toMatchObject({ violations: 2, seen: 6 });
    expect(joined.invariants[0]?.stories[0]?.sentence).toBe('wrong');
  });

  it('do not mind a fault that fired in another shard, and do mind one that never did', () => {
    const fault = (fired: number) => [{ fault: 'outage', kind: 'outage', link: 'a -> b', fired }];
    const silent = report({
      verdict: 'unknown',
      faults: fault(0),
      doubts: ['the fault "outage" never fired'],
    });
    expect(joinReports([report({ faults: fault(2) }), silent]).verdict).toBe('holds');
    expect(joinReports([silent, silent])).toMatchObject({
      verdict: 'unknown',
      doubts: ['the fault "outage" never fired'],
    });
  });

  it('keep every other doubt', () => {
    const cut = report({ verdict: 'unknown', doubts: ['the history ends before the trial did'] });
    expect(joinReports([report(), cut]).verdict).toBe('unknown');
  });
});
