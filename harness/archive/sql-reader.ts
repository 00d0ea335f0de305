/**
 * Reads what is durable by asking a database that speaks SQL. The questions are the same for SQLite and
 * PostgreSQL; in a database that several processes share, each asks for the rows of its own shard.
 */
import type { ArchiveReader, KeyedRow } from './archive.ts';
import type { DocumentRow, Value } from './changes.ts';

/** One question, one answer, in place. */
export interface Ask {
  one<Row>(sql: string, ...values: readonly Value[]): Row | undefined;
  all<Row>(sql: string, ...values: readonly Value[]): Row[];
  close(): void;
}

/** A database of one history has no shards, and no column for them. */
export type Shard = number | undefined;

const outlineRows = 5000;

export class SqlReader<Database extends Ask = Ask> implements ArchiveReader {
  protected readonly ask: Database;
  readonly #sql: ReturnType<typeof questions>;

  constructor(ask: Database, shard?: Shard) {
    this.ask = ask;
    this.#sql = questions(shard);
  }

  document(collection: number, id: string): DocumentRow | undefined {
    return this.ask.one(this.#sql.document, collection, id);
  }

  earlier(collection: number, id: string, version: number): DocumentRow | undefined {
    return this.ask.one(this.#sql.earlier, collection, id, version);
  }

  documents(collection: number, afterPlace: number, limit: number): KeyedRow[] {
    return this.ask.all(this.#sql.documents, collection, afterPlace, limit);
  }

  *outline(collection: number): ReturnType<ArchiveReader['outline']> {
    let last = 0;
    for (;;) {
      const rows = this.ask.all<OutlineRow>(this.#sql.outline, collection, last, outlineRows);
      yield* rows;
      if (rows.length < outlineRows) return;
      last = (rows.at(-1) as OutlineRow).place;
    }
  }

  extent(collection: number): { lastPlace: number; greatest: string | null } {
    return this.ask.one(this.#sql.extent, collection) as {
      lastPlace: number;
      greatest: string | null;
    };
  }

  size(collection: number): number {
    return (this.ask.one(this.#sql.size, collection) as { size: number }).size;
  }

  named(lookup: number, value: string): { id: string; turn: number }[] {
    return this.ask.all(this.#sql.named, lookup, value);
  }

  greatestNamed(lookup: number): string | undefined {
    const row = this.ask.one<{ greatest: string | null }>(this.#sql.greatestNamed, lookup);
    return row?.greatest ?? undefined;
  }

  collections(): { number: number; system: string; kind: string }[] {
    return this.ask.all(this.#sql.collections);
  }

  meta(name: string): string | undefined {
    return this.ask.one<{ value: string }>(this.#sql.meta, name)?.value;
  }

  record(position: number): string | undefined {
    return this.ask.one<{ body: string }>(this.#sql.record, position)?.body;
  }

  records(from: number, limit: number): string[] {
    return this.ask.all<{ body: string }>(this.#sql.records, from, limit).map(({ body }) => body);
  }

  length(): number {
    return (this.ask.one(this.#sql.length) as { length: number }).length;
  }

  close(): void {
    this.ask.close();
  }
}

type OutlineRow = ReturnType<ArchiveReader['outline']> extends Iterable<infer Row> ? Row : never;

const columns = 'd.version, d.at, d.place, d.body, r.body AS record';

function questions(shard: Shard) {
  const and = (table: string): string =>
    shard === undefined ? '' : `AND ${table}.shard = ${shard}`;
  const only = (table: string): string =>
    shard === undefined ? '' : `WHERE ${table}.shard = ${shard}`;
  const withRecord = `LEFT JOIN record r ON r.position = d.position ${and('r')}`;
  const ofCollection = `FROM document d WHERE d.collection = ?1 ${and('d')}`;
  return {
    document: `SELECT ${columns} FROM document d ${withRecord}
      WHERE d.collection = ?1 AND d.id = ?2 ${and('d')}`,
    earlier: `SELECT d.version, d.at, 0 AS place, d.body, r.body AS record FROM earlier d ${withRecord}
      WHERE d.collection = ?1 AND d.id = ?2 AND d.version = ?3 ${and('d')}`,
    documents: `SELECT d.id, ${columns} FROM document d ${withRecord}
      WHERE d.collection = ?1 AND d.place > ?2 ${and('d')} ORDER BY d.place LIMIT ?3`,
    outline: `SELECT d.id, d.version, d.at, d.place, coalesce(d.position, 0) AS "order"
      ${ofCollection} AND d.place > ?2 ORDER BY d.place LIMIT ?3`,
    // One by one, because each alone is found at the end of an index.
    extent: `SELECT (SELECT coalesce(max(d.place), 0) ${ofCollection}) AS "lastPlace",
      (SELECT max(d.id) ${ofCollection}) AS greatest`,
    size: `SELECT count(*) AS size ${ofCollection}`,
    named: `SELECT n.id, n.turn FROM named n WHERE n.lookup = ?1 AND n.value = ?2 ${and('n')}`,
    greatestNamed: `SELECT max(n.value) AS greatest FROM named n WHERE n.lookup = ?1 ${and('n')}`,
    collections: `SELECT c.number, c.system, c.kind FROM collection c ${only('c')}`,
    meta: `SELECT m.value FROM meta m WHERE m.name = ?1 ${and('m')}`,
    record: `SELECT r.body FROM record r WHERE r.position = ?1 ${and('r')}`,
    records: `SELECT r.body FROM record r WHERE r.position >= ?1 ${and('r')}
      ORDER BY r.position LIMIT ?2`,
    length: `SELECT coalesce(max(r.position) + 1, 0) AS length FROM record r ${only('r')}`,
  };
}
