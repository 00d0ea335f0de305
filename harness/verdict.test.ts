import { describe, expect, it } from 'vitest';
import type { FaultPlan } from './fault-plan.ts';
import type { InvariantResult, VerdictStatus } from './invariant.ts';
import type { HistoryRecord } from './record.ts';
import { countFaults, verdictOf } from './verdict.ts';

const result = (status: VerdictStatus, fields: Partial<InvariantResult> = {}): InvariantResult => ({
  invariant: status,
  promise: 'Something holds.',
  status,
  seen: 1,
  violations: [],
  unlisted: 0,
  ...fields,
});
const fault = (fired: number): Parameters<typeof verdictOf>[1][number] => ({
  fault: 'drop 1',
  kind: 'drop',
  link: 'erp -> integration',
  fired,
});

describe('verdictOf', () => {
  it.each([
    ['holds', [result('holds')]],
    ['unknown', [result('holds'), result('unknown')]],
    ['violated', [result('unknown'), result('violated'), result('holds')]],
  ] as const)('is %s when that is the worst', (status, invariants) => {
    expect(verdictOf(invariants, [fault(1)], []).status).toBe(status);
  });

  it('doubts a trial with a fault that never fired, and names it', () => {
    expect(verdictOf([result('holds')], [fault(1), fault(0)], [])).toMatchObject({
      status: 'unknown',
      doubts: ['the fault "drop 1" never fired'],
    });
    expect(verdictOf([result('violated')], [fault(0)], []).status).toBe('violated');
  });

  it('doubts a trial for reasons from outside', () => {
    expect(verdictOf([result('holds')], [], [], ['it was cut short'])).toMatchObject({
      status: 'unknown',
      doubts: ['it was cut short'],
    });
  });

  it('does not doubt a trial for what only something particular asks for', () => {
    const idle = result('unknown', { seen: 0, idle: true });
    expect(verdictOf([result('holds'), idle], [], []).status).toBe('holds');
    expect(verdictOf([idle], [], []).status).toBe('unknown');
  });
});

describe('countFaults', () => {
  it('counts each planned fault by its label', () => {
    const plan = {
      planned: ['a', 'b'].map((label) => ({ label, fault: { kind: 'drop', link: 'x -> y' } })),
    } as unknown as FaultPlan;
    const fired = (label: string): HistoryRecord => ({
      type: 'fault.fired',
      position: 0,
      at: 0,
      fault: label,
      kind: 'drop',
      link: 'x -> y',
    });
    expect(
      countFaults([fired('a'), fired('a'), fired('z')], plan).map(({ fired }) => fired),
    ).toEqual([2, 0]);
  });
});
