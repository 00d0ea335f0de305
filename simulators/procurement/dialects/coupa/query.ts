/**
 * The query of a request: arguments (`limit`, `offset`, `fields`, `return_object`, `order_by`, `dir`)
 * and filters (`attribute[operator]=value`), checked against the record's table.
 */
import type { Scalar, Table } from './attributes.ts';
import { badRequest } from './coupa-refusal.ts';
import { type Shape, dashed, readFields } from './presentation.ts';

const operators = [
  'contains',
  'starts-with',
  'ends-with',
  'blank',
  'gt',
  'lt',
  'gt-or-eq',
  'lt-or-eq',
  'not-eq',
  'in',
  'not-in',
] as const;

type Operator = 'eq' | (typeof operators)[number];

export interface Filter {
  /** Names from the record to the attribute. */
  readonly path: readonly string[];
  readonly attribute: Scalar<unknown>;
  readonly operator: Operator;
  readonly value: string;
}

export interface ListQuery {
  readonly shape: Shape;
  readonly filters: readonly Filter[];
  readonly offset: number;
  readonly limit: number;
  readonly order?: {
    readonly path: readonly string[];
    readonly attribute: Scalar<unknown>;
    readonly descending: boolean;
  };
}

/** Rows of a page: the default and the maximum. */
const pageRows = 50;

const argumentNames = new Set([
  'limit',
  'offset',
  'fields',
  'return-object',
  'order-by',
  'dir',
  'filter',
]);

export type Parameters = ReadonlyMap<string, string>;

/** The parameters by name; of a name given twice the last value counts, as in Rails. */
export function readParameters(query: string): Parameters {
  const parameters = new Map<string, string>();
  if (query === '') return parameters;
  for (const [name, value] of new URLSearchParams(query)) parameters.set(dashed(name), value);
  return parameters;
}

/** `return_object` and `fields`. Throws 400. */
export function readShape(parameters: Parameters, isQuery: boolean): Shape {
  const fields = parameters.get('fields');
  const returned = parameters.get('return-object') ?? 'full';
  if (
    returned !== 'full' &&
    returned !== 'shallow' &&
    returned !== 'limited' &&
    returned !== 'none'
  ) {
    throw badRequest('invalid-return-object', 'return_object must be none, limited or shallow');
  }
  if (returned === 'none' && isQuery) {
    throw badRequest('invalid-return-object', 'return_object=none is not supported for queries');
  }
  return { returned, ...(fields === undefined ? {} : { fields: readFields(fields) }) };
}

/** The query of a list. Throws 400 for what the record does not know. */
export function readListQuery<D>(parameters: Parameters, table: Table<D>): ListQuery {
  const known = table as Table<unknown>;
  const filters: Filter[] = [];
  for (const [name, value] of parameters) {
    if (!argumentNames.has(name)) filters.push(filterOf(name, value, known));
  }
  if (parameters.has('filter')) {
    throw badRequest('unknown-filter', `API filter ${parameters.get('filter')} is not defined`);
  }
  const order = orderOf(parameters, known);
  return {
    shape: readShape(parameters, true),
    filters,
    offset: wholeNumber(parameters, 'offset') ?? 0,
    limit: Math.min(wholeNumber(parameters, 'limit') ?? pageRows, pageRows),
    ...(order === undefined ? {} : { order }),
  };
}

function wholeNumber(parameters: Parameters, name: string): number | undefined {
  const value = parameters.get(name);
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value) && (name === 'offset' || Number(value) > 0)) return Number(value);
  throw badRequest(`invalid-${name}`, `${name} must be a whole number`);
}

function orderOf(parameters: Parameters, table: Table<unknown>): ListQuery['order'] {
  const direction = parameters.get('dir') ?? 'asc';
  if (direction !== 'asc' && direction !== 'desc') {
    throw badRequest('invalid-dir', 'dir must be asc or desc');
  }
  const name = parameters.get('order-by');
  const descending = direction === 'desc';
  if (name === undefined) {
    const attribute = table.attributes['id'] as Scalar<unknown>;
    return descending ? { path: ['id'], attribute, descending } : undefined;
  }
  const attribute = scalarAt([dashed(name)], table);
  if (attribute === undefined) {
    throw badRequest('unknown-attribute', `order_by: unknown attribute ${name}`);
  }
  return { path: [dashed(name)], attribute, descending };
}

function filterOf(name: string, value: string, table: Table<unknown>): Filter {
  const path = /^[^[\]]+(?:\[[^[\]]*\])*$/.test(name)
    ? name.replaceAll(']', '').split('[')
    : [name];
  const exact = attributeAt(path, table);
  if (exact !== undefined) return checked({ ...exact, operator: 'eq', value }, name);
  const operator = operators.find((each) => each === path.at(-1));
  const below = operator === undefined ? undefined : attributeAt(path.slice(0, -1), table);
  if (operator === undefined || below === undefined) {
    throw badRequest('unknown-attribute', `Invalid query: unknown attribute or operator ${name}`);
  }
  return checked({ ...below, operator, value }, name);
}

/** The attribute at a path; `supplier-id` stands for `supplier[id]`, too. */
function attributeAt(
  path: readonly string[],
  table: Table<unknown>,
): Pick<Filter, 'path' | 'attribute'> | undefined {
  const attribute = scalarAt(path, table);
  if (attribute !== undefined) return { path, attribute };
  const last = path.at(-1) ?? '';
  if (!last.endsWith('-id')) return undefined;
  const through = [...path.slice(0, -1), last.slice(0, -3), 'id'];
  const inner = scalarAt(through, table);
  return inner === undefined ? undefined : { path: through, attribute: inner };
}

function scalarAt(path: readonly string[], table: Table<unknown>): Scalar<unknown> | undefined {
  let at = table;
  for (const [index, name] of path.entries()) {
    const attribute = Object.hasOwn(at.attributes, name) ? at.attributes[name] : undefined;
    if (attribute === undefined) return undefined;
    const last = index === path.length - 1;
    if (attribute.kind !== 'association') return last ? attribute : undefined;
    at = attribute.table();
  }
  return undefined;
}

const textual = new Set<Operator>(['contains', 'starts-with', 'ends-with']);
const ordering = new Set<Operator>(['gt', 'lt', 'gt-or-eq', 'lt-or-eq']);

function checked(filter: Filter, name: string): Filter {
  const { operator, attribute, value } = filter;
  const unsuited =
    (textual.has(operator) && attribute.kind === 'datetime') ||
    (ordering.has(operator) && (attribute.kind === 'boolean' || attribute.kind === 'list'));
  if (unsuited) {
    throw badRequest(
      'invalid-operator',
      `Invalid query: ${name} cannot be used with ${attribute.kind} fields`,
    );
  }
  if (operator === 'blank' && value !== 'true' && value !== 'false') {
    throw badRequest('invalid-value', `Invalid query: ${name} accepts true or false`);
  }
  return filter;
}
