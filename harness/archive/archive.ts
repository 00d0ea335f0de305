/**
 * Where a landscape's history and documents go when they shall outlive its process. What happens in a
 * turn is collected and written in one batch; it stays in memory until the batch is durable, and then
 * leaves it but for a bounded cache. The cores stay synchronous: what left memory is read back in the
 * same turn.
 */
import type { CalendarOptions } from '../calendar.ts';
import type { Outline } from '../collection.ts';
import type { HistoryHeader } from '../history-file.ts';
import type { SeatrialError } from '../seatrial-error.ts';
import type { Batch, Change, DocumentRow, Value } from './changes.ts';

/** A document with its key. */
export type KeyedRow = DocumentRow & { readonly id: string };

/** Reads what is durable; synchronous. */
export interface ArchiveReader {
  document(collection: number, id: string): DocumentRow | undefined;
  earlier(collection: number, id: string, version: number): DocumentRow | undefined;
  /** Up to `limit` documents behind a place, in the order of their places. */
  documents(collection: number, afterPlace: number, limit: number): KeyedRow[];
  /** Keys, versions and times alone, in the order of the places. */
  outline(collection: number): Iterable<Outline & { readonly place: number }>;
  extent(collection: number): { lastPlace: number; greatest: string | null };
  size(collection: number): number;
  /** Keys by a value that was looked up, with the turn in which each got it. */
  named(lookup: number, value: string): { id: string; turn: number }[];
  greatestNamed(lookup: number): string | undefined;
  collections(): { number: number; system: string; kind: string }[];
  meta(name: string): string | undefined;
  record(position: number): string | undefined;
  records(from: number, limit: number): string[];
  /** How many records there are. */
  length(): number;
  close(): void;
}

/** Takes batches away and says when they are durable. */
export interface ArchiveWriter {
  submit(batch: Batch): void;
  /** Number of the last durable batch. */
  readonly written: number;
  /** Waits, without letting anything else happen, until the batch is durable or writing has failed. */
  waitFor(batch: number): void;
  readonly failure: SeatrialError | undefined;
  onNews(listener: () => void): void;
  /** Whether somebody waits for it, so that the process may not end. */
  keepAlive(awaited: boolean): void;
  close(): void;
}

/**
 * The greatest key on disk as a bound for keys in memory: no key on disk is above it. Databases sort by
 * code points, and texts in memory by halves of them, which differs behind the first surrogate.
 */
export const boundOf = (greatest: string | null | undefined): string =>
  greatest === null || greatest === undefined
    ? ''
    : greatest.replace(/[\ud800-\udfff].*$/s, '\uffff');

/** What writes itself into a batch. */
export interface Keeper {
  /** Adds the state of this key, as it is now, to the batch. */
  keep(key: string, batch: OpenBatch): void;
  /** The batch is durable: what it wrote may leave memory. */
  release(key: string, batch: number): void;
  /** What was cached the longest goes. */
  age(): void;
}

/** A batch being put together. */
export class OpenBatch {
  readonly number: number;
  readonly values: { [Each in Change]?: Value[] } = {};
  /** Positions of the commits in it, by their data. */
  readonly positions = new Map<unknown, number>();

  constructor(number: number) {
    this.number = number;
  }

  add(change: Change, ...values: Value[]): void {
    const list = this.values[change];
    if (list === undefined) this.values[change] = values;
    else list.push(...values);
  }
}

/** What stands above the records: how to judge them, and what a restart must find again. */
export interface ArchiveHeader extends HistoryHeader {
  /** Dialect by system. */
  readonly systems: Readonly<Record<string, string>>;
  readonly calendar: CalendarOptions;
}
