/** Lists by opaque cursor, in first-written order or, with `changedSince`, in the order of changes. */
import { stableHash } from '../../harness/random.ts';
import type { ChangePlace } from './commit-log.ts';
import type { Call, Query, QueryOption, Resource } from './endpoint.ts';
import { count, text, timestamp } from './schema.ts';
import { parseTimestamp } from './wire-formats.ts';
import { malformed } from './wire-refusal.ts';

const defaultLimit = 50;
const mostRows = 200;
/** A page looks at no more documents than this; a filter that finds little answers short pages. */
const mostLooked = 20_000;

export interface Page<Document> {
  readonly items: readonly Document[];
  readonly next?: string;
}

export const limitOption: QueryOption = {
  name: 'limit',
  description: `Rows of a page at most; default ${defaultLimit}.`,
  schema: count(1, mostRows),
};

export const pagingOptions: readonly QueryOption[] = [
  limitOption,
  { name: 'cursor', description: 'The `next` of the page before.', schema: text(200) },
  {
    name: 'offset',
    description:
      'Rows to leave out, instead of a cursor. A list that changes meanwhile shifts its rows.',
    schema: count(0, mostLooked),
  },
];

export const changedSinceOption: QueryOption = {
  name: 'changedSince',
  description:
    'Only documents whose last change is not before this time, in the order of their last changes.',
  schema: timestamp,
};

/** The `limit` option. Throws 400 outside 1..200. */
export function readLimit(query: Query): number {
  const raw = query['limit'];
  if (raw === undefined) return defaultLimit;
  const limit = /^\d{1,3}$/.test(raw) ? Number(raw) : 0;
  if (limit >= 1 && limit <= mostRows) return limit;
  throw malformed('invalid-limit', `limit must be a whole number from 1 to ${mostRows}.`, 'limit');
}

/** The `offset` option. Throws 400 for what is none, and beside a cursor. */
function readOffset({ offset, cursor: after }: Query): number {
  if (offset === undefined) return 0;
  if (/^\d{1,5}$/.test(offset) && Number(offset) <= mostLooked && after === undefined)
    return Number(offset);
  const message = `offset must be a whole number from 0 to ${mostLooked}, and stands without a cursor.`;
  throw malformed('invalid-offset', message, 'offset');
}

/** One page of a resource. */
export function page<Core, Document extends object>(
  resource: Resource<Core, Document>,
  call: Call<Core>,
): Page<Document> {
  const limit = readLimit(call.query);
  const offset = readOffset(call.query);
  const found = indexed(resource, call);
  if (found !== undefined && found.length <= limit && call.query['cursor'] === undefined) {
    return { items: found.slice(offset) };
  }
  return call.query['changedSince'] === undefined
    ? inFirstWrittenOrder(resource, call, { limit, offset })
    : inOrderOfChange(resource, call, { limit, offset });
}

/** All matches where an index finds them; `undefined` where everything must be looked at. */
function indexed<Core, Document extends object>(
  { filters }: Resource<Core, Document>,
  { core, query }: Call<Core>,
): Document[] | undefined {
  if (query['changedSince'] !== undefined) return undefined;
  const filter = filters.find((each) => each.indexed && query[each.name] !== undefined);
  const found = filter?.indexed?.(core, query[filter.name] as string);
  return found?.filter((document) => keeps(filters, query, document, core));
}

type Filters<Core, Document extends object> = Resource<Core, Document>['filters'];

function keeps<Core, Document extends object>(
  filters: Filters<Core, Document>,
  query: Query,
  document: Document,
  core: Core,
): boolean {
  for (const { name, matches } of filters) {
    const value = query[name];
    if (value !== undefined && !matches(document, value, core)) return false;
  }
  return true;
}

/** Which rows of a list make the page. */
interface Window {
  readonly limit: number;
  readonly offset: number;
}

function inFirstWrittenOrder<Core, Document extends object>(
  resource: Resource<Core, Document>,
  call: Call<Core>,
  { limit, offset }: Window,
): Page<Document> {
  const collection = resource.collection(call.core);
  const { ids } = call.commits.of(collection.kind);
  const [start = 0] = readCursor(call.query, 'p', 1) ?? [];
  const items: Document[] = [];
  const end = Math.min(ids.length, start + mostLooked);
  let left = offset;
  let position = start;
  for (; position < end; position++) {
    const document = collection.get(ids[position] as string);
    if (document === undefined || !keeps(resource.filters, call.query, document, call.core))
      continue;
    if (left-- > 0) continue;
    if (items.length === limit) break;
    items.push(document);
  }
  if (position >= ids.length) return { items };
  return { items, next: cursor(call.query, 'p', [position]) };
}

function inOrderOfChange<Core, Document extends object>(
  resource: Resource<Core, Document>,
  call: Call<Core>,
  { limit, offset }: Window,
): Page<Document> {
  const collection = resource.collection(call.core);
  const log = call.commits.of(collection.kind);
  const start = log.seek(startOfChanges(call.query));
  const end = Math.min(log.changes, start + mostLooked);
  const items: Document[] = [];
  let left = offset;
  let position = start;
  for (; position < end; position++) {
    const { id, version } = log.change(position);
    const entry = collection.entry(id);
    // A change that another one followed is not the last one; that one comes later in the log.
    if (entry?.version !== version || !keeps(resource.filters, call.query, entry.data, call.core))
      continue;
    if (left-- > 0) continue;
    if (items.length === limit) break;
    items.push(entry.data);
  }
  if (position >= log.changes) return { items };
  const { at, sequence } = log.change(position);
  return { items, next: cursor(call.query, 'c', [at, sequence]) };
}

function startOfChanges(query: Query): ChangePlace {
  // A blank stands where an unencoded plus of the zone was decoded away.
  const at = parseTimestamp((query['changedSince'] as string).replace(' ', '+'));
  if (at === undefined) {
    const message = 'changedSince must be an RFC 3339 timestamp with a zone.';
    throw malformed('invalid-timestamp', message, 'changedSince');
  }
  const [since = at, sequence = 0] = readCursor(query, 'c', 2) ?? [];
  return { at: since, sequence };
}

/** Ties a cursor to the list it came from: with other filters it would mean something else. */
function fingerprint(query: Query): string {
  const names = Object.keys(query).filter((name) => !['cursor', 'limit', 'offset'].includes(name));
  return stableHash(JSON.stringify(names.sort().map((name) => [name, query[name]]))).slice(0, 8);
}

const cursor = (query: Query, kind: string, numbers: readonly number[]): string =>
  Buffer.from([kind, ...numbers, fingerprint(query)].join('.')).toString('base64url');

function readCursor(query: Query, kind: string, length: number): number[] | undefined {
  const raw = query['cursor'];
  if (raw === undefined) return undefined;
  const parts = Buffer.from(raw, 'base64url').toString('latin1').split('.');
  const numbers = parts.slice(1, -1).map((part) => (/^\d{1,15}$/.test(part) ? Number(part) : -1));
  const known = parts[0] === kind && parts.at(-1) === fingerprint(query);
  if (known && numbers.length === length && numbers.every((number) => number >= 0)) return numbers;
  throw malformed(
    'invalid-cursor',
    'The cursor is not one of this list with these options.',
    'cursor',
  );
}
