/** Query strings: known options only, each once, decoded. */
import type { Query, QueryOption } from './endpoint.ts';
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
    if (!options?.some((option) => option.name === name)) {
      throw malformed('unknown-query-option', `There is no query option "${name}" here.`, name);
    }
    if (query[name] !== undefined) {
      throw malformed('repeated-query-option', `The query option "${name}" is there twice.`, name);
    }
    query[name] = mark < 0 ? '' : decode(part.slice(mark + 1));
  }
  return query;
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
