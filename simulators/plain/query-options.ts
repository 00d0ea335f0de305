/** Query strings: known options only, each once, decoded. */
import type { Query, QueryOption } from './endpoint.ts';
import type { Schema } from './schema.ts';
import { malformed } from './wire-refusal.ts';

const none: Query = {};

/** Reads a raw query string. Throws 400 for an unknown, repeated or broken option. */
export function readQuery(raw: string, options: readonly QueryOption[] | undefined): Query {
  if (raw === '') return none;
  const query: Record<string, string> = {};
  for (const part of raw.split('&')) {
    if (part === '') continue;
    const mark = part.indexOf('=');
    const name = decode(mark < 0 ? part : part.slice(0, mark));
    const option = options?.find((each) => each.name === name);
    if (option === undefined) {
      throw malformed('unknown-query-option', `There is no query option "${name}" here.`, name);
    }
    if (query[name] !== undefined) {
      throw malformed('repeated-query-option', `The query option "${name}" is there twice.`, name);
    }
    const value = mark < 0 ? '' : decode(part.slice(mark + 1));
    if (!matches(value, option.schema)) {
      throw malformed('invalid-query-option', `"${name}" has a value that is none.`, name);
    }
    query[name] = value;
  }
  return query;
}

/** Whether a text is one of the schema's; numbers and times are checked by those who read them. */
function matches(
  value: string,
  { type, pattern, minLength, maxLength, enum: values }: Schema,
): boolean {
  if (type !== 'string') return true;
  const characters = value.length;
  return (
    (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(value)) &&
    (typeof minLength !== 'number' || characters >= minLength) &&
    (typeof maxLength !== 'number' || characters <= maxLength || [...value].length <= maxLength) &&
    (!Array.isArray(values) || values.includes(value))
  );
}

/** The value of one option of a raw query string, for those who only look; never throws. */
export function peekQuery(raw: string, name: string): string | undefined {
  if (raw === '') return undefined;
  for (const part of raw.split('&')) {
    if (!part.startsWith(`${name}=`)) continue;
    try {
      return decode(part.slice(name.length + 1));
    } catch {
      return undefined;
    }
  }
  return undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.includes('+') ? text.replaceAll('+', ' ') : text);
  } catch {
    throw malformed('broken-query', 'The query string has a broken percent encoding.');
  }
}
