/** A landscape's folder read as a recorded history: in order, as often as one likes, none of it held. */
import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { HistoryHeader } from '../history-file.ts';
import type { HistorySource } from '../history.ts';
import type { HistoryRecord } from '../record.ts';
import { SeatrialError } from '../seatrial-error.ts';
import { describeFailure } from './archive-failure.ts';
import { partsFor } from './archived-history.ts';
import { checkFormat, databaseIn } from './open-archive.ts';
import { SqliteReader } from './sqlite-reader.ts';

const pageRecords = 2000;

/** Whether a path is such a folder, or the database in one. */
export function isHistoryFolder(path: string): boolean {
  return (
    path.endsWith('.sqlite') || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  );
}

export class HistoryFolder implements HistorySource {
  /** Of the database. */
  readonly path: string;
  readonly header: HistoryHeader;
  readonly #reader: SqliteReader;

  /** Throws `history.not-read`, `history.foreign` or `history.version` for what is none of ours. */
  constructor(path: string) {
    this.path = path.endsWith('.sqlite') ? path : databaseIn(path);
    if (statSync(this.path, { throwIfNoEntry: false }) === undefined) {
      throw describeFailure('read', this.path, { message: '', code: 'ENOENT' });
    }
    this.#reader = this.#attempt(() => opened(this.path));
    const header = this.#attempt(() => this.#reader.meta('header'));
    if (header === undefined) {
      throw describeFailure('read', this.path, { message: 'nothing was recorded in it' });
    }
    this.header = JSON.parse(header) as HistoryHeader;
  }

  /** For queries; it can only be read. */
  get database(): DatabaseSync {
    return this.#reader.database;
  }

  get parts(): number {
    return partsFor(this.#attempt(() => this.#reader.length()));
  }

  /** Records in order. Throws `history.torn` naming the database when one is missing or broken. */
  *[Symbol.iterator](): Generator<HistoryRecord> {
    let position = 0;
    for (;;) {
      const bodies = this.#attempt(() => this.#reader.records(position, pageRecords));
      for (const body of bodies) yield this.#parsed(body, position++);
      if (bodies.length < pageRecords) return;
    }
  }

  at(position: number): HistoryRecord | undefined {
    const body = this.#attempt(() => this.#reader.record(position));
    return body === undefined ? undefined : this.#parsed(body, position);
  }

  close(): void {
    this.#reader.close();
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
      throw describeFailure('read', this.path, cause as Error);
    }
  }
}

function opened(path: string): SqliteReader {
  const reader = new SqliteReader(path, { readOnly: true });
  const { database } = reader;
  const { user_version: format } = database.prepare('PRAGMA user_version').get() as {
    user_version: number;
  };
  checkFormat(
    path,
    format,
    database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all(),
  );
  return reader;
}
