/**
 * The tables of a history on a PostgreSQL server: those of `../schema.ts`, with the shard before
 * everything. Texts that are keys sort by their bytes, so that the last one is found as in SQLite.
 * The places of a kind are unique when a batch is written, not at every row of it.
 */
import { type ChangeShape, versionColumns } from '../changes.ts';
import { archiveFormat } from '../format.ts';

const shard = 'shard integer NOT NULL';
const key = 'text COLLATE "C" NOT NULL';

/** PostgreSQL's texts have no NUL: in the views it stands as it does in keys. */
const json = (body: string): string => `replace(${body}, '\\u0000', '\\u0001\\u0002')::json`;

export const postgresSchema = `
CREATE TABLE format (number integer NOT NULL);
INSERT INTO format VALUES (${archiveFormat});
CREATE TABLE meta (${shard}, name text NOT NULL, value text NOT NULL, PRIMARY KEY (shard, name));
CREATE TABLE collection (
  ${shard}, number integer NOT NULL, system text NOT NULL, kind text NOT NULL,
  PRIMARY KEY (shard, number), UNIQUE (shard, system, kind)
);
CREATE TABLE record (
  ${shard}, position bigint NOT NULL, body text NOT NULL, PRIMARY KEY (shard, position)
);
CREATE TABLE document (
  ${shard}, collection integer NOT NULL, id ${key}, version integer NOT NULL,
  at double precision NOT NULL, place bigint NOT NULL, position bigint, body text,
  PRIMARY KEY (shard, collection, id),
  UNIQUE (shard, collection, place) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE earlier (
  ${shard}, collection integer NOT NULL, id ${key}, version integer NOT NULL,
  at double precision NOT NULL, position bigint, body text,
  PRIMARY KEY (shard, collection, id, version)
);
CREATE TABLE named (
  ${shard}, lookup bigint NOT NULL, value ${key}, id ${key}, turn bigint NOT NULL,
  PRIMARY KEY (shard, lookup, value, id)
);
CREATE TABLE long_key (${shard}, short ${key}, text text NOT NULL, PRIMARY KEY (shard, short));
CREATE VIEW records AS
  SELECT shard, position, (j ->> 'at')::bigint AS at, j ->> 'type' AS type,
    coalesce(j ->> 'system', j ->> 'callee') AS system, j ->> 'document' AS document,
    coalesce(j ->> 'id', j ->> 'key') AS key, (j ->> 'version')::bigint AS version,
    j ->> 'exchange' AS exchange, j AS body
  FROM (SELECT shard, position, ${json('body')} AS j FROM record OFFSET 0) AS parsed;
CREATE VIEW commits AS
  SELECT shard, position, at, system, document, key AS id, version, body -> 'data' AS data, exchange,
    body ->> 'actor' AS actor
  FROM records WHERE type = 'commit';
CREATE VIEW documents AS
  SELECT d.shard, c.system, c.kind AS document, d.id, d.version, d.at::bigint AS at, d.position,
    coalesce(${json('d.body')}, ${json('r.body')} -> 'data') AS data
  FROM document d JOIN collection c ON c.shard = d.shard AND c.number = d.collection
    LEFT JOIN record r ON r.shard = d.shard AND r.position = d.position
  WHERE c.kind NOT LIKE '#%';
`;

const types: Readonly<Record<string, string>> = {
  number: 'integer',
  collection: 'integer',
  version: 'integer',
  at: 'double precision',
  position: 'bigint',
  place: 'bigint',
  lookup: 'bigint',
  turn: 'bigint',
};

/** Whether a column's texts are keys, which can only be so long. */
export const isKey = (table: string, column: string): boolean =>
  column === 'id' || (table === 'named' && column === 'value');

/** What PostgreSQL is asked for all times of a change at once; each column comes as an array. */
export function postgresStatement({ how, table, columns, key = [] }: ChangeShape, of: number) {
  const names = columns.join(', ');
  const arrays = columns.map((each, index) => `$${index + 1}::${types[each] ?? 'text'}[]`);
  const given = `unnest(${arrays.join(', ')}) AS given (${names})`;
  const mine = columns.map((each) => `AND t.${each} = given.${each}`).join(' ');
  if (how === 'remove') {
    return `DELETE FROM ${table} AS t USING ${given} WHERE t.shard = ${of} ${mine}`;
  }
  if (how === 'retire') {
    const version = versionColumns.join(', ');
    const theirs = versionColumns.map((each) => `t.${each}`).join(', ');
    return `INSERT INTO earlier (shard, ${version}) SELECT t.shard, ${theirs}
      FROM ${given} JOIN ${table} AS t ON t.shard = ${of} ${mine} ON CONFLICT DO NOTHING`;
  }
  const insert = `INSERT INTO ${table} (shard, ${names}) SELECT ${of}, given.* FROM ${given}`;
  if (how === 'insert') return insert;
  const others = columns.filter((each) => !key.includes(each));
  const news = others.map((each) => `${each} = excluded.${each}`).join(', ');
  return `${insert} ON CONFLICT (shard, ${key.join(', ')}) DO UPDATE SET ${news}`;
}
