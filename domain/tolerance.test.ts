import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Decimal, add, decimal } from './decimal.ts';
import { at, decimals, exactOf, textOf } from './testing/exact.ts';
import { type Tolerance, type ToleranceLimit, exact, withinTolerance } from './tolerance.ts';

const sizes = fc
  .tuple(fc.bigInt(0n, 10n ** 8n), fc.integer({ min: 0, max: 3 }))
  .map(([integer, places]) => textOf({ integer, places }) as Decimal);
const limits: fc.Arbitrary<ToleranceLimit> = fc.record(
  { absolute: sizes, percent: sizes },
  { requiredKeys: [] },
);
const tolerances: fc.Arbitrary<Tolerance> = fc.record({ upper: limits, lower: limits });
/** Expected and actual that are often close together. */
const amounts = fc
  .tuple(decimals, fc.oneof(decimals, sizes))
  .map(([expected, difference]) => [expected, add(expected, difference)] as const);

it('is the comparison of the exact difference with the exact limits of its side', () => {
  fc.assert(
    fc.property(amounts, tolerances, ([expected, actual], tolerance) => {
      const places = 30;
      const [e, a] = [at(exactOf(expected), places), at(exactOf(actual), places)];
      const difference = a - e;
      const { absolute, percent } = difference < 0n ? tolerance.lower : tolerance.upper;
      const size = difference < 0n ? -difference : difference;
      const base = e < 0n ? -e : e;
      const keepsAbsolute = absolute === undefined || size <= at(exactOf(absolute), places);
      const keepsPercent =
        percent === undefined ||
        // size <= base × percent / 100, with both sides brought to whole numbers.
        size * 100n * 10n ** BigInt(places) <= base * at(exactOf(percent), places);
      expect(withinTolerance(expected, actual, tolerance)).toBe(keepsAbsolute && keepsPercent);
    }),
    { numRuns: 3000 },
  );
});

it('includes its limits, and nothing beyond', () => {
  const tolerance: Tolerance = {
    upper: { percent: decimal(10) },
    lower: { absolute: decimal('0.5') },
  };
  const within = (actual: string): boolean =>
    withinTolerance(decimal(50), decimal(actual), tolerance);
  expect(['55', '55.001', '49.5', '49.499'].map(within)).toEqual([true, false, true, false]);
});

it('keeps every limit that is given', () => {
  const both = { absolute: decimal(5), percent: decimal(1) };
  const within = (expected: number, actual: number): boolean =>
    withinTolerance(decimal(expected), decimal(actual), { upper: both, lower: both });
  expect([within(100, 101), within(100, 102), within(10_000, 10_006)]).toEqual([
    true,
    false,
    false,
  ]);
});

it('exact lets equal amounts through only', () => {
  fc.assert(
    fc.property(amounts, ([expected, actual]) => {
      expect(withinTolerance(expected, actual, exact)).toBe(expected === actual);
      expect(withinTolerance(expected, expected, exact)).toBe(true);
    }),
  );
});

it('grows with its limits', () => {
  fc.assert(
    fc.property(amounts, tolerances, sizes, ([expected, actual], tolerance, more) => {
      const wider = (limit: ToleranceLimit): ToleranceLimit => ({
        ...(limit.absolute === undefined ? {} : { absolute: add(limit.absolute, more) }),
        ...(limit.percent === undefined ? {} : { percent: add(limit.percent, more) }),
      });
      fc.pre(withinTolerance(expected, actual, tolerance));
      const widened = { upper: wider(tolerance.upper), lower: wider(tolerance.lower) };
      expect(withinTolerance(expected, actual, widened)).toBe(true);
    }),
  );
});
