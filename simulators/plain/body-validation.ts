/**
 * Bodies against their schemas. The first pass stops at the first mistake and is all that a good
 * request pays for; only a bad one is read again to name every mistake. Decimals are made canonical
 * on the way ("12.50" becomes "12.5"), because that is how documents hold them.
 */
import { createRequire } from 'node:module';
import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { parseDecimal } from '../../domain/decimal.ts';
import type { Schema } from './schema.ts';
import { isCalendarDate, parseTimestamp } from './wire-formats.ts';
import { type FieldError, WireRefusal } from './wire-refusal.ts';

/** Naming every mistake costs time by the size of the body, so beyond this only the first is named. */
const thoroughUpToCharacters = 65_536;
const mostErrors = 50;

/** Loaded with the first body: its 83 modules are a good part of a start, and many never need them. */
const loadAjv = (): typeof import('ajv/dist/2020.js') =>
  createRequire(import.meta.url)('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');

function makeAjv(thorough: boolean): Ajv2020 {
  const ajv = new (loadAjv().Ajv2020)({ allErrors: thorough, verbose: thorough, strict: true });
  ajv.addFormat('date', { validate: isCalendarDate });
  ajv.addFormat('date-time', { validate: (value: string) => parseTimestamp(value) !== undefined });
  ajv.addKeyword({
    keyword: 'x-decimal',
    type: 'string',
    schemaType: 'boolean',
    modifying: true,
    errors: false,
    compile: () => (data, place) => {
      const canonical = parseDecimal(data);
      if (canonical === undefined) return false;
      if (place && canonical !== data) place.parentData[place.parentDataProperty] = canonical;
      return true;
    },
  });
  return ajv;
}

/** One for all schemas: what JSON Schema itself is has to be compiled for each. */
const compilers = new Map<boolean, Ajv2020>();

function compiled(schema: Schema, thorough: boolean): ValidateFunction {
  let ajv = compilers.get(thorough);
  if (ajv === undefined) compilers.set(thorough, (ajv = makeAjv(thorough)));
  const validate = ajv.compile(schema);
  // Who needs it keeps it: the compiler would keep it for ever.
  ajv.removeSchema(schema);
  return validate;
}

/** Checks a parsed body and makes its decimals canonical. Throws 422 `invalid-body` naming the fields. */
export type BodyValidator = (body: unknown, characters: number) => void;

/** By schema: most are constants, and every system that is made anew would compile them anew. */
const validators = new WeakMap<Schema, BodyValidator>();

/** The validator of a schema. It is compiled when the first body comes, because starting must be fast. */
export function bodyValidator(schema: Schema): BodyValidator {
  let validator = validators.get(schema);
  if (validator === undefined) validators.set(schema, (validator = newValidator(schema)));
  return validator;
}

function newValidator(schema: Schema): BodyValidator {
  let quick: ValidateFunction | undefined;
  let thorough: ValidateFunction | undefined;
  return (body, characters) => {
    quick ??= compiled(schema, false);
    if (quick(body)) return;
    let errors = quick.errors;
    if (characters <= thoroughUpToCharacters) {
      thorough ??= compiled(schema, true);
      thorough(body);
      errors = thorough.errors ?? errors;
    }
    throw invalidBody((errors ?? []).slice(0, mostErrors).map(fieldError));
  };
}

function invalidBody(errors: readonly FieldError[]): WireRefusal {
  const [first] = errors;
  const field = first && fieldOf(first.pointer);
  const where = field === undefined || field === '' ? 'The body' : field;
  return new WireRefusal({
    refusal: 'invalid',
    status: 422,
    rule: 'invalid-body',
    message: `${where} ${first?.detail ?? 'does not match its schema'}.`,
    errors,
    ...(field === undefined || field === '' ? {} : { field }),
  });
}

const ruleOfKeyword: Readonly<Record<string, string>> = {
  required: 'missing-field',
  additionalProperties: 'unknown-field',
  type: 'wrong-type',
  'x-decimal': 'not-a-decimal',
  format: 'wrong-format',
  pattern: 'wrong-format',
  maxLength: 'too-long',
  minLength: 'too-short',
  maxItems: 'too-many',
  minItems: 'too-few',
  enum: 'unknown-value',
};

function fieldError(error: ErrorObject): FieldError {
  const { keyword, instancePath, params } = error;
  const name = (params['missingProperty'] ?? params['additionalProperty']) as string | undefined;
  const pointer = name === undefined ? instancePath : `${instancePath}/${escapeToken(name)}`;
  return {
    pointer: `#${pointer}`,
    rule: ruleOfKeyword[keyword] ?? keyword,
    detail: detailOf(error),
  };
}

const decimalWords =
  'must be a decimal as a string, such as "12.50": money and quantities are never JSON numbers';

function detailOf({ keyword, params, parentSchema, message }: ErrorObject): string {
  if (keyword === 'x-decimal' || parentSchema?.['x-decimal'] === true) return decimalWords;
  if (keyword === 'required') return 'is missing';
  if (keyword === 'additionalProperties') return 'is not a field here';
  if (keyword === 'format' && params['format'] === 'date') return 'must be a date, YYYY-MM-DD';
  if (keyword === 'format') return 'must be an RFC 3339 timestamp with a zone';
  if (keyword === 'pattern') return 'has characters that are not allowed here';
  if (keyword === 'enum')
    return `must be one of ${(params['allowedValues'] as string[]).join(', ')}`;
  return message ?? 'is not valid';
}

const escapeToken = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** `lines[0].quantity` of `#/lines/0/quantity`. */
function fieldOf(pointer: string): string {
  let field = '';
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (/^\d+$/.test(name)) field += `[${name}]`;
    else field += field === '' ? name : `.${name}`;
  }
  return field;
}

/** `#/lines/0/quantity` of `lines[0].quantity`. */
export const pointerOf = (field: string): string =>
  `#/${field
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .map(escapeToken)
    .join('/')}`;
