/** The functions of `$filter`, by their names in OData V2. */
import { dateOf, timestamp } from '../../domain/calendar-date.ts';
import type { Comparable, Kind, Term } from './filter-program.ts';
import { malformed } from './odata-refusal.ts';

interface Definition {
  readonly takes: readonly (Kind | undefined)[];
  /** How many of them may be left out at the end. */
  readonly optional?: number;
  readonly gives: Kind;
  readonly run: (...args: never[]) => Comparable;
}

const text = (value: Comparable): string => String(value ?? '');

const define = (
  takes: Definition['takes'],
  gives: Kind,
  run: (...args: Comparable[]) => Comparable,
  optional = 0,
): Definition => ({ takes, gives, run: run as Definition['run'], optional });

const part =
  (from: number, to: number): ((at: Comparable) => Comparable) =>
  (at) =>
    at === undefined ? undefined : Number(timestamp(Number(at)).slice(from, to));

const definitions: Readonly<Record<string, Definition>> = {
  substringof: define(['string', 'string'], 'boolean', (part, whole) =>
    text(whole).includes(text(part)),
  ),
  startswith: define(['string', 'string'], 'boolean', (whole, part) =>
    text(whole).startsWith(text(part)),
  ),
  endswith: define(['string', 'string'], 'boolean', (whole, part) =>
    text(whole).endsWith(text(part)),
  ),
  length: define(['string'], 'number', (whole) => text(whole).length),
  indexof: define(['string', 'string'], 'number', (whole, part) => text(whole).indexOf(text(part))),
  replace: define(['string', 'string', 'string'], 'string', (whole, old, now) =>
    text(old) === '' ? text(whole) : text(whole).replaceAll(text(old), () => text(now)),
  ),
  substring: define(
    ['string', 'number', 'number'],
    'string',
    (whole, from, length) =>
      text(whole).slice(
        Math.max(0, Number(from)),
        length === undefined ? undefined : Math.max(0, Number(from)) + Math.max(0, Number(length)),
      ),
    1,
  ),
  tolower: define(['string'], 'string', (whole) => text(whole).toLowerCase()),
  toupper: define(['string'], 'string', (whole) => text(whole).toUpperCase()),
  trim: define(['string'], 'string', (whole) => text(whole).trim()),
  concat: define(['string', 'string'], 'string', (a, b) => text(a) + text(b)),
  year: define(['instant'], 'number', part(0, 4)),
  month: define(['instant'], 'number', part(5, 7)),
  day: define(['instant'], 'number', (at) =>
    at === undefined ? undefined : Number(dateOf(Number(at)).slice(8)),
  ),
  hour: define(['instant'], 'number', part(11, 13)),
  minute: define(['instant'], 'number', part(14, 16)),
  second: define(['instant'], 'number', part(17, 19)),
  round: define(['number'], 'number', (value) => Math.round(Number(value))),
  floor: define(['number'], 'number', (value) => Math.floor(Number(value))),
  ceiling: define(['number'], 'number', (value) => Math.ceil(Number(value))),
};

/** The call of a function. Throws 400 when there is none of that name for these arguments. */
export function filterFunctions(name: string, args: readonly Term[]): Term {
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  if (definition === undefined) throw malformed(`Function '${name.slice(0, 40)}' is not supported`);
  const { takes, optional = 0, gives, run } = definition;
  const fits =
    args.length <= takes.length &&
    args.length >= takes.length - optional &&
    args.every((each, index) => each.kind === takes[index] || each.kind === 'null');
  if (!fits) throw malformed(`Wrong arguments of function '${name}'`);
  return {
    kind: gives,
    value: (row) => run(...(args.map((each) => each.value(row)) as never[])),
  };
}
