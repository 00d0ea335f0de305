/** Reads the database of a landscape's folder, beside the thread that writes it. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Value } from './changes.ts';
import { type Ask, SqlReader } from './sql-reader.ts';

export class SqliteReader extends SqlReader<SqliteAsk> {
  constructor(path: string, options: { readonly readOnly?: boolean } = {}) {
    super(new SqliteAsk(path, options));
  }

  get database(): DatabaseSync {
    return this.ask.database;
  }
}

class SqliteAsk implements Ask {
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, { readOnly = false }: { readonly readOnly?: boolean }) {
    this.database = new DatabaseSync(path, { readOnly });
    this.database.exec('PRAGMA cache_size = -16000');
  }

  one<Row>(sql: string, ...values: readonly Value[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: readonly Value[]): Row[] {
    return this.#statement(sql).all(...values) as unknown as Row[];
  }

  close(): void {
    if (this.database.isOpen) this.database.close();
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined)
      this.#statements.set(sql, (statement = this.database.prepare(sql)));
    return statement;
  }
}
