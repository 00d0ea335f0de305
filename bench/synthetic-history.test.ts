import { describe, expect, it } from 'vitest';
import { check } from '../harness/check.ts';
import { procureToPayInvariants } from '../scenarios/invariants/procure-to-pay-invariants.ts';
import { syntheticHistory, syntheticRecords } from './synthetic-history.ts';

describe('syntheticHistory', () => {
  it('breaks no promise of procure-to-pay, and exercises most of them', () => {
    const results = check(syntheticHistory(3000), procureToPayInvariants());
    expect(results.filter(({ status }) => status === 'violated')).toEqual([]);
    expect(results.filter(({ status }) => status === 'holds').length).toBeGreaterThan(60);
  });

  it('is the same each time, and as long as asked', () => {
    expect(syntheticHistory(500).records).toEqual(syntheticHistory(500).records);
    expect(syntheticHistory(500).records.length).toBeGreaterThanOrEqual(500);
  });

  it('comes bit by bit, with many orders under way at a time, and breaks no promise then either', () => {
    const records = [...syntheticRecords(6900, 0.5)];
    expect(records.length).toBe(6902);
    expect(records.map(({ position }) => position)).toEqual(records.map((_, index) => index));
    const results = check(records, procureToPayInvariants());
    expect(results.filter(({ status }) => status === 'violated')).toEqual([]);
    expect(results.filter(({ status }) => status === 'holds').length).toBeGreaterThan(60);
  });
});
