/**
 * The append-only record of a trial. A stream: readers iterate it or subscribe; nobody edits it.
 * In memory here; other stores implement the same interface.
 */
import type { HistoryRecord, NewRecord } from './record.ts';

export type HistoryListener = (record: HistoryRecord) => void;

/** What checks read: something to iterate as often as they like, in order. */
export type HistorySource = Iterable<HistoryRecord> & {
  /** Whether memory may not hold what a check holds of all its keys at once. */
  readonly long?: boolean;
};

export interface History extends HistorySource {
  readonly length: number;
  /** Gives the record its position and keeps it. Listeners run in the same turn. */
  append(record: NewRecord): HistoryRecord;
  /** Calls `listener` with every record from now on; returns the way to stop. */
  subscribe(listener: HistoryListener): () => void;
  at(position: number): HistoryRecord | undefined;
}

/** What every history does with a record: gives it its position, holds it, tells it. */
export abstract class AppendedHistory implements History {
  #listeners: readonly HistoryListener[] = [];

  abstract readonly length: number;
  abstract at(position: number): HistoryRecord | undefined;
  abstract [Symbol.iterator](): Iterator<HistoryRecord>;
  protected abstract hold(record: HistoryRecord): void;

  append(record: NewRecord): HistoryRecord {
    // The record is made by its only caller for this call, so it is completed in place.
    const placed = record as { position?: number };
    placed.position = this.length;
    const complete = placed as HistoryRecord;
    this.hold(complete);
    for (const listener of this.#listeners) listener(complete);
    return complete;
  }

  subscribe(listener: HistoryListener): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((each) => each !== listener);
    };
  }
}

/** A history that lives in this process's memory. */
export class MemoryHistory extends AppendedHistory {
  readonly #records: HistoryRecord[] = [];

  get length(): number {
    return this.#records.length;
  }

  at(position: number): HistoryRecord | undefined {
    return this.#records[position];
  }

  [Symbol.iterator](): Iterator<HistoryRecord> {
    return this.#records[Symbol.iterator]();
  }

  protected hold(record: HistoryRecord): void {
    this.#records.push(record);
  }
}
