/** Reads the database of a landscape's folder, beside the thread that writes it. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { ArchiveReader, KeyedRow } from './archive.ts';
import type { DocumentRow } from './schema.ts';

const columns = 'd.version, d.at, d.place, d.body, r.body AS record';
const withRecord = 'LEFT JOIN record r ON r.position = d.position';

export class SqliteReader implements ArchiveReader {
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, options: { readonly readOnly?: boolean } = {}) {
    this.database = new DatabaseSync(path, { readOnly: options.readOnly ?? false });
    this.database.exec('PRAGMA cache_size = -16000');
  }

  document(collection: number, id: string): DocumentRow | undefined {
    const sql = `SELECT ${columns} FROM document d ${withRecord} WHERE d.collection = ? AND d.id = ?`;
    return this.#get(sql, collection, id);
  }

  earlier(collection: number, id: string, version: number): DocumentRow | undefined {
    const sql = `SELECT d.version, d.at, 0 AS place, d.body, r.body AS record FROM earlier d ${withRecord}
      WHERE d.collection = ? AND d.id = ? AND d.version = ?`;
    return this.#get(sql, collection, id, version);
  }

  documents(collection: number, afterPlace: number, limit: number): KeyedRow[] {
    const sql = `SELECT d.id, ${columns} FROM document d ${withRecord}
      WHERE d.collection = ? AND d.place > ? ORDER BY d.place LIMIT ?`;
    return this.#all(sql, collection, afterPlace, limit);
  }

  outline(collection: number): ReturnType<ArchiveReader['outline']> {
    const sql = `SELECT id, version, at, place, coalesce(position, 0) AS "order" FROM document
      WHERE collection = ? ORDER BY place`;
    return this.#statement(sql).iterate(collection) as unknown as ReturnType<
      ArchiveReader['outline']
    >;
  }

  extent(collection: number): { lastPlace: number; greatest: string | null } {
    // One by one, because each alone is found at the end of an index.
    const sql = `SELECT (SELECT coalesce(max(place), 0) FROM document WHERE collection = ?1) AS lastPlace,
      (SELECT max(id) FROM document WHERE collection = ?1) AS greatest`;
    return this.#get(sql, collection) as { lastPlace: number; greatest: string | null };
  }

  size(collection: number): number {
    const sql = 'SELECT count(*) AS size FROM document WHERE collection = ?';
    return (this.#get(sql, collection) as { size: number }).size;
  }

  named(lookup: number, value: string): { id: string; turn: number }[] {
    return this.#all('SELECT id, turn FROM named WHERE lookup = ? AND value = ?', lookup, value);
  }

  greatestNamed(lookup: number): string | undefined {
    const sql = 'SELECT max(value) AS greatest FROM named WHERE lookup = ?';
    return this.#get<{ greatest: string | null }>(sql, lookup)?.greatest ?? undefined;
  }

  collections(): { number: number; system: string; kind: string }[] {
    return this.#all('SELECT number, system, kind FROM collection');
  }

  meta(name: string): string | undefined {
    return this.#get<{ value: string }>('SELECT value FROM meta WHERE name = ?', name)?.value;
  }

  record(position: number): string | undefined {
    return this.#get<{ body: string }>('SELECT body FROM record WHERE position = ?', position)
      ?.body;
  }

  records(from: number, limit: number): string[] {
    const sql = 'SELECT body FROM record WHERE position >= ? ORDER BY position LIMIT ?';
    return this.#all<{ body: string }>(sql, from, limit).map(({ body }) => body);
  }

  length(): number {
    const sql = 'SELECT coalesce(max(position) + 1, 0) AS length FROM record';
    return (this.#get(sql) as { length: number }).length;
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

  #get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  #all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...values) as unknown as Row[];
  }
}
