/** What a trial ends with: every promise judged, every fault accounted for, and how to see it again. */
import type { FaultPlan } from './fault-plan.ts';
import type { HistorySource } from './history.ts';
import { type InvariantResult, type VerdictStatus, worst } from './invariant.ts';

export interface FaultResult {
  readonly fault: string;
  readonly kind: string;
  readonly link: string;
  readonly fired: number;
}

/** How far a flow got. */
export interface FlowResult {
  readonly flow: string;
  /** Source facts that owed the flow a target document. */
  readonly owed: number;
  readonly arrived: number;
}

export interface Verdict {
  readonly status: VerdictStatus;
  readonly invariants: readonly InvariantResult[];
  readonly faults: readonly FaultResult[];
  readonly flows: readonly FlowResult[];
  /** Reasons outside the invariants why the trial proves less than it should. */
  readonly doubts: readonly string[];
}

/** Counts how often each planned fault fired. */
export function countFaults(history: HistorySource, plan: FaultPlan): FaultResult[] {
  // A long history takes its time to read.
  if (plan.planned.length === 0) return [];
  const fired = new Map<string, number>();
  for (const record of history) {
    if (record.type === 'fault.fired') fired.set(record.fault, (fired.get(record.fault) ?? 0) + 1);
  }
  return plan.planned.map(({ fault, label }) => ({
    fault: label,
    kind: fault.kind,
    link: fault.link,
    fired: fired.get(label) ?? 0,
  }));
}

/** Violated beats unknown beats holds; a fault that never fired makes a trial that holds unknown. */
export function verdictOf(
  invariants: readonly InvariantResult[],
  faults: readonly FaultResult[],
  flows: readonly FlowResult[],
  doubts: readonly string[] = [],
): Verdict {
  const idle = faults
    .filter((each) => each.fired === 0)
    .map((each) => `the fault "${each.fault}" never fired`);
  const all = [...doubts, ...idle];
  // What only something particular asks for is no doubt about a trial in which that did not happen,
  // as long as anything at all was asked.
  const judged = invariants.some((each) => each.seen > 0)
    ? invariants.filter((each) => each.idle !== true)
    : invariants;
  const status = worst([
    ...judged.map((each) => each.status),
    all.length > 0 ? 'unknown' : 'holds',
  ]);
  return { status, invariants, faults, flows, doubts: all };
}
