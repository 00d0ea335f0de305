/** The net amount of an order or invoice line. */
import { type Decimal, divide, multiply } from './decimal.ts';
import { roundAmount } from './currency.ts';

/** Quantity × price / price quantity, rounded once to the currency; rounding per line is what ERPs do. */
export const lineAmount = (
  quantity: Decimal,
  netPrice: Decimal,
  priceQuantity: Decimal,
  currency: string,
): Decimal => {
  const gross = multiply(quantity, netPrice);
  return roundAmount(priceQuantity === '1' ? gross : divide(gross, priceQuantity), currency);
};
