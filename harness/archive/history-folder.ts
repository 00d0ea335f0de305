/** A landscape's folder read as a recorded history. */
import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { SeatrialError } from '../seatrial-error.ts';
import { describeFailure } from './archive-failure.ts';
import { KeptHistory } from './kept-history.ts';
import { checkFormat } from './format.ts';
import { databaseIn, formatOf } from './open-folder.ts';
import { SqliteReader } from './sqlite-reader.ts';
import type { Cause } from './thread-progress.ts';

/** Whether a path is such a folder, or the database in one. */
export function isHistoryFolder(path: string): boolean {
  return (
    path.endsWith('.sqlite') || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  );
}

export class HistoryFolder extends KeptHistory<SqliteReader> {
  /** Throws `history.not-read`, `history.foreign` or `history.version` for what is none of ours. */
  constructor(path: string) {
    const file = path.endsWith('.sqlite') ? path : databaseIn(path);
    const describe = (cause: Cause): SeatrialError => describeFailure('read', file, cause);
    super(file, opened(file, describe), describe);
  }

  /** For queries; it can only be read. */
  get database(): DatabaseSync {
    return this.reader.database;
  }
}

function opened(path: string, describe: (cause: Cause) => SeatrialError): SqliteReader {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) {
    throw describe({ message: '', code: 'ENOENT' });
  }
  try {
    const reader = new SqliteReader(path, { readOnly: true });
    checkFormat(path, formatOf(reader.database));
    return reader;
  } catch (cause) {
    if (cause instanceof SeatrialError) throw cause;
    throw describe(cause as Error);
  }
}
