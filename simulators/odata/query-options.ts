/** System query options of a request, checked against the type that they are about. */
import type { Hints } from './entity-set.ts';
import { noHints } from './entity-set.ts';
import { type Expression, parseFilter } from './filter-parser.ts';
import { type Scope, compileFilter, orderOf, pathTerm } from './filter-program.ts';
import { hintsOf } from './filter-hints.ts';
import type { EntityType, ServiceModel } from './model.ts';
import { malformed, unknownProperty, unsupportedFormat } from './odata-refusal.ts';

export type RawQuery = ReadonlyMap<string, string>;

/** Splits and decodes a query string. Throws 400 when it cannot be decoded. */
export function readQuery(query: string): RawQuery {
  const options = new Map<string, string>();
  if (query === '') return options;
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decodedPart(equals < 0 ? pair : pair.slice(0, equals));
    if (name.startsWith('$') && options.has(name))
      throw malformed(`Duplicate query option '${name.slice(0, 40)}'`);
    options.set(name, equals < 0 ? '' : decodedPart(pair.slice(equals + 1)));
  }
  return options;
}

function decodedPart(text: string): string {
  try {
    return decodeURIComponent(text.includes('+') ? text.replaceAll('+', ' ') : text);
  } catch {
    throw malformed('Malformed URI literal syntax');
  }
}

const known = new Set([
  '$filter',
  '$select',
  '$expand',
  '$orderby',
  '$top',
  '$skip',
  '$inlinecount',
  '$skiptoken',
  '$format',
]);

/** What to show of an entity: some properties or all, and what is expanded. */
export interface Shape {
  /** Nothing: all. */
  readonly select?: ReadonlySet<string>;
  readonly expand: ReadonlyMap<string, Shape>;
}

export const wholeShape: Shape = { expand: new Map() };

export interface ListOptions {
  readonly keep?: (row: object) => boolean;
  readonly hints: Hints;
  readonly order?: (a: object, b: object) => number;
  readonly top: number | undefined;
  readonly skip: number;
  readonly inlineCount: boolean;
}

const formats = new Set(
  'json xml atom application/json application/xml application/atom+xml'.split(' '),
);

/** Refuses system options that there are not, and formats that nobody has. */
export function checkOptions(query: RawQuery): void {
  const format = query.get('$format')?.toLowerCase().split(';')[0];
  if (format !== undefined && !formats.has(format)) throw unsupportedFormat;
  for (const name of query.keys()) {
    if (name.startsWith('$') && !known.has(name)) {
      throw malformed(`The query option '${name.slice(0, 40)}' is not supported`);
    }
  }
}

/** The options of a list. Throws 400 for what is wrong with one. */
export function readListOptions(query: RawQuery, scope: Scope): ListOptions {
  const { type } = scope;
  // Clients that fill in a form of all options send the empty ones along.
  const filter = query.get('$filter') || undefined;
  const orderBy = query.get('$orderby') || undefined;
  const expression = filter === undefined ? undefined : parseFilter(filter);
  const skipToken = query.get('$skiptoken');
  const inlineCount = query.get('$inlinecount') ?? 'none';
  if (inlineCount !== 'none' && inlineCount !== 'allpages') {
    throw malformed("Invalid value of '$inlinecount'");
  }
  return {
    ...(expression === undefined ? {} : { keep: compileFilter(expression, scope) }),
    hints: expression === undefined ? noHints : hintsOf(expression as Expression, type),
    ...(orderBy === undefined ? {} : { order: readOrder(orderBy, scope) }),
    top: numberOption(query, '$top'),
    skip:
      (skipToken === undefined ? 0 : tokenOffset(skipToken)) + (numberOption(query, '$skip') ?? 0),
    inlineCount: inlineCount === 'allpages',
  };
}

function numberOption(query: RawQuery, name: string): number | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw malformed(`Invalid value of '${name}'`);
  return Number(text);
}

function tokenOffset(token: string): number {
  if (!/^\d{1,9}$/.test(token)) throw malformed("Invalid value of '$skiptoken'");
  return Number(token);
}

function readOrder(text: string, scope: Scope): ListOptions['order'] & object {
  const terms = text.split(',').map((each) => {
    const [name = '', direction = 'asc', ...rest] = each.trim().split(/\s+/);
    const { value, kind } = pathTerm(name.slice(0, 200), scope);
    if (rest.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
      throw malformed("Invalid value of '$orderby'");
    }
    const sign = direction === 'asc' ? 1 : -1;
    return { value, kind, sign };
  });
  return (a, b) => {
    for (const { value, kind, sign } of terms) {
      const order = orderOf(value(a), value(b), kind);
      if (order !== 0) return order * sign;
    }
    return 0;
  };
}

/** More paths than any client asks for. */
const mostPaths = 200;

interface MutableShape {
  select?: Set<string>;
  expand: Map<string, MutableShape>;
}

/** `$select` and `$expand` as one tree. Throws 400 for what the types do not have. */
export function readShape(query: RawQuery, model: ServiceModel, type: EntityType): Shape {
  const [select, expand] = [query.get('$select'), query.get('$expand')];
  if (select === undefined && expand === undefined) return wholeShape;
  const shape: MutableShape = { expand: new Map() };
  for (const path of pathsOf(expand)) expandPath(shape, path, model, type);
  for (const path of pathsOf(select)) selectPath(shape, path, model, type);
  return shape;
}

function pathsOf(text: string | undefined): string[][] {
  if (text === undefined || text.trim() === '') return [];
  const paths = text.split(',').map((each) => each.trim().split('/'));
  if (paths.length > mostPaths) throw malformed('Too many paths in $select or $expand');
  return paths;
}

function expandPath(
  shape: MutableShape,
  path: string[],
  model: ServiceModel,
  type: EntityType,
): void {
  let [at, of] = [shape, type];
  for (const name of path.slice(0, 10)) {
    const navigation = of.navigations.get(name);
    if (navigation === undefined) throw unknownProperty(name.slice(0, 80), of.name);
    let next = at.expand.get(name);
    if (next === undefined) at.expand.set(name, (next = { expand: new Map() }));
    [at, of] = [next, model.entityTypes.get(navigation.target) as EntityType];
  }
}

function selectPath(
  shape: MutableShape,
  path: string[],
  model: ServiceModel,
  type: EntityType,
): void {
  let [at, of]: [MutableShape | undefined, EntityType] = [shape, type];
  for (const [index, name] of path.entries()) {
    const isLast = index === path.length - 1;
    if (name === '*' && isLast) {
      for (const each of of.byName.keys()) addSelected(at, each);
      return;
    }
    if (of.byName.has(name) && isLast) {
      addSelected(at, name);
      return;
    }
    const navigation = of.navigations.get(name);
    if (navigation === undefined) throw unknownProperty(name.slice(0, 80), of.name);
    addSelected(at, name);
    [at, of] = [at?.expand.get(name), model.entityTypes.get(navigation.target) as EntityType];
  }
}

const addSelected = (shape: MutableShape | undefined, name: string): void => {
  if (shape !== undefined) (shape.select ??= new Set()).add(name);
};
