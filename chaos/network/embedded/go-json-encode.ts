/** Writes JSON byte for byte as Go does: no spaces, `<`, `>` and `&` escaped, floats of 32 bits. */

/** A number that Go holds in 32 bits and shows with as few digits as tell it from its neighbours. */
export class Float32 {
  readonly value: number;

  constructor(value: number) {
    this.value = Math.fround(value);
  }
}

export type Encodable =
  | null
  | boolean
  | number
  | bigint
  | string
  | Float32
  | readonly Encodable[]
  | { readonly [key: string]: Encodable };

export function encodeJson(value: Encodable): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return encodeText(value);
  if (value instanceof Float32) return shortest(value.value);
  if (Array.isArray(value)) return `[${value.map(encodeJson).join(',')}]`;
  const fields = Object.entries(value).map(
    ([key, field]) => `${encodeText(key)}:${encodeJson(field)}`,
  );
  return `{${fields.join(',')}}`;
}

const encodeText = (text: string): string =>
  JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

function shortest(value: number): string {
  if (Object.is(value, -0)) return '-0';
  for (let digits = 1; digits <= 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}
