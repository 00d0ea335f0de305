/** Function imports: parameters from the query string, an entity or a complex value as the answer. */
import type { Context } from '../../harness/context.ts';
import type { Content } from './atom-writer.ts';
import type { FunctionResult, Service } from './entity-set.ts';
import { jsonWriter } from './json-text.ts';
import type {
  EntityType,
  FunctionImport,
  Parameter,
  Property,
  ServiceModel,
  Value,
} from './model.ts';
import { malformed } from './odata-refusal.ts';
import type { RawQuery } from './query-options.ts';
import { unquoted } from './resource-path.ts';
import type { WriterOf } from './resource-target.ts';
import { readValue, unpadded } from './wire-value.ts';

/** Calls it and writes what comes back. Throws 400 for a parameter that is missing or wrong. */
export function callFunction(
  service: Service,
  definition: FunctionImport,
  query: RawQuery,
  context: Context,
  root: string,
  writerOf: WriterOf,
): string {
  const parameters: Record<string, Value> = {};
  for (const parameter of definition.parameters) {
    const value = readParameter(parameter, query.get(parameter.name));
    if (value !== undefined) parameters[parameter.name] = value;
  }
  const run = service.functions[definition.name];
  if (run === undefined) throw new TypeError(`Function ${definition.name} is not served.`);
  return writeResult(service, definition, run(parameters, context), root, writerOf);
}

/** What the answer of a function holds. */
export function resultContent(model: ServiceModel, { name, returns }: FunctionImport): Content {
  if ('set' in returns) {
    return { kind: 'entry', type: model.entityTypes.get(returns.set) as EntityType };
  }
  const type = model.complexTypes.find((each) => each.name === returns.complex);
  if (type === undefined) throw new TypeError(`Complex type ${returns.complex} is not modelled.`);
  return { kind: 'complex', name, type };
}

const prefixes: Readonly<Record<string, string>> = {
  'Edm.DateTime': 'datetime',
  'Edm.DateTimeOffset': 'datetimeoffset',
  'Edm.Guid': 'guid',
  'Edm.Time': 'time',
};

function readParameter(parameter: Parameter, literal: string | undefined): Value {
  if (literal === undefined || literal === 'null') return undefined;
  const { name, type } = parameter;
  const property: Property = {
    ...parameter,
    isKey: false,
    creatable: true,
    updatable: true,
    alpha: false,
  };
  if (type === 'Edm.Boolean') return readValue(property, booleanOf(literal));
  if (type !== 'Edm.String' && prefixes[type] === undefined) {
    return readValue(property, literal.replace(/[mMdDfFlL]$/, ''));
  }
  const prefix = prefixes[type] ?? '';
  const text = literal.startsWith(prefix) ? unquoted(literal.slice(prefix.length)) : undefined;
  if (text === undefined) throw malformed(`Invalid value of parameter '${name}'`);
  return readValue(property, type === 'Edm.String' ? unpadded(text) : text);
}

const booleanOf = (literal: string): unknown =>
  literal === 'true' || literal === '1'
    ? true
    : literal === 'false' || literal === '0'
      ? false
      : literal;

function writeResult(
  { model }: Service,
  { name, returns }: FunctionImport,
  result: FunctionResult,
  root: string,
  writerOf: WriterOf,
): string {
  if ('row' in result) {
    if (!('set' in returns)) throw new TypeError(`Function ${name} returns no entity.`);
    return `{"d":${writerOf(returns.set).write(result.row, root)}}`;
  }
  const complex = 'complex' in returns ? returns.complex : '';
  const type = model.complexTypes.find((each) => each.name === complex);
  const members = (type?.properties ?? []).map(
    (property) => `,"${property.name}":${jsonWriter(property)(result.complex[property.name])}`,
  );
  const value = `"__metadata":{"type":"${model.name}.${complex}"}${members.join('')}`;
  // Some clients look for the members under the function's name, as the protocol has it, and some
  // (the vendor's own, 2.x) directly below `d`: both find them.
  return `{"d":{${value},"${name}":{${value}}}}`;
}
