/** Whether records pass filters, and how they are put in order. Only the attributes asked about are read. */
import { type Decimal, compare, parseDecimal } from '../../../../domain/decimal.ts';
import type { Table, Value, ValueKind, View } from './attributes.ts';
import { badRequest } from './coupa-refusal.ts';
import type { Filter, ListQuery } from './query.ts';
import { parseTime } from './wire-text.ts';

/** A value in the form that comparisons want. */
type Comparable = string | number | boolean;

/** A test for a list's filters. Throws 400 for values that are no values of their attributes. */
export function passes<D>(
  filters: readonly Filter[],
  table: Table<D>,
  view: View,
): (document: D) => boolean {
  const tests = filters.map((filter) => ({ filter, test: testOf(filter) }));
  return (document) =>
    tests.every(({ filter, test }) =>
      valuesAt(document, filter.path, table as Table<unknown>, view).some(test),
    );
}

/** All values at a path; nothing at the end of a path is one value, `null`. */
function valuesAt(
  document: unknown,
  [name = '', ...rest]: readonly string[],
  table: Table<unknown>,
  view: View,
): Value[] {
  const attribute = table.attributes[name];
  if (attribute === undefined) return [null];
  if (attribute.kind !== 'association') return [attribute.read(document, view) ?? null];
  const children = attribute.read(document, view);
  if (children.length === 0) return [null];
  const inner = attribute.table();
  return children.flatMap((child) => valuesAt(child, rest, inner, view));
}

function testOf({ operator, attribute: { kind }, value }: Filter): (found: Value) => boolean {
  switch (operator) {
    case 'blank':
      return (found) => isBlank(found) === (value === 'true');
    case 'contains':
      return (found) => texts(found).some((text) => text.includes(value));
    case 'starts-with':
      return (found) => texts(found).some((text) => text.startsWith(value));
    case 'ends-with':
      return (found) => texts(found).some((text) => text.endsWith(value));
    case 'in':
    case 'not-in': {
      const wanted = value.split(',').map((each) => comparable(each.trim(), kind));
      const isIn = (found: Value): boolean => wanted.some((each) => equals(found, each, kind));
      return operator === 'in' ? isIn : (found) => !isIn(found);
    }
    default:
      return ordered(operator, comparable(value, kind), kind);
  }
}

function ordered(
  operator: Filter['operator'],
  wanted: Comparable,
  kind: ValueKind,
): (found: Value) => boolean {
  if (operator === 'eq') return (found) => equals(found, wanted, kind);
  if (operator === 'not-eq') return (found) => !equals(found, wanted, kind);
  return (found) => {
    const own = ownValue(found, kind);
    if (own === undefined) return false;
    const order = compareValues(own, wanted, kind);
    if (operator === 'gt') return order > 0;
    if (operator === 'lt') return order < 0;
    return operator === 'gt-or-eq' ? order >= 0 : order <= 0;
  };
}

function equals(found: Value, wanted: Comparable, kind: ValueKind): boolean {
  if (Array.isArray(found)) return found.includes(wanted as string);
  const own = ownValue(found, kind);
  return own !== undefined && compareValues(own, wanted, kind) === 0;
}

/** A record's value for comparing; `undefined` when there is none. */
function ownValue(found: Value, kind: ValueKind): Comparable | undefined {
  if (found === null || Array.isArray(found)) return undefined;
  return read(String(found), kind);
}

function comparable(text: string, kind: ValueKind): Comparable {
  const value = read(text, kind);
  if (value !== undefined) return value;
  throw badRequest(
    'invalid-value',
    `Invalid query: ${JSON.stringify(text)} is not a valid ${kind}`,
  );
}

function read(text: string, kind: ValueKind): Comparable | undefined {
  if (kind === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
  if (kind === 'decimal') return parseDecimal(text);
  if (kind === 'datetime') {
    const at = parseTime(text);
    // Whole seconds on both sides: that is all that the wire shows.
    return at === undefined ? undefined : Math.floor(at / 1000);
  }
  if (kind === 'boolean') {
    if (text === 'true' || text === '1' || text === 't') return true;
    return text === 'false' || text === '0' || text === 'f' ? false : undefined;
  }
  return text;
}

function compareValues(a: Comparable, b: Comparable, kind: ValueKind): number {
  if (kind === 'decimal') return compare(a as Decimal, b as Decimal);
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const isBlank = (found: Value): boolean =>
  found === null || found === '' || (Array.isArray(found) && found.length === 0);

const texts = (found: Value): readonly string[] => {
  if (found === null) return [];
  return Array.isArray(found) ? (found as readonly string[]) : [String(found)];
};

/** The records in the order asked for; equal ones stay in the order of their ids. */
export function inOrder<D>(
  documents: readonly D[],
  { path, attribute, descending }: NonNullable<ListQuery['order']>,
  table: Table<D>,
  view: View,
): D[] {
  const { kind } = attribute;
  const keyed = documents.map((document) => {
    const [value = null] = valuesAt(document, path, table as Table<unknown>, view);
    return { document, value: ownValue(value, kind) };
  });
  keyed.sort((a, b) => {
    if (a.value === undefined || b.value === undefined) {
      return Number(a.value !== undefined) - Number(b.value !== undefined);
    }
    return compareValues(a.value, b.value, kind);
  });
  if (descending) keyed.reverse();
  return keyed.map(({ document }) => document);
}
