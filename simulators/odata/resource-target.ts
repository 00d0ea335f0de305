/** What a resource path leads to: a list, an entity, a property of it, a count, a function. */
import type { EntitySet, Service } from './entity-set.ts';
import type { EntityWriter } from './entity-writer.ts';
import type { FunctionImport, Property } from './model.ts';
import { malformed, noSuchEntity, unknownSegment } from './odata-refusal.ts';
import { type Segment, readKey } from './resource-path.ts';

export interface ListTarget {
  readonly kind: 'list';
  readonly writer: EntityWriter;
  /** The rows behind a navigation; nothing when it is the whole set. */
  readonly rows: readonly object[] | undefined;
  /** The entity that the navigation starts at. */
  readonly parent: { readonly set: EntitySet; readonly row: object } | undefined;
}

export interface EntityTarget {
  readonly kind: 'entity';
  readonly writer: EntityWriter;
  readonly row: object;
}

export type Target =
  | { readonly kind: 'service' | 'metadata' }
  | ListTarget
  | EntityTarget
  | { readonly kind: 'function'; readonly definition: FunctionImport }
  | { readonly kind: 'count'; readonly of: ListTarget | EntityTarget }
  | { readonly kind: 'links'; readonly of: ListTarget | EntityTarget }
  | {
      readonly kind: 'property';
      readonly of: EntityTarget;
      readonly property: Property;
      readonly raw: boolean;
    };

export type WriterOf = (set: string) => EntityWriter;

/** Follows a path. Throws 404 where there is nothing. */
export function resolveTarget(
  service: Service,
  segments: readonly Segment[],
  writerOf: WriterOf,
): Target {
  const [first, ...rest] = segments;
  if (first === undefined) return { kind: 'service' };
  if (first.name === '$metadata' && rest.length === 0) return { kind: 'metadata' };
  const definition = service.model.functions.get(first.name);
  if (definition !== undefined && first.predicate === undefined && rest.length === 0) {
    return { kind: 'function', definition };
  }
  if (!service.sets.has(first.name)) throw unknownSegment(first.name);
  const writer = writerOf(first.name);
  let at: ListTarget | EntityTarget = { kind: 'list', writer, rows: undefined, parent: undefined };
  if (first.predicate !== undefined) at = oneOf(at, first.predicate);
  for (const [index, segment] of rest.entries()) {
    const ended: Target | undefined = endOf(at, segment, rest.slice(index + 1), writerOf);
    if (ended !== undefined) return ended;
    at = navigate(at, segment, writerOf);
  }
  return at;
}

/** The entity of a list that a key predicate names; an empty predicate names the list. */
function oneOf(list: ListTarget, predicate: string): ListTarget | EntityTarget {
  const { writer, rows } = list;
  const { set } = writer;
  if (predicate === '') return list;
  const key = readKey(set.type, predicate);
  const row =
    rows === undefined
      ? set.find(key)
      : rows.find((each) =>
          set.type.keys.every(({ name }) => String(set.fields[name]?.(each) ?? '') === key[name]),
        );
  if (row === undefined) throw noSuchEntity(set.type.name);
  return { kind: 'entity', writer, row };
}

/** Segments that end a path. */
function endOf(
  at: ListTarget | EntityTarget,
  { name, predicate }: Segment,
  after: readonly Segment[],
  writerOf: WriterOf,
): Target | undefined {
  if (name === '$count' && after.length === 0) return { kind: 'count', of: at };
  if (name === '$links' && after.length === 1 && at.kind === 'entity') {
    return { kind: 'links', of: navigate(at, after[0] as Segment, writerOf) };
  }
  if (at.kind === 'list' || predicate !== undefined) return undefined;
  const property = at.writer.set.type.byName.get(name);
  if (property === undefined) return undefined;
  const isRaw = after.length === 1 && after[0]?.name === '$value';
  if (after.length > 0 && !isRaw) throw unknownSegment(after[0]?.name ?? '');
  return { kind: 'property', of: at, property, raw: isRaw };
}

function navigate(
  at: ListTarget | EntityTarget,
  { name, predicate }: Segment,
  writerOf: WriterOf,
): ListTarget | EntityTarget {
  if (at.kind === 'list') throw unknownSegment(name);
  const { set } = at.writer;
  const navigation = set.type.navigations.get(name);
  if (navigation === undefined) throw unknownSegment(name);
  const rows = set.navigations?.[name]?.(at.row) ?? [];
  const writer = writerOf(navigation.target);
  if (navigation.many) {
    const list: ListTarget = { kind: 'list', writer, rows, parent: { set, row: at.row } };
    return predicate === undefined ? list : oneOf(list, predicate);
  }
  if (predicate !== undefined) throw malformed('Invalid key predicate.');
  const [row] = rows;
  if (row === undefined) throw noSuchEntity(writer.set.type.name);
  return { kind: 'entity', writer, row };
}
