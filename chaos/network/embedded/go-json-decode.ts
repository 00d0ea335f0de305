/**
 * Puts JSON into typed fields by the rules of Go's decoder: keys in any case, the last of two wins,
 * `null` changes nothing, unknown keys are ignored, the first mismatch is told in Go's words.
 */
import type { JsonNode } from './go-json-scan.ts';

/** The message is Go's. */
export class JsonTypeError extends Error {}

/** What a field takes. `float32` and `float64` take any number, `int` whole ones up to 64 bits. */
export type FieldType = 'string' | 'bool' | 'int' | 'int64' | 'float32' | 'float64';

/** A whole number beyond 2^53 stays exact, because it is shown again. */
export type FieldValue = string | boolean | number | bigint;

export type Fields = Readonly<Record<string, FieldType>>;

/** How Go calls what is filled, in its messages. */
export interface GoNames {
  /** `toxiproxy.Proxy`, for a value that is no object at all. */
  readonly type: string;
  /** `Proxy.`: what stands before a field's name. */
  readonly field: string;
}

/** The object's value at each field that it gives, and the nodes of the `nested` ones. */
export interface Decoded {
  readonly values: Record<string, FieldValue>;
  readonly nested: Record<string, JsonNode>;
}

/** Throws JsonTypeError for the first field that does not fit. */
export function decodeObject(
  node: JsonNode,
  names: GoNames,
  fields: Fields,
  nested: Readonly<Record<string, (node: JsonNode) => void>> = {},
): Decoded {
  const decoded: Decoded = { values: {}, nested: {} };
  if (node.kind === 'null') return decoded;
  if (node.kind !== 'object') {
    throw new JsonTypeError(
      `json: cannot unmarshal ${node.kind} into Go value of type ${names.type}`,
    );
  }
  const known = new Map(
    [...Object.keys(fields), ...Object.keys(nested)].map((name) => [name.toLowerCase(), name]),
  );
  for (const [key, value] of node.fields) {
    const name = known.get(key.toLowerCase());
    if (name === undefined) continue;
    const check = nested[name];
    if (check !== undefined) {
      check(value);
      decoded.nested[name] = value;
    } else if (value.kind !== 'null') {
      decoded.values[name] = decodeField(value, fields[name] as FieldType, names.field + name);
    }
  }
  return decoded;
}

/** Go's complaint about a field; says what it found and what it wanted. */
export const mismatch = (found: string, field: string, wanted: string): JsonTypeError =>
  new JsonTypeError(
    `json: cannot unmarshal ${found} into Go struct field ${field} of type ${wanted}`,
  );

const least = -(2n ** 63n);
const most = 2n ** 63n - 1n;

function decodeField(node: JsonNode, type: FieldType, field: string): FieldValue {
  if (type === 'string' && node.kind === 'string') return node.value;
  if (type === 'bool' && node.kind === 'bool') return node.value;
  if (type === 'string' || type === 'bool' || node.kind !== 'number') {
    throw mismatch(node.kind, field, type);
  }
  const { text } = node;
  const refused = (): JsonTypeError => mismatch(`number ${text}`, field, type);
  if (type === 'float32' || type === 'float64') {
    const number = type === 'float32' ? Math.fround(Number(text)) : Number(text);
    if (!Number.isFinite(number)) throw refused();
    return number;
  }
  if (!/^-?\d+$/.test(text)) throw refused();
  const whole = BigInt(text);
  if (whole < least || whole > most) throw refused();
  const number = Number(whole);
  return Number.isSafeInteger(number) ? number : whole;
}
