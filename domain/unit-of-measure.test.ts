import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decimal, compare, decimal, decimalPlaces, negate } from './decimal.ts';
import { type Exact, exactOf, nearest, textOf } from './testing/exact.ts';
import { convertQuantity, unitsOfMeasure } from './unit-of-measure.ts';

const units = [...unitsOfMeasure.values()];
const pairs = fc
  .tuple(fc.constantFrom(...units), fc.constantFrom(...units))
  .filter(([a, b]) => a !== b);
const kindred = pairs.filter(([a, b]) => a.dimension === b.dimension);
const quantities = fc
  .tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.integer({ min: 0, max: 3 }))
  .map(([integer, places]) => textOf({ integer, places }) as Decimal);

const pallet = {
  baseUnit: 'C62',
  alternativeUnits: [
    { unit: 'BX', numerator: decimal(24), denominator: decimal(1) },
    { unit: 'PF', numerator: decimal(1152), denominator: decimal(1) },
    { unit: 'KGM', numerator: decimal(1000), denominator: decimal(375) },
  ],
};

/** quantity × n / d, rounded once. */
function converted({ integer, places }: Exact, n: bigint, d: bigint, decimals: number): string {
  const rounded = nearest(integer * n * 10n ** BigInt(decimals), d * 10n ** BigInt(places));
  return textOf({ integer: rounded, places: decimals });
}

describe('within a dimension', () => {
  it('is the exact fraction, rounded once to the places of the target unit', () => {
    fc.assert(
      fc.property(quantities, kindred, (quantity, [from, to]) => {
        const n = BigInt(from.numerator) * BigInt(to.denominator);
        const d = BigInt(from.denominator) * BigInt(to.numerator);
        const expected = converted(exactOf(quantity), n, d, to.decimals);
        expect(convertQuantity(quantity, from.code, to.code)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('turns four yards into 3.658 metres and back into four yards', () => {
    const metres = convertQuantity(decimal(4), 'YRD', 'MTR') as Decimal;
    expect(metres).toBe('3.658');
    expect(convertQuantity(metres, 'MTR', 'YRD')).toBe('4');
  });

  it('loses at most what its own rounding takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (dozens) => {
        const pieces = convertQuantity(decimal(dozens), 'DZN', 'C62') as Decimal;
        expect(convertQuantity(pieces, 'C62', 'DZN')).toBe(String(dozens));
      }),
    );
  });

  it('never has more places than the target unit, and is odd and monotone', () => {
    fc.assert(
      fc.property(quantities, quantities, kindred, (a, b, [from, to]) => {
        const [x, y] = [a, b].map((each) => convertQuantity(each, from.code, to.code)) as Decimal[];
        expect(decimalPlaces(x as Decimal)).toBeLessThanOrEqual(to.decimals);
        expect(convertQuantity(negate(a), from.code, to.code)).toBe(negate(x as Decimal));
        expect(compare(x as Decimal, y as Decimal) * compare(a, b)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('by a material', () => {
  it('goes by its own fractions in both directions and across', () => {
    expect(convertQuantity(decimal(3), 'BX', 'C62', pallet)).toBe('72');
    expect(convertQuantity(decimal(72), 'C62', 'BX', pallet)).toBe('3');
    expect(convertQuantity(decimal(1), 'PF', 'BX', pallet)).toBe('48');
    expect(convertQuantity(decimal('0.375'), 'KGM', 'C62', pallet)).toBe('1');
    expect(convertQuantity(decimal(2), 'C62', 'KGM', pallet)).toBe('0.75');
  });

  it('rounds once across two of its fractions', () => {
    fc.assert(
      fc.property(quantities, (quantity) => {
        const expected = converted(exactOf(quantity), 24n * 375n, 1000n, 3);
        expect(convertQuantity(quantity, 'BX', 'KGM', pallet)).toBe(expected);
      }),
    );
  });

  it('still converts within a dimension that it says nothing about', () => {
    expect(convertQuantity(decimal(2), 'MTR', 'YRD', pallet)).toBe('2.187');
  });
});

it('converts nothing into itself, changed', () => {
  fc.assert(
    fc.property(quantities, fc.string(), (quantity, code) => {
      expect(convertQuantity(quantity, code, code)).toBe(quantity);
    }),
  );
});

it('does not convert between dimensions or unknown units', () => {
  fc.assert(
    fc.property(quantities, pairs, (quantity, [from, to]) => {
      fc.pre(from.dimension !== to.dimension);
      expect(convertQuantity(quantity, from.code, to.code)).toBeUndefined();
    }),
  );
  expect(convertQuantity(decimal(1), 'BX', 'C62')).toBeUndefined();
  expect(convertQuantity(decimal(1), 'C62', 'XX', pallet)).toBeUndefined();
});
