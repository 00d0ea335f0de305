/**
 * What a change of stock is worth, for moving-average (V) and standard price (S). Pure: from the
 * valuation before, a quantity and perhaps a value, to the valuation after and what to post.
 *
 * Invariant: `value` is `quantity` × price, rounded once. With S the price is fixed, so the value
 * follows the quantity; with V the price follows value and quantity.
 */
import { roundAmount } from '../../domain/currency.ts';
import {
  type Decimal,
  add,
  compare,
  divide,
  isNegative,
  isPositive,
  isZero,
  multiply,
  subtract,
  zero,
} from '../../domain/decimal.ts';
import type { MaterialValuation } from './erp-documents.ts';

export interface Valued {
  readonly valuation: MaterialValuation;
  /** To the stock account (BSX), signed. */
  readonly stock: Decimal;
  /** What of the given value the stock did not take, signed: a price difference (PRD). */
  readonly difference: Decimal;
}

/**
 * Adds a signed quantity of the base unit. `value`, signed likewise, is what the posting is worth
 * from outside (order price, original value); without it the stock's own price counts.
 */
export function moveStock(before: MaterialValuation, quantity: Decimal, value?: Decimal): Valued {
  const after = add(before.quantity, quantity);
  const newValue = valueAfter(before, after, quantity, value);
  const stock = subtract(newValue, before.value);
  return {
    valuation: withValue(before, after, newValue),
    stock,
    difference: value === undefined ? zero : subtract(value, stock),
  };
}

/**
 * Puts a price difference on stock as far as the stock still covers the quantity it belongs to; the
 * rest (and all of it with a standard price) is a price difference.
 */
export function revalue(before: MaterialValuation, difference: Decimal, covers: Decimal): Valued {
  const none = { valuation: before, stock: zero, difference };
  if (before.control === 'standard' || !isPositive(before.quantity) || isZero(difference))
    return none;
  const share =
    compare(before.quantity, covers) >= 0
      ? difference
      : divide(multiply(difference, before.quantity), covers, 12);
  const stock = roundAmount(share, before.currency);
  const newValue = add(before.value, stock);
  // A credit larger than what the stock is worth must not make it negative.
  if (isNegative(newValue)) return none;
  return {
    valuation: withValue(before, before.quantity, newValue),
    stock,
    difference: subtract(difference, stock),
  };
}

function valueAfter(
  before: MaterialValuation,
  after: Decimal,
  quantity: Decimal,
  value: Decimal | undefined,
): Decimal {
  const atPrice = (amount: Decimal): Decimal =>
    roundAmount(multiply(amount, before.movingAverage), before.currency);
  if (isZero(after)) return zero;
  if (before.control === 'standard' || isNegative(after)) return atPrice(after);
  const byOwnPrice = add(before.value, atPrice(quantity));
  if (value === undefined) return isNegative(byOwnPrice) ? zero : byOwnPrice;
  if (isNegative(before.quantity)) {
    // What fills the hole was valued at the old price; what is left is worth what it cost.
    return roundAmount(divide(multiply(after, value), quantity), before.currency);
  }
  const byValue = add(before.value, value);
  if (!isNegative(byValue)) return byValue;
  return isNegative(byOwnPrice) ? zero : byOwnPrice;
}

function withValue(
  before: MaterialValuation,
  quantity: Decimal,
  value: Decimal,
): MaterialValuation {
  const follows = before.control === 'movingAverage' && isPositive(quantity);
  const movingAverage = follows ? divide(value, quantity) : before.movingAverage;
  return { ...before, quantity, value, movingAverage };
}
