/**
 * Invariants: pure checks that fold over the history, one small state per business key, so that a
 * history of any length is checked in bounded memory and shards are checked apart.
 */
import type { HistoryRecord, RecordType } from './record.ts';

export type VerdictStatus = 'holds' | 'violated' | 'unknown';

/** What a promise broken looks like. Data, never thrown. */
export interface Violation {
  /** The business keys concerned, the main one first. */
  readonly keys: readonly string[];
  /** Places in the history that show it. */
  readonly positions: readonly number[];
  /** One business sentence: what is wrong, with numbers. */
  readonly sentence: string;
  /** The two sides that differ, when there are two. */
  readonly expected?: unknown;
  readonly actual?: unknown;
}

/** What an invariant found for one key. */
export interface Finding {
  /** Whether this key exercised the promise at all. */
  readonly exercised: boolean;
  readonly violations: readonly Violation[];
  /** Why nothing can be said for this key, when that is so. */
  readonly unknown?: string;
}

/** What is known about the trial when the keys are judged. */
export interface Ending {
  /** Trial time when all faults were healed; the end of the history for one without that phase. */
  readonly healedAt: number;
  readonly endedAt: number;
  /** Whether liveness ended in quiet; otherwise what was still owed may just be late. */
  readonly quiet: boolean;
}

/** Records an invariant wants to see; with `system` and `document` for commits and messages. */
export interface Interest {
  readonly type: RecordType;
  readonly system?: string;
  readonly document?: string;
}

export interface Invariant<State = unknown> {
  /** Stable and unique, e.g. `order-to-erp/no-duplicates`. */
  readonly name: string;
  /** What it promises, in one sentence. */
  readonly promise: string;
  /** Letter of the class in the bug list: U, R, 3W, B, N, ...; for attribution. */
  readonly family?: string;
  readonly interests: readonly Interest[];
  /**
   * For an invariant that learns names while it reads (which ERP number is which order): the same
   * invariant with nothing learned yet. Called once for each check.
   */
  fresh?(): Invariant<State>;
  /** The business keys the record belongs to; none leaves it out. */
  keysOf(record: HistoryRecord): string | readonly string[] | undefined;
  begin(key: string): State;
  /** Takes one record in; returns the state to go on with (the same object, changed, is fine). */
  step(state: State, record: HistoryRecord): State;
  end(state: State, key: string, ending: Ending): Finding;
}

/** An invariant's result over a whole history. */
export interface InvariantResult {
  readonly invariant: string;
  readonly promise: string;
  readonly family?: string;
  readonly status: VerdictStatus;
  /** Keys that exercised it. */
  readonly seen: number;
  readonly violations: readonly Violation[];
  /** More violations there were than are listed. */
  readonly unlisted: number;
  /** Why it is unknown, when it is. */
  readonly reason?: string;
}

/** Violated beats unknown beats holds. */
export function worst(statuses: Iterable<VerdictStatus>): VerdictStatus {
  let result: VerdictStatus = 'holds';
  for (const status of statuses) {
    if (status === 'violated') return 'violated';
    if (status === 'unknown') result = 'unknown';
  }
  return result;
}

/** Keeps the type of an invariant's state while it is written; forgets it for lists. */
export const defineInvariant = <State>(invariant: Invariant<State>): Invariant =>
  invariant as unknown as Invariant;
