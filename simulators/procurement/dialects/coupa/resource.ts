/**
 * A kind of record: where its rows come from, how they are found again, and the endpoints that all
 * kinds share. Rows are listed in the order of their ids; an index is used where a filter allows it,
 * and all rows are looked at only when none does.
 */
import type { ExportedKind } from '../../documents.ts';
import type { Table, View } from './attributes.ts';
import { noRecord } from './coupa-refusal.ts';
import type { Answer, Call, CoupaEndpoint, Glimpse, Method } from './endpoint.ts';
import { inOrder, passes } from './filtering.ts';
import { present } from './presentation.ts';
import { type Filter, readListQuery, readShape } from './query.ts';
import { parseTime } from './wire-text.ts';

export interface Resource<D> {
  /** Path below `/api`, e.g. `purchase_orders`. */
  readonly name: string;
  /** `PurchaseOrder`: the end of operation names. */
  readonly singular: string;
  readonly plural: string;
  /** Of `core.<object>.read` and `.write`. */
  readonly object: string;
  readonly table: Table<D>;
  readonly idOf: (row: D, view: View) => number;
  readonly byId: (id: number, view: View) => D | undefined;
  readonly all: (view: View) => Iterable<D>;
  /** Kind of document behind the rows, with the rows that one document makes. */
  readonly documents?: {
    readonly kind: string;
    readonly exported?: ExportedKind;
    readonly rows: (number: string, view: View) => readonly D[];
  };
  /** Rows by the value of an attribute, where the core keeps an index. The path is joined by dots. */
  readonly indexed?: Readonly<Record<string, (value: string, view: View) => readonly D[]>>;
  /** The business key of a row. */
  readonly keyOf?: (row: D, view: View) => string | undefined;
  /** Attributes whose filter names the business key of a list. */
  readonly keyFilters?: readonly string[];
}

/** The rows behind all documents of a kind, in the order they were first written. */
export function* rowsOfAll<D>(
  kind: string,
  rows: (number: string, view: View) => readonly D[],
  view: View,
): IterableIterator<D> {
  for (const number of view.commits.of(kind).ids) yield* rows(number, view);
}

/** A page of the list. */
function listRows<D>(resource: Resource<D>, { query: parameters, view }: Call): object[] {
  const { table } = resource;
  const query = readListQuery(parameters, table);
  const test = passes(query.filters, table, view);
  const candidates = narrowed(resource, query.filters, test, view) ?? resource.all(view);
  const end = query.offset + query.limit;
  let found: D[] = [];
  for (const row of candidates) {
    if (!test(row)) continue;
    found.push(row);
    // In the order of ids the rest need not be looked at.
    if (query.order === undefined && found.length === end) break;
  }
  if (query.order !== undefined) found = inOrder(found, query.order, table, view);
  return found.slice(query.offset, end).map((row) => present(row, table, query.shape, view));
}

/** Every match, in the order of ids, without looking at all rows; nothing when no index helps. */
function narrowed<D>(
  resource: Resource<D>,
  filters: readonly Filter[],
  test: (row: D) => boolean,
  view: View,
): readonly D[] | undefined {
  const { documents, idOf } = resource;
  const sorted = (rows: readonly D[]): D[] => {
    const byId = new Map(rows.filter(test).map((row) => [idOf(row, view), row]));
    return [...byId].toSorted(([a], [b]) => a - b).map(([, row]) => row);
  };
  for (const { path, operator, value } of filters) {
    if (operator !== 'eq' && operator !== 'in') continue;
    const values = [
      ...new Set(operator === 'eq' ? [value] : value.split(',').map((v) => v.trim())),
    ];
    const name = path.join('.');
    const find = name === 'id' ? byIdText(resource) : ownEntry(resource.indexed, name);
    if (find !== undefined) return sorted(values.flatMap((each) => find(each, view)));
  }
  if (documents === undefined) return undefined;
  const { kind, exported, rows } = documents;
  const has = (name: string, value: string): boolean =>
    filters.some(
      (each) => each.path.join('.') === name && each.operator === 'eq' && each.value === value,
    );
  if (exported !== undefined && has('exported', 'false')) {
    return sorted(view.core.exports.pending(exported).flatMap((number) => rows(number, view)));
  }
  const since = filters.find(
    ({ path, operator }) => path.join('.') === 'updated-at' && operator.startsWith('gt'),
  );
  const at = since === undefined ? undefined : parseTime(since.value);
  return at === undefined
    ? undefined
    : sorted(changedSince(kind, at, view).flatMap((n) => rows(n, view)));
}

