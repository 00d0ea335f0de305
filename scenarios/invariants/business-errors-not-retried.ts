/**
 * A rejected business error ends in an exception queue and not in a retry loop: what a rule refused
 * for good is not knocked on again and again. Something missing may come, so it may be asked for longer.
 */
import { type Invariant, type Violation, defineInvariant } from '../../harness/invariant.ts';
import type { CompletedRecord, HistoryRecord } from '../../harness/record.ts';
import { type CallState, byCall, callName, ofOperation } from './calls.ts';
import { judged, untouched } from './finding.ts';
import { isFinalRefusal, isForMissing, ruleOf } from './refusals.ts';

export interface RetryBounds {
  /** Same refusals in a row of one operation and key; default 3. */
  readonly refusals?: number;
  /** The same for something that is not there yet; default 20. */
  readonly refusalsForMissing?: number;
}

interface Refusals extends CallState {
  rule: string;
  count: number;
  most: number;
  mostRule: string;
  /** First and last refusal of the longest row beyond the limit. */
  positions: readonly number[];
  first: number;
}

export const businessErrorsNotRetried = (bounds: RetryBounds = {}): Invariant => {
  const { refusals = 3, refusalsForMissing = 20 } = bounds;
  return defineInvariant<Refusals[]>({
    name: 'business-errors-not-retried',
    promise: `A business error is tried at most ${refusals} times and then left to people.`,
    family: 'E',
    conditional: true,
    interests: [{ type: 'exchange.completed' }],
    ...byCall,
    opens: isRefusal,
    begin: () => [],
    step(states, record) {
      if (record.type !== 'exchange.completed') return states;
      if (record.outcome === 'ok') forget(states, record);
      else if (isRefusal(record)) {
        const limit = isForMissing(record) ? refusalsForMissing : refusals;
        takeRefusal(ofOperation(states, record, noRefusals), record, limit);
      }
      return states;
    },
    end: (states, key) =>
      states.length === 0
        ? untouched
        : judged(states.filter(({ most }) => most > 0).map((state) => loop(state, key))),
  });
};

/** A success of the operation: what was refused before it is settled. */
function forget(states: readonly Refusals[], { operation, callee }: CompletedRecord): void {
  for (const each of states) {
    if (each.operation === operation && each.callee === callee) each.count = 0;
  }
}

function takeRefusal(state: Refusals, record: CompletedRecord, limit: number): void {
  const rule = ruleOf(record);
  if (state.count === 0 || state.rule !== rule) {
    state.rule = rule;
    state.count = 0;
    state.first = record.position;
  }
  state.count++;
  if (state.count <= limit || state.count <= state.most) return;
  state.most = state.count;
  state.mostRule = rule;
  state.positions = [state.first, record.position];
}

/** A duplicate that is refused is a duplicate prevented, and no error of the business. */
const isRefusal = (record: HistoryRecord): boolean =>
  record.type === 'exchange.completed' && record.rule !== 'duplicate' && isFinalRefusal(record);

const noRefusals = (callee: string, operation: string): Refusals => ({
  callee,
  operation,
  rule: '',
  count: 0,
  most: 0,
  mostRule: '',
  positions: [],
  first: -1,
});

const loop = (state: Refusals, key: string): Violation => ({
  keys: [key],
  positions: state.positions,
  sentence: `${callName(state, key)} was refused ${state.most} times in a row for the same rule (${state.mostRule}) instead of being left to people.`,
  actual: state.most,
});
