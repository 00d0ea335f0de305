/** A history that was kept, read as a recorded one: in order, as often as one likes, none of it held. */
import type { HistoryHeader } from '../history-file.ts';
import type { HistorySource } from '../history.ts';
import type { HistoryRecord } from '../record.ts';
import { SeatrialError } from '../seatrial-error.ts';
import type { ArchiveReader } from './archive.ts';
import { isLong } from './archived-history.ts';
import type { Cause } from './thread-progress.ts';

const pageRecords = 2000;

export class KeptHistory<Reader extends ArchiveReader = ArchiveReader> implements HistorySource {
  /** Of the database, or the address of its server. */
  readonly path: string;
  readonly header: HistoryHeader;
  protected readonly reader: Reader;
  readonly #describe: (cause: Cause) => SeatrialError;

  /** Throws what `describe` makes of it when it has no header, or cannot be read. */
  constructor(path: string, reader: Reader, describe: (cause: Cause) => SeatrialError) {
    this.path = path;
    this.reader = reader;
    this.#describe = describe;
    const header = this.#attempt(() => reader.meta('header'));
    if (header === undefined) throw describe({ message: 'nothing was recorded in it' });
    this.header = JSON.parse(header) as HistoryHeader;
  }

  get long(): boolean {
    return isLong(this.#attempt(() => this.reader.length()));
  }

  /** Records in order. Throws `history.torn` naming the database when one is missing or broken. */
  *[Symbol.iterator](): Generator<HistoryRecord> {
    let position = 0;
    for (;;) {
      const bodies = this.#attempt(() => this.reader.records(position, pageRecords));
      for (const body of bodies) yield this.#parsed(body, position++);
      if (bodies.length < pageRecords) return;
    }
  }

  at(position: number): HistoryRecord | undefined {
    const body = this.#attempt(() => this.reader.record(position));
    return body === undefined ? undefined : this.#parsed(body, position);
  }

  close(): void {
    this.reader.close();
  }

  #parsed(body: string, position: number): HistoryRecord {
    let record: HistoryRecord | undefined;
    try {
      record = JSON.parse(body) as HistoryRecord;
    } catch {
      // Told below, with the place.
    }
    if (record?.position === position) return record;
    throw new SeatrialError({
      code: 'history.torn',
      task: `read the history ${this.path}`,
      reason: `record ${position} is missing or broken`,
      hint: 'The database was edited; record it again.',
    });
  }

  #attempt<R>(work: () => R): R {
    try {
      return work();
    } catch (cause) {
      if (cause instanceof SeatrialError) throw cause;
      throw this.#describe(cause as Error);
    }
  }
}
