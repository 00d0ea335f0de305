/**
 * `$filter` of OData V2: `eq ne gt ge lt le and or not`, arithmetic, functions, typed literals. A
 * parser of our own: the kept ones on npm read V4 and know none of V2's literals.
 */
import { unquoted } from './resource-path.ts';
import { malformed } from './odata-refusal.ts';

type LiteralKind =
  'string' | 'number' | 'boolean' | 'null' | 'datetime' | 'datetimeoffset' | 'time' | 'guid';

export type Expression =
  | { readonly kind: 'literal'; readonly type: LiteralKind; readonly text: string }
  | { readonly kind: 'property'; readonly path: readonly string[] }
  | { readonly kind: 'not' | 'negative'; readonly of: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    };

const token =
  /\s*(?:((?:datetimeoffset|datetime|time|guid|X|binary)?'(?:[^']|'')*')|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[mMdDfFlL]?)(?![\w])|([A-Za-z_][\w.]*(?:\/[A-Za-z_]\w*)*)|([(),-]))/y;

const precedence: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['eq', 'ne', 'gt', 'ge', 'lt', 'le'],
  ['add', 'sub'],
  ['mul', 'div', 'mod'],
];

/** Deeper nesting than any client writes; a stack is not for a URL to exhaust. */
const deepest = 100;

/** Parses a filter. Throws 400 when it is none. */
export function parseFilter(text: string): Expression {
  const parser = new FilterParser(tokensOf(text));
  const expression = parser.binary(0);
  if (parser.peek() !== undefined) throw syntaxError(parser.peek() ?? '');
  return expression;
}

const syntaxError = (at: string) =>
  malformed(`Invalid token '${at.slice(0, 40)}' detected in the filter expression`);

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const source = text.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const from = token.lastIndex;
    const match = token.exec(source);
    if (match === null) throw syntaxError(source.slice(from));
    tokens.push(match[0].trimStart());
  }
  if (tokens.length === 0) throw syntaxError('');
  return tokens;
}

class FilterParser {
  readonly #tokens: readonly string[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  peek(): string | undefined {
    return this.#tokens[this.#next];
  }

  binary(level: number): Expression {
    const operators = precedence[level];
    if (operators === undefined) return this.#unary();
    let left = this.binary(level + 1);
    for (
      let each = this.peek();
      each !== undefined && operators.includes(each);
      each = this.peek()
    ) {
      this.#next++;
      left = { kind: 'binary', operator: each, left, right: this.binary(level + 1) };
    }
    return left;
  }

  #unary(): Expression {
    if (++this.#depth > deepest) throw malformed('The filter expression is nested too deeply');
    try {
      const each = this.peek();
      if (each === 'not') {
        this.#next++;
        return { kind: 'not', of: this.#unary() };
      }
      if (each === '-') {
        this.#next++;
        return { kind: 'negative', of: this.#unary() };
      }
      return this.#primary();
    } finally {
      this.#depth--;
    }
  }

  #primary(): Expression {
    const each = this.peek();
    if (each === undefined) throw syntaxError('');
    this.#next++;
    if (each === '(') {
      const inner = this.binary(0);
      this.#expect(')');
      return inner;
    }
    if (each.endsWith("'")) return quotedLiteral(each);
    if (/^-?\d/.test(each)) {
      return { kind: 'literal', type: 'number', text: each.replace(/[mMdDfFlL]$/, '') };
    }
    if (each === 'true' || each === 'false')
      return { kind: 'literal', type: 'boolean', text: each };
    if (each === 'null') return { kind: 'literal', type: 'null', text: '' };
    if (!/^[A-Za-z_]/.test(each) || precedence.some((operators) => operators.includes(each))) {
      throw syntaxError(each);
    }
    return this.peek() === '(' ? this.#call(each) : { kind: 'property', path: each.split('/') };
  }

  #call(name: string): Expression {
    this.#expect('(');
    const args: Expression[] = [];
    while (this.peek() !== ')') {
      if (args.length > 0) this.#expect(',');
      args.push(this.binary(0));
    }
    this.#expect(')');
    return { kind: 'call', name, args };
  }

  #expect(wanted: string): void {
    if (this.peek() !== wanted) throw syntaxError(this.peek() ?? '');
    this.#next++;
  }
}

function quotedLiteral(each: string): Expression {
  const quote = each.indexOf("'");
  const text = unquoted(each.slice(quote)) ?? '';
  const prefix = each.slice(0, quote);
  if (prefix === '') return { kind: 'literal', type: 'string', text };
  if (prefix === 'X' || prefix === 'binary') throw syntaxError(each);
  return { kind: 'literal', type: prefix as LiteralKind, text };
}
