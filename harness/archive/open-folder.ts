/** Opens a landscape's folder to write it: makes what is missing, and lets one process at a time do so. */
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SeatrialError } from '../seatrial-error.ts';
import { describeFailure } from './archive-failure.ts';
import { type Format, archiveFormat, checkFormat } from './format.ts';
import { type ArchiveOptions, LandscapeArchive } from './landscape-archive.ts';
import { schema } from './schema.ts';
import { SqliteReader } from './sqlite-reader.ts';
import type { SqliteThreadData } from './sqlite-thread.ts';
import { ThreadProgress } from './thread-progress.ts';
import { ThreadWriter, startThread } from './thread-writer.ts';

/** The database in a landscape's folder. */
export const databaseIn = (folder: string): string => join(folder, 'history.sqlite');

/**
 * Throws `history.not-written` for a folder that cannot be written, `history.in-use` when another
 * process writes it, `history.version` and `history.foreign` for what this seatrial does not know.
 */
export function openFolder(folder: string, options: ArchiveOptions): LandscapeArchive {
  const path = databaseIn(folder);
  attempt(folder, () => {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  });
  const lock = takeLock(folder);
  try {
    prepare(path);
    const reader = new SqliteReader(path);
    return new LandscapeArchive(reader, writerOf(path, lock), options);
  } catch (error) {
    lock.close();
    throw error;
  }
}

function writerOf(path: string, lock: DatabaseSync): ThreadWriter {
  const progress = new ThreadProgress();
  const data: SqliteThreadData = { path, progress: progress.buffer };
  return new ThreadWriter(
    startThread('sqlite-thread', import.meta.url, data),
    progress,
    (cause) => describeFailure('write', path, cause),
    () => lock.close(),
  );
}

/** One level is made by itself first, because only that tells the true reason why it cannot be. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (existsSync(dirname(folder))) mkdirSync(folder);
  else mkdirSync(folder, { recursive: true });
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
      const format = formatOf(database);
      if (format.tables.length > 0) checkFormat(path, format);
      else {
        database.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL');
        database.exec(`BEGIN; ${schema} PRAGMA user_version = ${archiveFormat}; COMMIT`);
      }
    } finally {
      database.close();
    }
  });
}

export function formatOf(database: DatabaseSync): Format {
  const { user_version: number } = database.prepare('PRAGMA user_version').get() as {
    user_version: number;
  };
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  return { number, tables: tables.map(({ name }) => String(name)) };
}

function attempt<R>(path: string, work: () => R): R {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof SeatrialError) throw cause;
    throw describeFailure('write', path, cause as Error);
  }
}
