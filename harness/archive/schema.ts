/**
 * What a landscape's folder holds, in SQL: the history, the current state of every document, and what
 * is looked up. The texts are JSON; the columns of `record` are computed from them when asked for, so
 * they cost nothing to write. `documents` and `commits` are for people who write queries.
 */

/** Raised whenever the version before would misunderstand the tables. */
export const archiveFormat = 1;

/** The history alone. */
export const recordSchema = `
CREATE TABLE record (
  position INTEGER PRIMARY KEY,
  body TEXT NOT NULL,
  at INTEGER AS (body ->> '$.at'),
  type TEXT AS (body ->> '$.type'),
  system TEXT AS (coalesce(body ->> '$.system', body ->> '$.callee')),
  document TEXT AS (body ->> '$.document'),
  key TEXT AS (coalesce(body ->> '$.id', body ->> '$.key')),
  version INTEGER AS (body ->> '$.version'),
  exchange TEXT AS (body ->> '$.exchange')
);
CREATE VIEW commits AS
  SELECT position, at, system, document, key AS id, version, body -> '$.data' AS data,
    body ->> '$.exchange' AS exchange, body ->> '$.actor' AS actor
  FROM record WHERE type = 'commit';
`;

export const schema = `${recordSchema}
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE collection (
  number INTEGER PRIMARY KEY, system TEXT NOT NULL, kind TEXT NOT NULL, UNIQUE (system, kind)
);
CREATE TABLE document (
  collection INTEGER NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL,
  place INTEGER NOT NULL, position INTEGER, body TEXT,
  PRIMARY KEY (collection, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX document_place ON document (collection, place);
CREATE TABLE earlier (
  collection INTEGER NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL,
  position INTEGER, body TEXT,
  PRIMARY KEY (collection, id, version)
) WITHOUT ROWID;
CREATE TABLE named (
  lookup INTEGER NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL, turn INTEGER NOT NULL,
  PRIMARY KEY (lookup, value, id)
) WITHOUT ROWID;
CREATE VIEW documents AS
  SELECT c.system, c.kind AS document, d.id, d.version, d.at, d.position,
    coalesce(d.body, r.body -> '$.data') AS data
  FROM document d JOIN collection c ON c.number = d.collection
    LEFT JOIN record r ON r.position = d.position
  WHERE c.kind NOT LIKE '#%';
`;

/** What a batch can do, in the order in which it does it; `width` values each time. */
export const changes = {
  collection: { width: 3, sql: 'INSERT INTO collection (number, system, kind) VALUES (?, ?, ?)' },
  meta: { width: 2, sql: 'INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)' },
  record: { width: 2, sql: 'INSERT INTO record (position, body) VALUES (?, ?)' },
  /** What is current becomes an earlier version. */
  retire: {
    width: 2,
    sql: `INSERT OR IGNORE INTO earlier (collection, id, version, at, position, body)
      SELECT collection, id, version, at, position, body FROM document WHERE collection = ? AND id = ?`,
  },
  earlier: {
    width: 6,
    sql: `INSERT OR REPLACE INTO earlier (collection, id, version, at, position, body)
      VALUES (?, ?, ?, ?, ?, ?)`,
  },
  remove: { width: 2, sql: 'DELETE FROM document WHERE collection = ? AND id = ?' },
  document: {
    width: 7,
    sql: `INSERT OR REPLACE INTO document (collection, id, version, at, place, position, body)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
  },
  unname: { width: 3, sql: 'DELETE FROM named WHERE lookup = ? AND value = ? AND id = ?' },
  name: {
    width: 4,
    sql: 'INSERT OR REPLACE INTO named (lookup, value, id, turn) VALUES (?, ?, ?, ?)',
  },
} as const;

export type Change = keyof typeof changes;
export const changeNames = Object.keys(changes) as Change[];

export type Value = string | number | null;

/** All that is written at once, or not at all. */
export interface Batch {
  readonly number: number;
  /** By change: values one after the other, as many as its width for each time. */
  readonly values: { readonly [Each in Change]?: readonly Value[] };
}

export interface DocumentRow {
  readonly version: number;
  readonly at: number;
  readonly place: number;
  readonly body: string | null;
  /** The commit whose data it is, when there is one. */
  readonly record: string | null;
}
