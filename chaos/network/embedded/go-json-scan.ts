/**
 * Reads the first JSON value of a body as Go's decoder does, with its words for what is wrong:
 * clients of Toxiproxy read those words, so the embedded server must say the same.
 */

export type JsonNode =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  /** The number as it was written, for whole numbers beyond what a double holds. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'object'; readonly fields: readonly (readonly [string, JsonNode])[] };

/** The message is Go's. */
export class JsonSyntaxError extends Error {}

/** Reads one value from the beginning; what follows it is nobody's business. Throws JsonSyntaxError. */
export const scanJson = (body: Buffer): JsonNode => new Scanner(body).first();

const deepest = 10_000;
const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '/': '/',
};

/** Works on bytes, as Go does: a character beyond ASCII is complained about by its first byte. */
class Scanner {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(body: Buffer) {
    this.#text = body.toString('latin1');
  }

  first(): JsonNode {
    this.#space();
    if (this.#at >= this.#text.length) throw new JsonSyntaxError('EOF');
    return this.#value();
  }

  #space(): void {
    while (/^[ \t\r\n]$/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #peek(): string {
    const next = this.#text[this.#at];
    if (next === undefined) throw new JsonSyntaxError('unexpected EOF');
    return next;
  }

  #fail(context: string): never {
    throw new JsonSyntaxError(`invalid character ${quoted(this.#peek())} ${context}`);
  }

  #value(): JsonNode {
    this.#space();
    const next = this.#peek();
    if (next === '{') return this.#nested(() => this.#object());
    if (next === '[') return this.#nested(() => this.#array());
    if (next === '"') return { kind: 'string', value: this.#string() };
    if (next === 't') return this.#literal('true', { kind: 'bool', value: true });
    if (next === 'f') return this.#literal('false', { kind: 'bool', value: false });
    if (next === 'n') return this.#literal('null', { kind: 'null' });
    if (next === '-' || isDigit(next)) return this.#number();
    return this.#fail('looking for beginning of value');
  }

  #nested(read: () => JsonNode): JsonNode {
    if (++this.#depth > deepest) throw new JsonSyntaxError('exceeded max depth');
    this.#at++;
    const node = read();
    this.#depth--;
    return node;
  }

  #object(): JsonNode {
    const fields: (readonly [string, JsonNode])[] = [];
    this.#space();
    if (this.#peek() === '}') return this.#past({ kind: 'object', fields });
    for (;;) {
      this.#space();
      if (this.#peek() !== '"') this.#fail('looking for beginning of object key string');
      const key = this.#string();
      this.#space();
      if (this.#peek() !== ':') this.#fail('after object key');
      this.#at++;
      fields.push([key, this.#value()]);
      this.#space();
      if (this.#peek() === '}') return this.#past({ kind: 'object', fields });
      if (this.#peek() !== ',') this.#fail('after object key:value pair');
      this.#at++;
    }
  }

  #array(): JsonNode {
    const items: JsonNode[] = [];
    this.#space();
    if (this.#peek() === ']') return this.#past({ kind: 'array', items });
    for (;;) {
      items.push(this.#value());
      this.#space();
      if (this.#peek() === ']') return this.#past({ kind: 'array', items });
      if (this.#peek() !== ',') this.#fail('after array element');
      this.#at++;
    }
  }

  #past(node: JsonNode): JsonNode {
    this.#at++;
    return node;
  }

  #literal(word: string, node: JsonNode): JsonNode {
    for (const letter of word) {
      if (this.#peek() !== letter) this.#fail(`in literal ${word} (expecting '${letter}')`);
      this.#at++;
    }
    return node;
  }

  #string(): string {
    let bytes = '';
    this.#at++;
    for (;;) {
      const next = this.#peek();
      if (next === '"') break;
      if (next < ' ') this.#fail('in string literal');
      this.#at++;
      bytes += next === '\\' ? this.#escape() : next;
    }
    this.#at++;
    return Buffer.from(bytes, 'latin1').toString('utf8').toWellFormed();
  }

  /** The escaped character, as the bytes of its UTF-8. */
  #escape(): string {
    const next = this.#peek();
    const plain = escapes[next];
    if (plain === undefined && next !== 'u') this.#fail('in string escape code');
    this.#at++;
    if (plain !== undefined) return plain;
    let unit = this.#hex();
    if (unit >= 0xd800 && unit < 0xdc00 && this.#text.startsWith('\\u', this.#at)) {
      const low = Number.parseInt(this.#text.slice(this.#at + 2, this.#at + 6), 16);
      if (low >= 0xdc00 && low < 0xe000) {
        this.#at += 6;
        unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
      }
    }
    const character = unit >= 0xd800 && unit < 0xe000 ? '\ufffd' : String.fromCodePoint(unit);
    return Buffer.from(character, 'utf8').toString('latin1');
  }

  #hex(): number {
    for (let i = 0; i < 4; i++) {
      if (!/^[0-9a-fA-F]$/.test(this.#peek())) this.#fail('in \\u hexadecimal character escape');
      this.#at++;
    }
    return Number.parseInt(this.#text.slice(this.#at - 4, this.#at), 16);
  }

  #number(): JsonNode {
    const begin = this.#at;
    if (this.#peek() === '-') this.#at++;
    if (this.#peek() === '0') this.#at++;
    else this.#digits('in numeric literal');
    if (this.#text[this.#at] === '.') {
      this.#at++;
      this.#digits('after decimal point in numeric literal');
    }
    if (/^[eE]$/.test(this.#text[this.#at] ?? '')) {
      this.#at++;
      if (/^[+-]$/.test(this.#peek())) this.#at++;
      this.#digits('in exponent of numeric literal');
    }
    return { kind: 'number', text: this.#text.slice(begin, this.#at) };
  }

  #digits(context: string): void {
    if (!isDigit(this.#peek())) this.#fail(context);
    while (isDigit(this.#text[this.#at] ?? '')) this.#at++;
  }
}

const isDigit = (text: string): boolean => text >= '0' && text <= '9';

const named: Readonly<Record<string, string>> = {
  "'": "'\\''",
  '"': `'"'`,
  '\\': "'\\\\'",
  '\u0007': "'\\a'",
  '\b': "'\\b'",
  '\f': "'\\f'",
  '\n': "'\\n'",
  '\r': "'\\r'",
  '\t': "'\\t'",
  '\v': "'\\v'",
};

/** A byte as Go quotes it. */
function quoted(byte: string): string {
  const code = byte.charCodeAt(0);
  const printable =
    code >= 0x20 && code !== 0x7f && !(code >= 0x80 && code <= 0xa0) && code !== 0xad;
  if (named[byte] !== undefined) return named[byte];
  if (printable) return `'${byte}'`;
  const hex = code.toString(16);
  return code < 0x80 ? `'\\x${hex.padStart(2, '0')}'` : `'\\u${hex.padStart(4, '0')}'`;
}
