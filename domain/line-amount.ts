/** The net amount of an order or invoice line. */
import { type Decimal, divide, multiply } from './decimal.ts';
import { currencyDecimals, roundAmount } from './currency.ts';

/** Quantity × price / price quantity, rounded once to the currency; rounding per line is what ERPs do. */
export const lineAmount = (
  quantity: Decimal,
  netPrice: Decimal,
  priceQuantity: Decimal,
  currency: string,
): Decimal => {
  const gross = multiply(quantity, netPrice);
  if (priceQuantity === '1') return roundAmount(gross, currency);
  return divide(gross, priceQuantity, currencyDecimals(currency));
};
