/**
 * Invariants: pure checks that fold over the history, one small state per business key, so that a
 * history of any length is checked in bounded memory and shards are checked apart.
 */
import type { HistorySource } from './history.ts';
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
  /**
   * Whether it is asked only when something particular happens (a throttled call, a lost answer).
   * That nothing exercised it is then told, and is no doubt about the whole trial.
   */
  readonly conditional?: boolean;
  readonly interests: readonly Interest[];
  /**
   * For an invariant that learns names while it reads (which ERP number is which order): the same
   * invariant with nothing learned yet. Called once for each check, with what the check's invariants
   * have in common.
   */
  fresh?(shared: Shared): Invariant<State>;
  /** Invariants of one group read the same keys: `keysOf` is asked once for all of them. */
  readonly group?: object;
  /** Invariants of one group with the same fold have the same state and differ only in how it ends. */
  readonly fold?: object;
  /** The business keys the record belongs to; none leaves it out. */
  keysOf(record: HistoryRecord): string | readonly string[] | undefined;
  /** Whether a key's first record may be this one; what comes before it is left out. Default yes. */
  opens?(record: HistoryRecord): boolean;
  begin(key: string): State;
  /** Judges the history as a whole, instead of all the rest of these. */
  whole?(history: HistorySource): Finding;
  /** Takes one record in; returns the state to go on with (the same object, changed, is fine). */
  step(state: State, record: HistoryRecord): State;
  end(state: State, key: string, ending: Ending): Finding;
}

/** What the invariants of one check have in common, made when it is first asked for. */
export class Shared {
  readonly #made = new Map<object, unknown>();

  of<T>(token: object, make: () => T): T {
    if (!this.#made.has(token)) this.#made.set(token, make());
    return this.#made.get(token) as T;
  }
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
  /** Asked only when something particular happens, which did not. */
  readonly idle?: boolean;
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
