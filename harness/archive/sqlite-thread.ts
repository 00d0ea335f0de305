/** The thread that writes a landscape's folder: each batch in one transaction. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import { type Batch, type Change, type Value, changeNames, changes } from './changes.ts';
import { sqliteStatement } from './schema.ts';
import { type BatchSink, takeBatches } from './take-batches.ts';
import { ThreadProgress } from './thread-progress.ts';

export interface SqliteThreadData {
  readonly path: string;
  readonly progress: SharedArrayBuffer;
}

class SqliteSink implements BatchSink {
  readonly #database: DatabaseSync;
  readonly #statements: Readonly<Record<Change, StatementSync>>;

  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16000`);
    this.#statements = Object.fromEntries(
      changeNames.map((name) => [name, this.#database.prepare(sqliteStatement(changes[name]))]),
    ) as Record<Change, StatementSync>;
  }

  write({ values }: Batch): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const name of changeNames) {
        const rows = values[name];
        if (rows !== undefined) run(this.#statements[name], changes[name].columns.length, rows);
      }
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#database.close();
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

const { path, progress } = workerData as SqliteThreadData;
takeBatches(new ThreadProgress(progress), () => new SqliteSink(path));
