/** Decimals for property tests, and exact arithmetic on them that shares nothing with decimal.ts. */
import * as fc from 'fast-check';
import type { Decimal } from '../decimal.ts';

/** Any decimal that may come in: up to 24 digits before the point and 12 behind, most of them short. */
export const decimals: fc.Arbitrary<Decimal> = fc
  .oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(fc.bigInt(-99_999n, 99_999n), fc.integer({ min: 0, max: 4 })),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.bigInt(-(10n ** 17n), 10n ** 17n), fc.integer({ min: 0, max: 12 })),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.bigInt(-(10n ** 36n) + 1n, 10n ** 36n - 1n), fc.constant(12)),
    },
    // Where doubles stop being exact.
    {
      weight: 1,
      arbitrary: fc.tuple(
        fc.bigInt(-3n, 3n).map((offset) => 2n ** 53n + offset),
        fc.integer({ min: 0, max: 12 }),
      ),
    },
  )
  .map(([integer, places]) => textOf({ integer, places }) as Decimal);

/** A number as `integer` / 10^`places`. */
export interface Exact {
  readonly integer: bigint;
  readonly places: number;
}

/** Reads plain notation; written apart from the code under test. */
export function exactOf(text: string): Exact {
  const [whole = '', fraction = ''] = text.split('.');
  return { integer: BigInt(whole + fraction), places: fraction.length };
}

/** The only text of that number: no trailing zeros, no minus zero, no exponent. */
export function textOf({ integer, places }: Exact): string {
  const sign = integer < 0n ? '-' : '';
  const digits = String(integer < 0n ? -integer : integer).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return `${integer === 0n ? '' : sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The integer when the number is written with so many places; no fewer than it has. */
export const at = ({ integer, places }: Exact, wanted: number): bigint =>
  integer * 10n ** BigInt(wanted - places);

/** `numerator` / `denominator` to the nearest whole number, half away from zero. */
export function nearest(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const [n, d] = [magnitude(numerator), magnitude(denominator)];
  const rounded = (2n * n + d) / (2n * d);
  return negative ? -rounded : rounded;
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
