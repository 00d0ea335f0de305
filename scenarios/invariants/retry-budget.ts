/**
 * Attempts at one thing are bounded: in a row without success there are at most so many close
 * together, and at most so many once everything is healed. A long outage may be knocked at longer,
 * if slowly.
 */
import { describeDuration } from '../../harness/duration.ts';
import {
  type Ending,
  type Invariant,
  type Violation,
  defineInvariant,
} from '../../harness/invariant.ts';
import { type CallState, byCall, callName, ofOperation } from './calls.ts';
import { judged, untouched } from './finding.ts';

export interface RetryBudget {
  /** Attempts of one operation and key in a row; default 12. */
  readonly attempts?: number;
  /** More attempts than that are no storm while they lie this far apart on average; default 5 seconds. */
  readonly calmMs?: number;
}

interface Row extends CallState {
  count: number;
  firstAt: number;
  firstPosition: number;
  /** Times and places of the last `attempts + 1` attempts of the row under way, from the second on. */
  later: { readonly at: number; readonly position: number }[] | undefined;
  storm: Excess | undefined;
  late: Excess | undefined;
}

/** More attempts than allowed: how many there were, and when and where the counted ones lie. */
interface Excess {
  readonly count: number;
  readonly since: number;
  readonly tookMs: number;
  readonly positions: readonly number[];
}

export const retryBudget = (budget: RetryBudget = {}): Invariant => {
  const { attempts = 12, calmMs = 5000 } = budget;
  return defineInvariant<Row[]>({
    name: 'retry-budget',
    promise: `One thing is tried at most ${attempts} times in a row.`,
    family: 'E',
    interests: [{ type: 'exchange.invoked' }, { type: 'exchange.completed' }],
    ...byCall,
    opens: (record) => record.type === 'exchange.invoked' && !record.safe,
    begin: () => [],
    step(rows, record) {
      if (record.type === 'exchange.invoked') {
        if (record.safe) return rows;
        const row = ofOperation(rows, record, emptyRow);
        takeAttempt(row, record.at, record.position, attempts, calmMs);
      } else if (record.type === 'exchange.completed' && record.outcome === 'ok') {
        const row = rows.find(
          (each) => each.operation === record.operation && each.callee === record.callee,
        );
        if (row !== undefined) clear(row);
      }
      return rows;
    },
    end(rows, key, ending) {
      if (rows.length === 0) return untouched;
      const over = rows.filter((row) => row.storm !== undefined || isAfterHealing(row, ending));
      return judged(over.map((row) => exceeded(row, key)));
    },
  });
};

const emptyRow = (callee: string, operation: string): Row => ({
  callee,
  operation,
  count: 0,
  firstAt: 0,
  firstPosition: -1,
  later: undefined,
  storm: undefined,
  late: undefined,
});

function clear(row: Row): void {
  row.count = 0;
  row.later = undefined;
}

function takeAttempt(
  row: Row,
  at: number,
  position: number,
  attempts: number,
  calmMs: number,
): void {
  row.count++;
  // Nearly everything succeeds at once, so one attempt costs nothing.
  if (row.count === 1) {
    row.firstAt = at;
    row.firstPosition = position;
    return;
  }
  const later = (row.later ??= [{ at: row.firstAt, position: row.firstPosition }]);
  later.push({ at, position });
  if (row.count <= attempts) return;
  if (later.length > attempts + 1) later.shift();
  const [first] = later as [{ at: number; position: number }];
  const tookMs = at - first.at;
  const excess = {
    count: row.count,
    since: first.at,
    tookMs,
    positions: [first.position, position],
  };
  if (tookMs < attempts * calmMs) row.storm = excess;
  row.late = excess;
}

const isAfterHealing = ({ late }: Row, { healedAt, endedAt }: Ending): boolean =>
  late !== undefined && healedAt < endedAt && late.since > healedAt;

function exceeded(row: Row, key: string): Violation {
  const { storm, late } = row;
  const { count, positions } = (storm ?? late) as Excess;
  const how =
    storm === undefined
      ? 'and went on after everything was healed'
      : `the last ones within ${describeDuration(storm.tookMs)}`;
  return {
    keys: [key],
    positions,
    sentence: `${callName(row, key)} was tried ${count} times in a row without success, ${how}.`,
    actual: count,
  };
}
