/**
 * A filter made into a function over rows. What it compares is checked against the model when it is
 * made, so that a wrong filter is refused even where there are no rows.
 */
import { type Decimal, compare, parseDecimal } from '../../domain/decimal.ts';
import { instantMs, literalMs, dateMs } from './instants.ts';
import type { Expression } from './filter-parser.ts';
import type { EntityType, Property, Value } from './model.ts';
import { malformed, unknownProperty } from './odata-refusal.ts';
import { filterFunctions } from './filter-functions.ts';
import { unpadded } from './wire-value.ts';

/** Reads properties of rows; `path` may lead through a navigation to one. */
export type PropertyReader = (row: object, property: Property) => Value;

export type Kind = 'string' | 'number' | 'boolean' | 'instant' | 'null';

/** A part of the filter: what kind of value it gives, and how. Instants are milliseconds, numbers decimals. */
export interface Term {
  readonly kind: Kind;
  readonly value: (row: object) => Comparable;
  readonly property?: Property;
  readonly constant?: Comparable;
}

export type Comparable = string | number | boolean | undefined;

/** Compiles the filter of an entity type. Throws 400 for what the type does not have or cannot compare. */
export function compileFilter(expression: Expression, scope: Scope): (row: object) => boolean {
  const { kind, value } = termOf(expression, scope);
  if (kind !== 'boolean') throw malformed('The filter expression is not a condition');
  return (row) => value(row) === true;
}

/** The value of one property of a row, made comparable. */
export function comparableReader(property: Property, read: PropertyReader): Term['value'] {
  if (property.type === 'Edm.DateTime') {
    return (row) => {
      const date = read(row, property);
      return date === undefined || date === '' ? undefined : dateMs(date as string);
    };
  }
  if (property.type === 'Edm.DateTimeOffset') {
    return (row) => {
      const instant = read(row, property);
      return instant === undefined ? undefined : instantMs(instant as string);
    };
  }
  if (isNumeric(property)) return (row) => parseDecimal(read(row, property)) ?? '0';
  return (row) => read(row, property);
}

const numericTypes = new Set(['Edm.Decimal', 'Edm.Byte', 'Edm.Int16', 'Edm.Int32', 'Edm.Double']);
const isNumeric = ({ type }: Property): boolean => numericTypes.has(type);

function kindOf(property: Property): Kind {
  if (property.type === 'Edm.DateTime' || property.type === 'Edm.DateTimeOffset') return 'instant';
  if (property.type === 'Edm.Boolean') return 'boolean';
  return isNumeric(property) ? 'number' : 'string';
}

export interface Scope {
  readonly type: EntityType;
  readonly read: PropertyReader;
  /** Where a navigation to one leads; nothing for what is none. */
  readonly follow?: (
    navigation: string,
  ) => (Scope & { readonly of: (row: object) => object | undefined }) | undefined;
}

/** Navigations lead back as well, so that a path could go on for ever. */
const deepestPath = 10;

function termOf(expression: Expression, scope: Scope): Term {
  switch (expression.kind) {
    case 'literal':
      return literal(expression.type, expression.text);
    case 'property':
      return propertyTerm(expression.path, scope);
    case 'not': {
      const of = condition(termOf(expression.of, scope));
      return { kind: 'boolean', value: (row) => of(row) !== true };
    }
    case 'negative': {
      const of = termOf(expression.of, scope);
      if (of.kind !== 'number') throw malformed('A minus needs a number');
      return { kind: 'number', value: (row) => -Number(of.value(row)) };
    }
    case 'call':
      return filterFunctions(
        expression.name,
        expression.args.map((each) => termOf(each, scope)),
      );
    default:
      return binary(expression, scope);
  }
}

function propertyTerm(path: readonly string[], scope: Scope): Term {
  const { type, read, follow } = scope;
  const [name = '', ...rest] = path;
  if (rest.length > 0) {
    const through = path.length > deepestPath ? undefined : follow?.(name);
    if (through === undefined) throw unknownProperty(path.join('/').slice(0, 80), type.name);
    const term = propertyTerm(rest, through);
    const value: Term['value'] = (row) => {
      const next = through.of(row);
      return next === undefined ? undefined : term.value(next);
    };
    return { ...term, value };
  }
  const property = type.byName.get(name);
  if (property === undefined) throw unknownProperty(path.join('/').slice(0, 80), type.name);
  return { kind: kindOf(property), value: comparableReader(property, read), property };
}

