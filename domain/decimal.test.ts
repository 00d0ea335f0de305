/** Decimal arithmetic against BigInts, which cannot round. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Decimal,
  absolute,
  add,
  compare,
  decimal,
  decimalPlaces,
  divide,
  format,
  isGreater,
  isLess,
  isNegative,
  isPositive,
  isZero,
  maximum,
  minimum,
  multiply,
  negate,
  parseDecimal,
  percentOf,
  round,
  subtract,
  sum,
} from './decimal.ts';
import { type Exact, at, decimals, exactOf, nearest, textOf } from './testing/exact.ts';

const thorough = { numRuns: 3000 };
const canonical = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d*[1-9])$/;
const places = fc.integer({ min: 0, max: 14 });

/** What both numbers are with as many places as the longer has. */
function together(a: Decimal, b: Decimal): [x: bigint, y: bigint, places: number] {
  const [x, y] = [exactOf(a), exactOf(b)];
  const most = Math.max(x.places, y.places);
  return [at(x, most), at(y, most), most];
}

const roundedExactly = ({ integer, places: own }: Exact, wanted: number): string =>
  own <= wanted
    ? textOf({ integer, places: own })
    : textOf({ integer: nearest(integer, 10n ** BigInt(own - wanted)), places: wanted });

describe('arithmetic', () => {
  it('adds and subtracts exactly', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const [x, y, most] = together(a, b);
        expect(add(a, b)).toBe(textOf({ integer: x + y, places: most }));
        expect(subtract(a, b)).toBe(textOf({ integer: x - y, places: most }));
      }),
      thorough,
    );
  });

  it('multiplies exactly', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const [x, y] = [exactOf(a), exactOf(b)];
        const product = { integer: x.integer * y.integer, places: x.places + y.places };
        expect(multiply(a, b)).toBe(textOf(product));
      }),
      thorough,
    );
  });

  it('takes exact percentages', () => {
    fc.assert(
      fc.property(decimals, decimals, (base, percent) => {
        const [x, y] = [exactOf(base), exactOf(percent)];
        const share = { integer: x.integer * y.integer, places: x.places + y.places + 2 };
        expect(percentOf(base, percent)).toBe(textOf(share));
      }),
      thorough,
    );
  });

  it('sums any number of decimals exactly', () => {
    fc.assert(
      fc.property(fc.array(decimals, { maxLength: 30 }), (values) => {
        const total = values.reduce((soFar, value) => soFar + at(exactOf(value), 12), 0n);
        expect(sum(values)).toBe(textOf({ integer: total, places: 12 }));
        expect(sum(new Set(values))).toBe(sum([...new Set(values)]));
      }),
    );
  });

  it('negates and takes magnitudes', () => {
    fc.assert(
      fc.property(decimals, (a) => {
        const { integer, places: own } = exactOf(a);
        expect(negate(a)).toBe(textOf({ integer: -integer, places: own }));
        expect(absolute(a)).toBe(
          textOf({ integer: integer < 0n ? -integer : integer, places: own }),
        );
      }),
    );
  });
});

describe('division', () => {
  const divisors = decimals.filter((each) => each !== '0');

  it('is the exact quotient rounded once, half away from zero', () => {
    fc.assert(
      fc.property(decimals, divisors, fc.integer({ min: 0, max: 29 }), (a, b, wanted) => {
        const [x, y] = together(a, b);
        const quotient = nearest(x * 10n ** BigInt(wanted), y);
        expect(divide(a, b, wanted)).toBe(textOf({ integer: quotient, places: wanted }));
      }),
      thorough,
    );
  });

  it('has twelve places unless told otherwise', () => {
    fc.assert(
      fc.property(decimals, divisors, (a, b) => {
        expect(divide(a, b)).toBe(divide(a, b, 12));
      }),
    );
  });

  it('rounds a tie away from zero, and what is a hair below a tie towards it', () => {
    // The quotient is k + 1/2 at the wanted place, exactly, or short of it by 1 / (2 d).
    const ties = fc.tuple(
      fc.bigInt(0n, 10n ** 9n),
      fc.oneof(fc.bigInt(1n, 10n ** 20n), fc.bigInt(10n ** 32n, 10n ** 33n)),
      fc.boolean(),
      fc.integer({ min: 0, max: 3 }),
    );
    fc.assert(
      fc.property(ties, ([k, half, below, wanted]) => {
        const b = 2n * half;
        const a = (2n * k + 1n) * half - (below ? 1n : 0n);
        const numerator = textOf({ integer: a, places: wanted }) as Decimal;
        const expected = textOf({ integer: below ? k : k + 1n, places: wanted });
        expect(divide(numerator, String(b) as Decimal, wanted)).toBe(expected);
        const mirrored = expected === '0' ? '0' : `-${expected}`;
        expect(divide(negate(numerator), String(b) as Decimal, wanted)).toBe(mirrored);
      }),
      thorough,
    );
  });

  it('takes back a multiplication', () => {
    fc.assert(
      fc.property(decimals, divisors, (a, b) => {
        fc.pre(decimalPlaces(a) <= 12);
        expect(divide(multiply(a, b), b)).toBe(a);
      }),
    );
  });

  it('gives the quotients that everybody knows', () => {
    expect(divide(decimal(10), decimal(4))).toBe('2.5');
    expect(divide(decimal(1), decimal(3))).toBe('0.333333333333');
    expect(divide(decimal(2), decimal(3), 2)).toBe('0.67');
    expect(divide(decimal(-2), decimal(3), 2)).toBe('-0.67');
    expect(divide(decimal(-1), decimal(1000), 2)).toBe('0');
  });

  it('does not divide by zero', () => {
    fc.assert(
      fc.property(decimals, (a) => {
        expect(() => divide(a, decimal(0))).toThrow();
      }),
    );
  });
});

