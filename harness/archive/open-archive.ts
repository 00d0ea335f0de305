/** Opens a landscape's folder to write it: makes what is missing, and lets one process at a time do so. */
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SeatrialError } from '../seatrial-error.ts';
import { describeFailure } from './archive-failure.ts';
import { type ArchiveOptions, LandscapeArchive } from './landscape-archive.ts';
import { archiveFormat, schema } from './schema.ts';
import { SqliteReader } from './sqlite-reader.ts';
import { SqliteWriter } from './sqlite-writer.ts';

/** The database in a landscape's folder. */
export const databaseIn = (folder: string): string => join(folder, 'history.sqlite');

/**
 * Throws `history.not-written` for a folder that cannot be written, `history.in-use` when another
 * process writes it, `history.version` and `history.foreign` for what this seatrial does not know.
 */
export function openArchive(folder: string, options: ArchiveOptions = {}): LandscapeArchive {
  const path = databaseIn(folder);
  attempt(folder, () => {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  });
  const lock = takeLock(folder);
  try {
    prepare(path);
    const reader = new SqliteReader(path);
    const writer = new SqliteWriter(path, () => lock.close());
    return new LandscapeArchive(reader, writer, options);
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** One level is made by itself first, because only that tells the true reason why it cannot be. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (existsSync(dirname(folder))) mkdirSync(folder);
  else mkdirSync(folder, { recursive: true });
}

/** For what begins anew: throws `history.not-empty` when a history is kept there already. */
export function newArchive(folder: string): LandscapeArchive {
  const archive = openArchive(folder);
  if (archive.resumed === undefined) return archive;
  const { trial } = archive.resumed;
  archive.close();
  throw new SeatrialError({
    code: 'history.not-empty',
    task: `write the history ${databaseIn(folder)}`,
    reason: `it is there already, of "${trial}"`,
    hint: 'A trial begins a history of its own: choose a new folder.',
  });
}

/** The machine gives the lock back when the process ends, however it ends. */
function takeLock(folder: string): DatabaseSync {
  const path = join(folder, 'lock');
  return attempt(path, () => {
    const lock = new DatabaseSync(path);
    try {
      lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
      return lock;
    } catch (cause) {
      lock.close();
      if (((cause as { errcode?: number }).errcode ?? 0) % 256 !== 5) throw cause;
      throw new SeatrialError({
        code: 'history.in-use',
        task: `write the history ${databaseIn(folder)}`,
        reason: 'another process is writing it',
        hint: 'Stop the other one, or choose another folder.',
        cause,
      });
    }
  });
}

function prepare(path: string): void {
  attempt(path, () => {
    const database = new DatabaseSync(path);
    try {
      const { user_version: format } = database.prepare('PRAGMA user_version').get() as {
        user_version: number;
      };
      const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
      if (tables.length > 0) checkFormat(path, format, tables);
      else {
        database.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL');
        database.exec(`BEGIN; ${schema} PRAGMA user_version = ${archiveFormat}; COMMIT`);
      }
    } finally {
      database.close();
    }
  });
}

export function checkFormat(
  path: string,
  format: number,
  tables: readonly Readonly<Record<string, unknown>>[],
): void {
  if (!tables.some(({ name }) => name === 'record')) {
    throw new SeatrialError({
      code: 'history.foreign',
      task: `read the history ${path}`,
      reason: 'it is no database of seatrial',
      hint: 'Give a folder that "seatrial run --data" or "seatrial serve --data" wrote.',
    });
  }
  if (format === archiveFormat) return;
  throw new SeatrialError({
    code: 'history.version',
    task: `read the history ${path}`,
    reason: `it has format ${format}, and this seatrial reads ${archiveFormat}`,
    hint: 'Use the version that wrote it, or "seatrial export" of that version.',
  });
}

function attempt<R>(path: string, work: () => R): R {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof SeatrialError) throw cause;
    throw describeFailure('write', path, cause as Error);
  }
}
