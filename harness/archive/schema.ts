/**
 * What a landscape's folder holds, in SQLite's SQL: the history, the current state of every document, and what
 * is looked up. The texts are JSON; the columns of `record` are computed from them when asked for, so
 * they cost nothing to write. `documents` and `commits` are for people who write queries.
 */
import { type ChangeShape, versionColumns } from './changes.ts';

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

/** What SQLite is asked for one time of a change. */
export function sqliteStatement({ how, table, columns }: ChangeShape): string {
  const mine = columns.map((each) => `${each} = ?`).join(' AND ');
  if (how === 'remove') return `DELETE FROM ${table} WHERE ${mine}`;
  if (how === 'retire') {
    const version = versionColumns.join(', ');
    return `INSERT OR IGNORE INTO earlier (${version}) SELECT ${version} FROM ${table} WHERE ${mine}`;
  }
  const verb = how === 'replace' ? 'INSERT OR REPLACE' : 'INSERT';
  return `${verb} INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
}
