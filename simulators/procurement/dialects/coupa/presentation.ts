/** Records as answers: whole, as the fields that were asked for, shallow, or as ids alone. */
import type { Attribute, Table, View } from './attributes.ts';
import { badRequest } from './coupa-refusal.ts';

/** Which attributes are wanted, with what is wanted of those that are records. */
export type Fields = ReadonlyMap<string, Fields | undefined>;

export interface Shape {
  readonly returned: 'full' | 'shallow' | 'limited' | 'none';
  readonly fields?: Fields;
}

/** The record in that shape. */
export function present<D>(document: D, table: Table<D>, shape: Shape, view: View): object {
  if (shape.fields !== undefined) return selected(document, table, shape.fields, view);
  if (shape.returned === 'limited') return selected(document, table, limited, view);
  return selected(document, table, undefined, view, shape.returned === 'shallow');
}

const limited: Fields = new Map([['id', undefined]]);

function selected<D>(
  document: D,
  table: Table<D>,
  fields: Fields | undefined,
  view: View,
  shallow = false,
): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, attribute] of entriesOf(table)) {
    if (fields !== undefined && !fields.has(name)) continue;
    shown[name] = valueOf(document, attribute, fields?.get(name), view, shallow);
  }
  return shown;
}

/** Tables never change, and a page reads some of them hundreds of times. */
const entries = new WeakMap<object, readonly [string, Attribute<never>][]>();

function entriesOf<D>(table: Table<D>): readonly [string, Attribute<D>][] {
  let known = entries.get(table);
  if (known === undefined) {
    known = Object.entries(table.attributes) as readonly [string, Attribute<never>][];
    entries.set(table, known);
  }
  return known as unknown as readonly [string, Attribute<D>][];
}

function valueOf<D>(
  document: D,
  attribute: Attribute<D>,
  fields: Fields | undefined,
  view: View,
  shallow: boolean,
): unknown {
  if (attribute.kind !== 'association') return attribute.read(document, view) ?? null;
  const table = attribute.table();
  const wanted = shallow ? new Map(table.keys.map((key) => [key, undefined])) : fields;
  const children = attribute
    .read(document, view)
    .map((child) => selected(child, table, wanted, view));
  return attribute.many ? children : (children[0] ?? null);
}

const deepest = 8;

/**
 * The `fields` argument, `["id",{"supplier":["id","name"]}]`, with dashes or underscores. Names that
 * the record does not have are left out, as custom fields of another instance would be. Throws 400.
 */
export function readFields(text: string): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw unreadable();
  }
  return fieldsOf(parsed, 0);
}

const unreadable = (): Error =>
  badRequest('invalid-fields', 'fields must be a JSON array such as ["id",{"supplier":["name"]}]');

function fieldsOf(value: unknown, depth: number): Fields {
  if (!Array.isArray(value) || depth > deepest) throw unreadable();
  const fields = new Map<string, Fields | undefined>();
  for (const each of value) {
    if (typeof each === 'string') fields.set(dashed(each), undefined);
    else if (typeof each === 'object' && each !== null && !Array.isArray(each)) {
      for (const [name, inner] of Object.entries(each)) {
        fields.set(dashed(name), isEmptyObject(inner) ? undefined : fieldsOf(inner, depth + 1));
      }
    } else throw unreadable();
  }
  return fields;
}

const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** Names may be written with underscores wherever they stand. */
export const dashed = (name: string): string => name.replaceAll('_', '-');
