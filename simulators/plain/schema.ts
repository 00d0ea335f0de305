/**
 * JSON Schema 2020-12 in few words. The `plain` dialect says once what a body or an answer looks
 * like; validation and the OpenAPI document are both read from it.
 */

export type Schema = Readonly<Record<string, unknown>>;

/** No control characters and no half characters, so that every text survives every wire. */
const printable = '^[^\\p{Cc}\\p{Cs}]*$';

/**
 * The pattern as the contract shows it. Classes like `\\p{Cc}` are known to few languages, and half
 * characters cannot be in a text that was sent as UTF-8.
 */
export const publishedPattern = (pattern: unknown): unknown =>
  pattern === printable ? '^[^\\u0000-\\u001f\\u007f-\\u009f]*$' : pattern;

/** Text for people. */
export const text = (maxLength: number, minLength = 1): Schema => ({
  type: 'string',
  minLength,
  maxLength,
  pattern: printable,
});

/** A key, code or reference: printable ASCII without blanks, so that it may stand in a path or header. */
export const key = (maxLength = 40): Schema => ({
  type: 'string',
  maxLength,
  pattern: '^[!-~]+$',
});

/** A decimal as a string; a JSON number is refused, because money is never a float. */
export const decimal: Schema = { type: 'string', 'x-decimal': true };

/** `YYYY-MM-DD`, a day that exists. */
export const date: Schema = { type: 'string', format: 'date' };

/** RFC 3339 with a zone. */
export const timestamp: Schema = { type: 'string', format: 'date-time' };

export const flag: Schema = { type: 'boolean' };

export const count = (minimum: number, maximum: number): Schema => ({
  type: 'integer',
  minimum,
  maximum,
});

export const oneOf = (...values: readonly string[]): Schema => ({ type: 'string', enum: values });

export const list = (items: Schema, maxItems: number, minItems = 0): Schema => ({
  type: 'array',
  items,
  minItems,
  maxItems,
});

/** An object with these properties and no other; a name that ends in `?` may be missing. */
export function object(shape: Readonly<Record<string, Schema>>): Schema {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const [name, schema] of Object.entries(shape)) {
    const optional = name.endsWith('?');
    const bare = optional ? name.slice(0, -1) : name;
    properties[bare] = schema;
    if (!optional) required.push(bare);
  }
  return { type: 'object', properties, required, additionalProperties: false };
}

/** A schema with a name of its own in the OpenAPI document. */
export const named = (title: string, schema: Schema, description?: string): Schema => ({
  title,
  ...(description === undefined ? {} : { description }),
  ...schema,
});

/** The same properties, none required but the ones named: what a merge patch may say. */
export function partial(schema: Schema, ...required: readonly string[]): Schema {
  const { title: _title, ...rest } = schema;
  return { ...rest, required, ...(required.length === 0 ? { minProperties: 1 } : {}) };
}

/** The object schema with further properties. */
export function extend(schema: Schema, shape: Readonly<Record<string, Schema>>): Schema {
  const more = object(shape);
  return {
    ...schema,
    properties: { ...(schema['properties'] as object), ...(more['properties'] as object) },
    required: [...(schema['required'] as string[]), ...(more['required'] as string[])],
  };
}