/** The value at a path of properties and navigations to one, for those who sort by it. */
export const pathTerm = (path: string, scope: Scope): Term => propertyTerm(path.split('/'), scope);

function literal(type: string, text: string): Term {
  const constant = (kind: Kind, value: Comparable): Term => ({
    kind,
    value: () => value,
    ...(value === undefined ? {} : { constant: value }),
  });
  if (type === 'null') return constant('null', undefined);
  if (type === 'boolean') return constant('boolean', text === 'true');
  if (type === 'number') return constant('number', decimalOf(text));
  if (type === 'datetime' || type === 'datetimeoffset') {
    const ms = literalMs(text);
    if (ms === undefined) throw malformed(`Invalid ${type} literal '${text.slice(0, 40)}'`);
    return constant('instant', ms);
  }
  return constant('string', type === 'guid' ? text.toLowerCase() : text);
}

function decimalOf(text: string): string {
  const exact = parseDecimal(text) ?? parseDecimal(Number(text));
  if (exact === undefined) throw malformed(`Invalid number '${text.slice(0, 40)}'`);
  return exact;
}

const condition = (term: Term): Term['value'] => {
  if (term.kind !== 'boolean') throw malformed('A condition is missing in the filter expression');
  return term.value;
};

function binary(expression: Expression & { kind: 'binary' }, scope: Scope): Term {
  const { operator } = expression;
  const left = termOf(expression.left, scope);
  const right = termOf(expression.right, scope);
  if (operator === 'and' || operator === 'or') {
    const [a, b] = [condition(left), condition(right)];
    const value: Term['value'] =
      operator === 'and'
        ? (row) => a(row) === true && b(row) === true
        : (row) => a(row) === true || b(row) === true;
    return { kind: 'boolean', value };
  }
  const calculate = arithmetic[operator];
  return calculate === undefined
    ? comparison(operator, aligned(left, right), aligned(right, left))
    : calculated(calculate, left, right);
}

type Calculate = (a: number, b: number) => number;

const arithmetic: Readonly<Record<string, Calculate>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  mod: (a, b) => a % b,
};

function calculated(calculate: Calculate, left: Term, right: Term): Term {
  if (left.kind !== 'number' || right.kind !== 'number')
    throw malformed('Arithmetic needs numbers');
  return {
    kind: 'number',
    value: (row) => calculate(Number(left.value(row)), Number(right.value(row))),
  };
}

/** A literal as the other side has it: keys without leading zeros, numbers and dates from strings. */
function aligned(term: Term, other: Term): Term {
  const { constant } = term;
  if (typeof constant !== 'string' || term.kind !== 'string') return term;
  if (other.property?.alpha)
    return { ...term, value: () => unpadded(constant), constant: unpadded(constant) };
  if (other.kind === 'number') return literal('number', constant);
  return other.kind === 'instant' ? literal('datetime', constant) : term;
}

function comparison(operator: string, left: Term, right: Term): Term {
  const comparable = left.kind === right.kind || left.kind === 'null' || right.kind === 'null';
  if (!comparable)
    throw malformed(`Operator '${operator}' cannot compare ${left.kind} with ${right.kind}`);
  const [a, b] = [left.value, right.value];
  if (operator === 'eq' && left.kind !== 'number') {
    return { kind: 'boolean', value: (row) => a(row) === b(row) };
  }
  const test = tests[operator] as (order: number) => boolean;
  return {
    kind: 'boolean',
    value: (row) => {
      const [x, y] = [a(row), b(row)];
      if (x === undefined || y === undefined)
        return operator === 'ne' ? x !== y : operator === 'eq' && x === y;
      return test(orderOf(x, y, left.kind));
    },
  };
}

const tests: Readonly<Record<string, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};

/** Which of two comparable values comes first. */
export function orderOf(x: Comparable, y: Comparable, kind: Kind): number {
  if (x === y) return 0;
  if (x === undefined) return -1;
  if (y === undefined) return 1;
  if (kind !== 'number') return x < y ? -1 : 1;
  if (typeof x === 'string' && typeof y === 'string') return compare(x as Decimal, y as Decimal);
  return Number(x) - Number(y);
}
