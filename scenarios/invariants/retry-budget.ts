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
import type { CompletedRecord, HistoryRecord } from '../../harness/record.ts';
import { type CallState, byCall, callName, ofOperation } from './calls.ts';
import { judged, renewable, untouched } from './finding.ts';

export interface RetryBudget {
  /** Attempts of one operation and key in a row; default 12. */
  readonly attempts?: number;
  /** More attempts than that are no storm while they lie this far apart on average; default 5 seconds. */
  readonly calmMs?: number;
}

interface Row extends CallState {
  /** Attempts in a row that were answered, but not well. */
  count: number;
  /** Times and places of the last `attempts + 1` of them. */
  readonly failed: { readonly at: number; readonly position: number }[];
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

export const retryBudget = (budget: RetryBudget = {}): Invariant =>
  renewable(() => {
    const { attempts = 12, calmMs = 5000 } = budget;
    const reads = new SafeOperations();
    return defineInvariant<Row[]>({
      name: 'retry-budget',
      promise: `One thing is tried at most ${attempts} times in a row.`,
      family: 'E',
      conditional: true,
      interests: [{ type: 'exchange.invoked' }, { type: 'exchange.completed' }],
      ...byCall,
      opens: (record) => reads.failedWrite(record) !== undefined,
      begin: () => [],
      step(rows, record) {
        const failed = reads.failedWrite(record);
        if (failed !== undefined)
          takeFailure(ofOperation(rows, failed, emptyRow), failed, attempts, calmMs);
        else if (record.type === 'exchange.completed' && record.outcome === 'ok')
          forget(rows, record);
        return rows;
      },
      end(rows, key, ending) {
        if (rows.length === 0) return untouched;
        const over = rows.filter((row) => row.storm !== undefined || isAfterHealing(row, ending));
        return judged(over.map((row) => exceeded(row, key)));
      },
    });
  });

/** Which operations only read: an answer does not say, so it is learned from the calls. */
class SafeOperations {
  readonly #names = new Set<string>();

  /** The answer to a call that may change something, when it was not a good one. */
  failedWrite(record: HistoryRecord): CompletedRecord | undefined {
    if (record.type === 'exchange.invoked') {
      if (record.safe && record.attempt === 1) this.#names.add(record.operation);
      return undefined;
    }
    if (record.type !== 'exchange.completed' || record.outcome === 'ok') return undefined;
    return this.#names.has(record.operation) ? undefined : record;
  }
}

const emptyRow = (callee: string, operation: string): Row => ({
  callee,
  operation,
  count: 0,
  failed: [],
  storm: undefined,
  late: undefined,
});

/** A success of the operation ends its row. */
function forget(rows: readonly Row[], { operation, callee }: CompletedRecord): void {
  for (const row of rows) {
    if (row.operation !== operation || row.callee !== callee) continue;
    row.count = 0;
    row.failed.length = 0;
  }
}

function takeFailure(
  row: Row,
  { at, position }: CompletedRecord,
  attempts: number,
  calmMs: number,
): void {
  row.count++;
  row.failed.push({ at, position });
  if (row.count <= attempts) return;
  if (row.failed.length > attempts + 1) row.failed.shift();
  const [first] = row.failed as [Row['failed'][number]];
  const tookMs = at - first.at;
  const positions = [first.position, position];
  const excess = { count: row.count, since: first.at, tookMs, positions };
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
