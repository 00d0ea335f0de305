/**
 * What a batch can do to the tables, said once for every database that keeps a history. Each database
 * makes its own statements of it (`schema.ts`, `postgres/postgres-statements.ts`).
 */

/** The columns that a version of a document has, current or earlier. */
export const versionColumns = ['collection', 'id', 'version', 'at', 'position', 'body'] as const;

export type Change =
  | 'collection'
  | 'meta'
  | 'record'
  | 'retire'
  | 'earlier'
  | 'remove'
  | 'document'
  | 'unname'
  | 'name';

export interface ChangeShape {
  /** `retire` makes an earlier version of what is current; `replace` puts a row in the place of its key. */
  readonly how: 'insert' | 'replace' | 'remove' | 'retire';
  readonly table: string;
  /** A batch has one value for each, time after time. */
  readonly columns: readonly string[];
  /** For `replace`: what there is only one of. */
  readonly key?: readonly string[];
}

const document = ['collection', 'id', 'version', 'at', 'place', 'position', 'body'];
const named = ['lookup', 'value', 'id'];

/** In the order in which a batch does it. No key comes twice in one change of a batch. */
export const changes: Readonly<Record<Change, ChangeShape>> = {
  collection: { how: 'insert', table: 'collection', columns: ['number', 'system', 'kind'] },
  meta: { how: 'replace', table: 'meta', columns: ['name', 'value'], key: ['name'] },
  record: { how: 'insert', table: 'record', columns: ['position', 'body'] },
  retire: { how: 'retire', table: 'document', columns: ['collection', 'id'] },
  earlier: {
    how: 'replace',
    table: 'earlier',
    columns: versionColumns,
    key: ['collection', 'id', 'version'],
  },
  remove: { how: 'remove', table: 'document', columns: ['collection', 'id'] },
  document: { how: 'replace', table: 'document', columns: document, key: ['collection', 'id'] },
  unname: { how: 'remove', table: 'named', columns: named },
  name: { how: 'replace', table: 'named', columns: [...named, 'turn'], key: named },
};

export const changeNames = Object.keys(changes) as Change[];

export type Value = string | number | null;

/** All that is written at once, or not at all. */
export interface Batch {
  readonly number: number;
  /** By change: values one after the other, as many as it has columns for each time. */
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
