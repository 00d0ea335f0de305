/**
 * The thread that writes a landscape's folder, so that no answer waits for a disk but for its own
 * commit: takes batches one after the other, each in one transaction, and says when it is durable.
 */
/* oxlint-disable unicorn/require-post-message-target-origin -- It is a thread, not a window. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { type Batch, type Change, type Value, changeNames, changes } from './schema.ts';

export interface WriterData {
  readonly path: string;
  /** [0]: number of the last batch that is durable, [1]: 1 once writing has failed. */
  readonly progress: SharedArrayBuffer;
}

/** Told to the main thread when a batch is written, or when none will be any more. */
export interface WriterNews {
  readonly failed?: { readonly message: string; readonly errcode: number | undefined };
}

const { path, progress } = workerData as WriterData;
const state = new Int32Array(progress);
const database = new DatabaseSync(path);
database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16000`);
const statements = Object.fromEntries(
  changeNames.map((name) => [name, database.prepare(changes[name].sql)]),
) as Record<Change, StatementSync>;

parentPort?.on('message', (batch: Batch | 'close') => {
  if (batch === 'close') {
    close();
    return;
  }
  if (Atomics.load(state, 1) === 1) return;
  try {
    write(batch);
    Atomics.store(state, 0, batch.number);
    tell({});
  } catch (error) {
    fail(error);
  }
});

function write({ values }: Batch): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const name of changeNames) {
      const rows = values[name];
      if (rows !== undefined) run(statements[name], changes[name].width, rows);
    }
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function run(statement: StatementSync, width: number, rows: readonly Value[]): void {
  // The two that come most often are written without making an array for each.
  if (width === 2) {
    for (let i = 0; i < rows.length; i += 2) {
      statement.run(rows[i] as Value, rows[i + 1] as Value);
    }
    return;
  }
  for (let i = 0; i < rows.length; i += width) statement.run(...rows.slice(i, i + width));
}

function fail(error: unknown): void {
  const { message, errcode } = error as Error & { errcode?: number };
  Atomics.store(state, 1, 1);
  tell({ failed: { message, errcode } });
}

function close(): void {
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
  } catch (error) {
    fail(error);
  }
  Atomics.add(state, 0, 1);
  tell({});
  parentPort?.close();
}

function tell(news: WriterNews): void {
  Atomics.notify(state, 0);
  parentPort?.postMessage(news);
}