const byIdText =
  <D>(resource: Resource<D>) =>
  (text: string, view: View): readonly D[] => {
    const row = /^\d{1,15}$/.test(text) ? resource.byId(Number(text), view) : undefined;
    return row === undefined ? [] : [row];
  };

const ownEntry = <T>(
  entries: Readonly<Record<string, T>> | undefined,
  name: string,
): T | undefined =>
  entries !== undefined && Object.hasOwn(entries, name) ? entries[name] : undefined;

/** Numbers of documents with a change in that second or later. */
function changedSince(kind: string, at: number, view: View): string[] {
  const log = view.commits.of(kind);
  const numbers = new Set<string>();
  const start = log.seek({ at: Math.floor(at / 1000) * 1000, sequence: 0 });
  for (let position = start; position < log.changes; position++)
    numbers.add(log.change(position).id);
  return [...numbers];
}

/** The row that the path names. Throws 404. */
function rowOf<D>(resource: Resource<D>, { params, view }: Pick<Call, 'params' | 'view'>): D {
  const id = params['id'] ?? '';
  const row = /^[1-9]\d{0,14}$/.test(id) ? resource.byId(Number(id), view) : undefined;
  if (row === undefined) throw noRecord(resource.singular, id.slice(0, 40));
  return row;
}

/** The row as an answer in the shape that was asked for. */
function answerWith<D>(
  resource: Resource<D>,
  row: D,
  { query, view }: Pick<Call, 'query' | 'view'>,
  status = 200,
): Answer {
  const shape = readShape(query, false);
  if (shape.returned === 'none' && shape.fields === undefined) return { status };
  return { status, document: present(row, resource.table, shape, view) };
}

/** `GET /resource`. */
export const listOf = <D>(resource: Resource<D>): CoupaEndpoint => ({
  methods: ['GET'],
  path: `/${resource.name}`,
  operation: `list${resource.plural}`,
  scopes: [`${resource.object}.read`],
  key: ({ query }) => {
    for (const name of resource.keyFilters ?? []) {
      const value = query.get(name) ?? query.get(`${name}[in]`)?.split(',')[0];
      if (value !== undefined) return value;
    }
    return undefined;
  },
  handle: (call) => ({ status: 200, document: listRows(resource, call) }),
});

/** `GET /resource/:id`. */
export const showOf = <D>(resource: Resource<D>): CoupaEndpoint => ({
  methods: ['GET'],
  path: `/${resource.name}/:id`,
  operation: `read${resource.singular}`,
  scopes: [`${resource.object}.read`],
  key: rowKey(resource),
  handle: (call) => {
    readShape(call.query, true);
    return answerWith(resource, rowOf(resource, call), call);
  },
});

/** The business key of the row that the path names. */
const rowKey =
  <D>({ byId, keyOf }: Resource<D>) =>
  ({ params }: Glimpse, view: View): string | undefined => {
    const id = params['id'] ?? '';
    const row = /^[1-9]\d{0,14}$/.test(id) ? byId(Number(id), view) : undefined;
    return row === undefined ? undefined : keyOf?.(row, view);
  };

export interface Change<D> {
  readonly methods?: readonly Method[];
  /** Path below the record; nothing for the record itself. */
  readonly action?: string;
  readonly operation: string;
  /** Does it and answers the row as it is afterwards. */
  readonly run: (row: D, call: Call) => D;
}

/** `PUT /resource/:id[/action]`. */
export const changeOf = <D>(resource: Resource<D>, change: Change<D>): CoupaEndpoint => ({
  methods: change.methods ?? (change.action === undefined ? ['PUT', 'PATCH'] : ['PUT']),
  path: `/${resource.name}/:id${change.action === undefined ? '' : `/${change.action}`}`,
  operation: change.operation,
  scopes: [`${resource.object}.write`],
  key: rowKey(resource),
  handle: (call) => answerWith(resource, change.run(rowOf(resource, call), call), call),
});

export interface Creation<D> {
  readonly action?: string;
  readonly operation: string;
  readonly scopes?: readonly string[];
  readonly key?: (glimpse: Glimpse) => string | undefined;
  readonly run: (call: Call) => D;
}

/** `POST /resource[/action]`. */
export const createOf = <D>(resource: Resource<D>, creation: Creation<D>): CoupaEndpoint => ({
  methods: ['POST'],
  path: `/${resource.name}${creation.action === undefined ? '' : `/${creation.action}`}`,
  operation: creation.operation,
  scopes: [`${resource.object}.write`, ...(creation.scopes ?? [])],
  ...(creation.key === undefined ? {} : { key: creation.key }),
  handle: (call) => answerWith(resource, creation.run(call), call, 201),
});
