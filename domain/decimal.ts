/**
 * Fixed-point decimals: money and quantities are never binary floats.
 *
 * A decimal is a canonical string ("12.5", never "12.50" or "1e3"), so that documents stay plain
 * JSON, two equal amounts are `===`, and the history can be compared byte for byte. The arithmetic
 * is big.js, with a shorter way for numbers that fit a safe integer, which are nearly all; a scale
 * belongs to whoever prints the number (a currency, a unit, a dialect).
 */
import { Big } from 'big.js';
import { scaledInteger, scaledRound, scaledText } from './scaled-integer.ts';

/**
 * A Big of its own for division, so that its precision (more than we round to) is nobody else's. It
 * cuts off what it cannot hold: rounding here as well would round twice.
 */
const Divider = Big();
Divider.DP = 30;
Divider.RM = Big.roundDown;
Divider.PE = 1_000_000;
Divider.NE = -1_000_000;

declare const decimalBrand: unique symbol;

/** A canonical decimal number as a string. Make one with {@link decimal} or {@link parseDecimal}. */
export type Decimal = string & { readonly [decimalBrand]: true };

// No exponents in any output, however small or large: canonical text must be unique.
Big.PE = 1_000_000;
Big.NE = -1_000_000;

const plain = /^-?\d{1,24}(?:\.\d{1,12})?$/;
const canonical = /^(?:0|-?[1-9]\d{0,23}|-?(?:0|[1-9]\d{0,23})\.\d{0,11}[1-9])$/;

/** Reads a decimal from the outside: a string or a safe number; `undefined` for anything else. */
export function parseDecimal(value: unknown): Decimal | undefined {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return (Object.is(value, -0) ? '0' : String(value)) as Decimal;
    if (!Number.isFinite(value)) return undefined;
    const text = new Big(value).toString();
    return plain.test(text) ? (text as Decimal) : undefined;
  }
  if (typeof value !== 'string' || value.length > 40) return undefined;
  if (canonical.test(value)) return value as Decimal;
  return plain.test(value) ? toDecimal(new Big(value)) : undefined;
}

/** A decimal from a literal that is known to be one. Throws a programmer's error if it is not. */
export function decimal(value: string | number): Decimal {
  const parsed = parseDecimal(value);
  if (parsed === undefined) throw new TypeError(`Not a decimal: ${value}`);
  return parsed;
}

export const zero = '0' as Decimal;
export const one = '1' as Decimal;

function toDecimal(value: Big): Decimal {
  const text = value.toString();
  return (text === '-0' ? '0' : text) as Decimal;
}

export const add = (a: Decimal, b: Decimal): Decimal =>
  quickSum(a, b, 1) ?? toDecimal(new Big(a).plus(b));
export const subtract = (a: Decimal, b: Decimal): Decimal =>
  quickSum(a, b, -1) ?? toDecimal(new Big(a).minus(b));
export const multiply = (a: Decimal, b: Decimal): Decimal =>
  quickProduct(a, b) ?? toDecimal(new Big(a).times(b));

/** The same amount with the other sign; zero has none. */
export const negate = (a: Decimal): Decimal => {
  if (a === '0') return a;
  return (a.startsWith('-') ? a.slice(1) : `-${a}`) as Decimal;
};
export const absolute = (a: Decimal): Decimal => (a.startsWith('-') ? (a.slice(1) as Decimal) : a);

/** The sum of any number of decimals; zero for none. */
export function sum(values: Iterable<Decimal>): Decimal {
  let total = zero;
  for (const value of values) total = add(total, value);
  return total;
}

/** `undefined` when a double does not hold it exactly; so the other short ways. */
function quickSum(a: Decimal, b: Decimal, sign: 1 | -1): Decimal | undefined {
  const places = Math.max(decimalPlaces(a), decimalPlaces(b));
  const total = scaledInteger(a, places) + sign * scaledInteger(b, places);
  return scaledText(total, places) as Decimal | undefined;
}

function quickProduct(a: Decimal, b: Decimal, shift = 0): Decimal | undefined {
  const [x, y] = [decimalPlaces(a), decimalPlaces(b)];
  const product = scaledInteger(a, x) * scaledInteger(b, y);
  return scaledText(product, x + y + shift) as Decimal | undefined;
}

function quickRound(a: Decimal, places: number): Decimal | undefined {
  const own = decimalPlaces(a);
  return scaledText(scaledRound(scaledInteger(a, own), own - places), places) as
    Decimal | undefined;
}

/** Commercial rounding (half away from zero) to `places` decimal places. */
export function round(a: Decimal, places: number): Decimal {
  if (decimalPlaces(a) <= places) return a;
  return quickRound(a, places) ?? toDecimal(new Big(a).round(places, Big.roundHalfUp));
}

/**
 * `a / b`, rounded once, half away from zero, to `places` (default 12, at most 29) decimal places; `b`
 * must not be zero.
 */
export function divide(a: Decimal, b: Decimal, places = 12): Decimal {
  return toDecimal(new Divider(a).div(b).round(places, Big.roundHalfUp));
}

/** -1, 0 or 1, as for sorting. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  // Canonical text is unique, so equal numbers are equal texts.
  if (a === b) return 0;
  const places = Math.max(decimalPlaces(a), decimalPlaces(b));
  const difference = scaledInteger(a, places) - scaledInteger(b, places);
  if (Number.isNaN(difference)) return new Big(a).cmp(b);
  return difference < 0 ? -1 : 1;
}
export const isZero = (a: Decimal): boolean => a === '0';
export const isNegative = (a: Decimal): boolean => a.startsWith('-');
export const isPositive = (a: Decimal): boolean => a !== '0' && !a.startsWith('-');
export const isGreater = (a: Decimal, b: Decimal): boolean => compare(a, b) > 0;
export const isLess = (a: Decimal, b: Decimal): boolean => compare(a, b) < 0;
export const minimum = (a: Decimal, b: Decimal): Decimal => (isLess(a, b) ? a : b);
export const maximum = (a: Decimal, b: Decimal): Decimal => (isGreater(a, b) ? a : b);

/** `base` × `percent` / 100, unrounded. */
export const percentOf = (base: Decimal, percent: Decimal): Decimal =>
  quickProduct(base, percent, 2) ?? toDecimal(new Big(base).times(percent).times('0.01'));

/** The number of decimal places that the value needs. */
export function decimalPlaces(a: Decimal): number {
  const point = a.indexOf('.');
  return point < 0 ? 0 : a.length - point - 1;
}

/** Text with exactly `places` decimals, as forms and wire formats want it ("12.50"). */
export const format = (a: Decimal, places: number): string =>
  // Rounded first: what rounds to zero must not keep its minus sign.
  new Big(round(a, places)).toFixed(places);
