import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { currencyDecimals, fitsCurrency, isCurrency, roundAmount } from './currency.ts';
import { type Decimal, absolute, compare, decimalPlaces, negate, subtract } from './decimal.ts';
import { decimals, textOf } from './testing/exact.ts';

const codes = fc.constantFrom('EUR', 'USD', 'JPY', 'KRW', 'KWD', 'BHD', 'CHF', 'CLP');

it('knows the minor units of ISO 4217', () => {
  expect(['EUR', 'USD', 'JPY', 'CLP', 'KWD', 'TND'].map(currencyDecimals)).toEqual([
    2, 2, 0, 0, 3, 3,
  ]);
});

it('knows a code when it sees one, and no other text', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 4 }), (text) => {
      if (isCurrency(text)) expect(text).toMatch(/^[A-Z]{3}$/);
    }),
  );
  for (const code of ['EUR', 'JPY', 'ZAR']) expect(isCurrency(code)).toBe(true);
  for (const code of ['', 'eur', 'EURO', 'XXX', 'EUR ', 'toString'])
    expect(isCurrency(code)).toBe(false);
});

it('rounds to an amount that can be paid, at most half a minor unit away', () => {
  fc.assert(
    fc.property(decimals, codes, (amount, code) => {
      const rounded = roundAmount(amount, code);
      expect(fitsCurrency(rounded, code)).toBe(true);
      const half = textOf({ integer: 5n, places: currencyDecimals(code) + 1 }) as Decimal;
      expect(compare(absolute(subtract(rounded, amount)), half)).toBeLessThanOrEqual(0);
    }),
  );
});

it('leaves alone exactly what fits', () => {
  fc.assert(
    fc.property(decimals, codes, (amount, code) => {
      expect(roundAmount(amount, code) === amount).toBe(fitsCurrency(amount, code));
      expect(fitsCurrency(amount, code)).toBe(decimalPlaces(amount) <= currencyDecimals(code));
    }),
  );
});

it('treats debit and credit alike', () => {
  fc.assert(
    fc.property(decimals, codes, (amount, code) => {
      expect(roundAmount(negate(amount), code)).toBe(negate(roundAmount(amount, code)));
    }),
  );
});
