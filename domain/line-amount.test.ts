import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { currencyDecimals } from './currency.ts';
import { type Decimal, negate } from './decimal.ts';
import { lineAmount } from './line-amount.ts';
import { decimals, exactOf, nearest, textOf } from './testing/exact.ts';

const codes = fc.constantFrom('EUR', 'JPY', 'KWD');
const priceQuantities = fc.oneof(
  fc.constantFrom('1', '10', '100', '1000'),
  fc.integer({ min: 1, max: 99_999 }).map(String),
) as fc.Arbitrary<Decimal>;

it('is the exact amount, rounded once to the currency', () => {
  fc.assert(
    fc.property(decimals, decimals, priceQuantities, codes, (quantity, price, per, currency) => {
      const [q, p] = [exactOf(quantity), exactOf(price)];
      const places = currencyDecimals(currency);
      const numerator = q.integer * p.integer * 10n ** BigInt(places);
      const denominator = BigInt(per) * 10n ** BigInt(q.places + p.places);
      const expected = textOf({ integer: nearest(numerator, denominator), places });
      expect(lineAmount(quantity, price, per, currency)).toBe(expected);
    }),
    { numRuns: 3000 },
  );
});

it('does not round what lies just below half a cent, as rounding twice would', () => {
  // 0.014999999999999 / 3 = 0.004999999999999666..., which at twelve places would be 0.005.
  const short = '0.014999999999999' as Decimal;
  expect(lineAmount(short, '1' as Decimal, '3' as Decimal, 'EUR')).toBe('0');
});

it('takes back what it charged', () => {
  fc.assert(
    fc.property(decimals, decimals, priceQuantities, codes, (quantity, price, per, currency) => {
      const charged = lineAmount(quantity, price, per, currency);
      expect(lineAmount(negate(quantity), price, per, currency)).toBe(negate(charged));
    }),
  );
});
