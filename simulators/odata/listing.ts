/** Lists: filtered, ordered, counted and paged, reading no more rows than the answer needs. */
import type { EntitySet, Service } from './entity-set.ts';
import type { ListOptions, RawQuery } from './query-options.ts';
import type { ListTarget } from './resource-target.ts';

export interface Listed {
  readonly rows: readonly object[];
  /** How many there are in all, when asked. */
  readonly count: number | undefined;
  /** Where the next page begins, when the server ended this one. */
  readonly next: number | undefined;
}

/** The rows that a list shows. */
export function listRows(target: ListTarget, options: ListOptions, { pageSize }: Service): Listed {
  const source = target.rows ?? target.writer.set.rows(options.hints);
  const { order, top, skip } = options;
  const most = Math.min(top ?? pageSize, pageSize);
  const ordered = order === undefined ? source : [...kept(source, options)].sort(order);
  const rows: object[] = [];
  let seen = 0;
  let hasMore = false;
  for (const row of order === undefined ? kept(source, options) : ordered) {
    seen++;
    if (seen <= skip) continue;
    if (rows.length < most) rows.push(row);
    else if (options.inlineCount) hasMore = true;
    else {
      hasMore = true;
      break;
    }
  }
  const isCut = hasMore && rows.length === pageSize && (top === undefined || top > pageSize);
  return {
    rows,
    count: options.inlineCount ? seen : undefined,
    next: isCut ? skip + rows.length : undefined,
  };
}

function* kept(source: Iterable<object>, { keep }: ListOptions): IterableIterator<object> {
  for (const row of source) if (keep === undefined || keep(row)) yield row;
}

/** How many rows a list has. */
export function countRows(target: ListTarget, options: ListOptions): number {
  let count = 0;
  for (const _row of kept(target.rows ?? target.writer.set.rows(options.hints), options)) count++;
  const left = Math.max(0, count - options.skip);
  return options.top === undefined ? left : Math.min(left, options.top);
}

/** The query of the next page: everything as before, from the next row on. */
export function nextQuery(query: RawQuery, next: number, pageSize: number): string {
  const parts: string[] = [];
  for (const [name, value] of query) {
    if (name === '$skip' || name === '$skiptoken') continue;
    const kept = name === '$top' ? String(Number(value) - pageSize) : value;
    parts.push(
      `${name.startsWith('$') ? name : encodeURIComponent(name)}=${encodeURIComponent(kept)}`,
    );
  }
  return [...parts, `$skiptoken=${next}`].join('&');
}

/** The keys that a new entity behind a navigation has from the entity that it starts at. */
export function inheritedKeys(
  parent: { readonly set: EntitySet; readonly row: object },
  target: EntitySet,
): Record<string, string> {
  const keys: Record<string, string> = {};
  for (const [index, { name }] of parent.set.type.keys.entries()) {
    const to = target.type.keys[index];
    if (to !== undefined) keys[to.name] = String(parent.set.fields[name]?.(parent.row) ?? '');
  }
  return keys;
}
