/** A history whose older records are on disk: what is not durable yet, and a little more, is in memory. */
import { AppendedHistory } from '../history.ts';
import type { HistoryRecord } from '../record.ts';
import type { ArchiveReader, OpenBatch } from './archive.ts';

/** Durable records that stay in memory, for those who follow the history. */
const recent = 2000;
const pageRecords = 1000;
/** What a check holds of all keys of so many records fits well into memory. */
const recordsOfShort = 400_000;

/** Whether a history of so many records is a long one. */
export const isLong = (records: number): boolean => records > recordsOfShort;

export class ArchivedHistory extends AppendedHistory {
  readonly #reader: ArchiveReader;
  readonly #appended: () => void;
  #tail: HistoryRecord[] = [];
  #tailStart: number;
  /** Records before it were handed to a batch. */
  #handedOver: number;

  /** `appended` is called after each record. */
  constructor(reader: ArchiveReader, appended: () => void) {
    super();
    this.#reader = reader;
    this.#appended = appended;
    this.#tailStart = this.#handedOver = reader.length();
  }

  get long(): boolean {
    return isLong(this.length);
  }

  get length(): number {
    return this.#tailStart + this.#tail.length;
  }

  at(position: number): HistoryRecord | undefined {
    if (position >= this.#tailStart) return this.#tail[position - this.#tailStart];
    const body = this.#reader.record(position);
    return body === undefined ? undefined : (JSON.parse(body) as HistoryRecord);
  }

  [Symbol.iterator](): Iterator<HistoryRecord> {
    return this.since(0);
  }

  /** The records from a position on. */
  *since(first: number): Generator<HistoryRecord> {
    let position = first;
    while (position < this.#tailStart) {
      const limit = Math.min(pageRecords, this.#tailStart - position);
      const bodies = this.#reader.records(position, limit);
      for (const body of bodies) yield JSON.parse(body) as HistoryRecord;
      position += bodies.length;
      if (bodies.length < limit) break;
    }
    for (; position < this.length; position++) yield this.at(position) as HistoryRecord;
  }

  protected hold(record: HistoryRecord): void {
    this.#tail.push(record);
    this.#appended();
  }

  /** Adds the records that are in no batch yet. */
  keep(batch: OpenBatch): void {
    const values: (string | number)[] = [];
    for (; this.#handedOver < this.length; this.#handedOver++) {
      const record = this.#tail[this.#handedOver - this.#tailStart] as HistoryRecord;
      if (record.type === 'commit') batch.positions.set(record.data, record.position);
      values.push(record.position, JSON.stringify(record));
    }
    if (values.length > 0) batch.values.record = values;
  }

  /** Everything before the position is durable. */
  release(position: number): void {
    const spare = position - recent - this.#tailStart;
    if (spare < recent) return;
    this.#tail = this.#tail.slice(spare);
    this.#tailStart += spare;
  }

  get handedOver(): number {
    return this.#handedOver;
  }
}
