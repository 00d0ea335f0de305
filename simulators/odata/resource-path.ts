/** The resource path of a URL below the service: segments, and key predicates by position or by name. */
import type { EntityType } from './model.ts';
import { malformed, unknownSegment } from './odata-refusal.ts';
import { unpadded } from './wire-value.ts';

export interface Segment {
  readonly name: string;
  /** What stands between the parentheses, decoded; `undefined` without them. */
  readonly predicate: string | undefined;
}

/** A path without slashes at its ends. */
export function trimmed(path: string, from = 0): string {
  let [start, end] = [from, path.length];
  while (path.charCodeAt(start) === 47) start++;
  while (end > start && path.charCodeAt(end - 1) === 47) end--;
  return path.slice(start, end);
}

/** Splits and decodes a path below the service root. Throws 400 when it cannot be decoded. */
export function readPath(path: string): Segment[] {
  const segments: Segment[] = [];
  for (const raw of splitOutsideQuotes(decoded(path), '/')) {
    if (raw === '') continue;
    const open = raw.indexOf('(');
    if (open < 0) segments.push({ name: raw, predicate: undefined });
    else if (raw.endsWith(')')) {
      segments.push({ name: raw.slice(0, open), predicate: raw.slice(open + 1, -1) });
    } else throw unknownSegment(raw);
  }
  return segments;
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw malformed('Malformed URI literal syntax');
  }
}

/** Splits at a separator, but not inside quotes: a key may hold anything. */
function splitOutsideQuotes(text: string, separator: string): string[] {
  if (!text.includes("'")) return text.split(separator);
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === "'") isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

export type Key = Readonly<Record<string, string>>;

/** Reads a key predicate: `'k'`, or `A='x',B='y'` in any order. Throws 400 when it is none of the type. */
export function readKey(type: EntityType, predicate: string): Key {
  const key: Record<string, string> = {};
  const parts = splitOutsideQuotes(predicate, ',');
  if (parts.length !== type.keys.length) throw malformed('Invalid key predicate.');
  for (const part of parts) {
    const equals = part.trimStart().startsWith("'") ? -1 : part.indexOf('=');
    const only = parts.length === 1 ? type.keys[0] : undefined;
    const property = equals < 0 ? only : type.byName.get(part.slice(0, equals).trim());
    if (property === undefined || !property.isKey || property.name in key) {
      throw malformed('Invalid key predicate.');
    }
    const text = unquoted(part.slice(equals + 1).trim());
    if (text === undefined) throw malformed('Malformed URI literal syntax');
    key[property.name] = property.alpha ? unpadded(text) : text;
  }
  return key;
}

/** The text of a string literal; `undefined` when it is none. */
export function unquoted(literal: string): string | undefined {
  if (literal.length < 2 || !literal.startsWith("'") || !literal.endsWith("'")) return undefined;
  const inner = literal.slice(1, -1);
  if (!inner.includes("'")) return inner;
  const text = inner.replaceAll("''", '\u0000');
  return text.includes("'") ? undefined : text.replaceAll('\u0000', "'");
}