describe('rounding and writing', () => {
  it('rounds half away from zero', () => {
    fc.assert(
      fc.property(decimals, places, (a, wanted) => {
        expect(round(a, wanted)).toBe(roundedExactly(exactOf(a), wanted));
      }),
      thorough,
    );
  });

  it('rounds ties away from zero on both sides', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 24n), fc.integer({ min: 0, max: 11 }), (k, wanted) => {
        const tie = textOf({ integer: k * 10n + 5n, places: wanted + 1 }) as Decimal;
        const up = textOf({ integer: k + 1n, places: wanted });
        expect(round(tie, wanted)).toBe(up);
        expect(round(negate(tie), wanted)).toBe(`-${up}`);
      }),
    );
  });

  it('rounds to what is already round without a change', () => {
    fc.assert(
      fc.property(decimals, places, (a, wanted) => {
        const rounded = round(a, wanted);
        expect(round(rounded, wanted)).toBe(rounded);
        expect(decimalPlaces(rounded)).toBeLessThanOrEqual(wanted);
      }),
    );
  });

  it('writes exactly so many places, and never a minus before a zero', () => {
    fc.assert(
      fc.property(decimals, places, (a, wanted) => {
        const text = format(a, wanted);
        expect(text).toMatch(wanted === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${wanted}}$`));
        expect(text).not.toMatch(/^-0*\.?0*$/);
        expect(textOf(exactOf(text))).toBe(round(a, wanted));
      }),
    );
  });
});

describe('order', () => {
  it('is that of the numbers', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const [x, y] = together(a, b);
        expect(compare(a, b)).toBe(x < y ? -1 : x > y ? 1 : 0);
        expect(compare(b, a)).toBe(x < y ? 1 : x > y ? -1 : 0);
        expect(isGreater(a, b)).toBe(x > y);
        expect(isLess(a, b)).toBe(x < y);
        expect(minimum(a, b)).toBe(x < y ? a : b);
        expect(maximum(a, b)).toBe(x > y ? a : b);
      }),
      thorough,
    );
  });

  it('tells neighbours apart where doubles cannot', () => {
    fc.assert(
      fc.property(decimals, fc.integer({ min: 0, max: 12 }), (a, scale) => {
        const next = add(a, textOf({ integer: 1n, places: scale }) as Decimal);
        expect(compare(a, next)).toBe(-1);
        expect(compare(next, a)).toBe(1);
      }),
    );
  });

  it('knows the sign', () => {
    fc.assert(
      fc.property(decimals, (a) => {
        const { integer } = exactOf(a);
        expect([isNegative(a), isZero(a), isPositive(a)]).toEqual([
          integer < 0n,
          integer === 0n,
          integer > 0n,
        ]);
      }),
    );
  });
});

describe('reading', () => {
  it('makes canonical text of any way to write the number', () => {
    const written = fc.tuple(decimals, fc.nat(3), fc.nat(3));
    fc.assert(
      fc.property(written, ([a, before, behind]) => {
        const sign = a.startsWith('-') ? '-' : '';
        const [whole = '', fraction = ''] = a.replace('-', '').split('.');
        const longWhole = '0'.repeat(before) + whole;
        const longFraction = fraction + '0'.repeat(behind);
        fc.pre(longWhole.length <= 24 && longFraction.length <= 12);
        const text = `${sign}${longWhole}${longFraction === '' ? '' : `.${longFraction}`}`;
        expect(parseDecimal(text)).toBe(a);
      }),
    );
  });

  it('takes what it gave', () => {
    fc.assert(
      fc.property(decimals, (a) => {
        expect(a).toMatch(canonical);
        expect(parseDecimal(a)).toBe(a);
      }),
    );
  });

  it('takes a number for its digits, or not at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger()), (value) => {
        const parsed = parseDecimal(value);
        if (parsed === undefined) {
          expect(Number.isInteger(value) && Math.abs(value) < 1e21).toBe(false);
        } else {
          expect(parsed).toMatch(canonical);
          // `===`: text has no minus zero.
          expect(Number(parsed) === value).toBe(true);
        }
      }),
    );
  });

  it.each(['', ' 1', '1 ', '+1', '1e3', '.5', '5.', '1,5', '0x10', '--1', '1.2.3', 'NaN', '١'])(
    'refuses "%s"',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined();
      expect(() => decimal(text)).toThrow(TypeError);
    },
  );

  it('refuses more digits than it promises to hold, and what is no number', () => {
    expect(parseDecimal('9'.repeat(24))).toBe('9'.repeat(24));
    expect(parseDecimal('9'.repeat(25))).toBeUndefined();
    expect(parseDecimal(`0.${'1'.repeat(12)}`)).toBe(`0.${'1'.repeat(12)}`);
    expect(parseDecimal(`0.${'1'.repeat(13)}`)).toBeUndefined();
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, null, undefined, true, {}, [], 1n]) {
      expect(parseDecimal(value)).toBeUndefined();
    }
  });

  it('knows one zero only', () => {
    for (const value of ['-0', '0.0', '-0.000', '00', 0, -0]) expect(parseDecimal(value)).toBe('0');
  });
});
