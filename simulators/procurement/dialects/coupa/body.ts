/**
 * Reads a JSON body attribute by attribute: names with dashes or underscores, numbers as strings or
 * numbers, `null` as if it were not there. What nobody asks for is ignored, as Coupa does. Refuses
 * with 400 and names the attribute.
 */
import type { CalendarDate } from '../../../../domain/calendar-date.ts';
import { type Decimal, parseDecimal } from '../../../../domain/decimal.ts';
import { badRequest } from './coupa-refusal.ts';
import { dashed } from './presentation.ts';
import { parseDate, parseTime } from './wire-text.ts';

const printable = /^[^\p{Cc}\p{Cs}]*$/u;
/** What may stand in a path or header: printable ASCII without blanks. */
const keyShape = /^[!-~]+$/;

/** As many lines as a document may have. */
const mostLines = 1000;

export class Body {
  readonly path: string;
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(value: unknown, path = '') {
    this.path = path;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw badRequest('invalid-body', 'must be a JSON object', path === '' ? undefined : path);
    }
    this.#values = new Map(Object.entries(value).map(([name, each]) => [dashed(name), each]));
  }

  /** A body that nothing was sent in. */
  static readonly empty = new Body({});

  has(name: string): boolean {
    return this.raw(name) !== undefined;
  }

  /** The value as it came; `undefined` for `null`. */
  raw(name: string): unknown {
    return this.#values.get(name) ?? undefined;
  }

  /** Path of an attribute, as errors name it. */
  at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  text(name: string, most = 255): string | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string' || !printable.test(text))
      throw this.#wrong(name, 'must be a text');
    if (text.length > most) {
      throw this.#wrong(name, `is too long (maximum is ${most} characters)`);
    }
    return text.trim() === '' ? undefined : text;
  }

  /** A code or number. */
  key(name: string, most: number): string | undefined {
    const text = this.text(name, most);
    if (text !== undefined && !keyShape.test(text)) throw this.#wrong(name, 'is invalid');
    return text;
  }

  decimal(name: string): Decimal | undefined {
    const value = this.raw(name);
    if (value === undefined || value === '') return undefined;
    const decimal = parseDecimal(value);
    if (decimal === undefined) throw this.#wrong(name, 'is not a number');
    return decimal;
  }

  integer(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined || value === '') return undefined;
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text === 'string' && /^\d{1,15}$/.test(text)) return Number(text);
    throw this.#wrong(name, 'must be an integer');
  }

  flag(name: string): boolean | undefined {
    const value = this.raw(name);
    if (value === undefined || value === '') return undefined;
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    throw this.#wrong(name, 'must be true or false');
  }

  date(name: string): CalendarDate | undefined {
    const text = this.text(name, 40);
    if (text === undefined) return undefined;
    const date = parseDate(text);
    if (date === undefined) throw this.#wrong(name, 'is not a valid date');
    return date;
  }

  /** Milliseconds since the epoch. */
  time(name: string): number | undefined {
    const text = this.text(name, 40);
    if (text === undefined) return undefined;
    const at = parseTime(text);
    if (at === undefined) throw this.#wrong(name, 'is not a valid datetime');
    return at;
  }

  object(name: string): Body | undefined {
    const value = this.raw(name);
    // In XML an element with nothing in it.
    return value === undefined || value === '' ? undefined : new Body(value, this.at(name));
  }

  objects(name: string): readonly Body[] | undefined {
    const value = this.raw(name);
    if (value === undefined || value === '') return undefined;
    if (!Array.isArray(value)) throw this.#wrong(name, 'must be an array');
    if (value.length > mostLines) throw this.#wrong(name, `has more than ${mostLines} elements`);
    return value.map((each) => new Body(each, this.at(name)));
  }

  /** Codes, as an array or separated by commas. */
  keys(name: string, most: number): readonly string[] | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const all = typeof value === 'string' ? value.split(',').filter((each) => each !== '') : value;
    if (
      !Array.isArray(all) ||
      !all.every((each) => typeof each === 'string' && each.length <= most)
    ) {
      throw this.#wrong(name, 'must be an array of texts');
    }
    return all as readonly string[];
  }

  /** The value, or a refusal because it is missing. */
  required<T>(name: string, value: T | undefined): T {
    if (value === undefined) throw this.#wrong(name, "can't be blank");
    return value;
  }

  #wrong(name: string, message: string): Error {
    return badRequest('invalid-attribute', message, this.at(name));
  }
}

/** The named values that are there: optional properties are left out and never `undefined`. */
export function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
