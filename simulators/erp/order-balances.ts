/**
 * What was received and invoiced so far, per order line and per receipt line, and how GR/IR clearing
 * settles between them. Housekeeping: every number here is the sum of documents.
 *
 * Signs: receipts and invoices count up, returns and credit memos down; a line of returned goods
 * (movement 161) lives below zero. Quantities are in the order unit, values in company currency.
 */
import { roundAmount } from '../../domain/currency.ts';
import {
  type Decimal,
  absolute,
  add,
  compare,
  divide,
  isNegative,
  isZero,
  minimum,
  multiply,
  negate,
  subtract,
  zero,
} from '../../domain/decimal.ts';
import type { Collection } from '../../harness/collection.ts';
import type { Store } from '../../harness/store.ts';
import type { OrderLineBalance } from './erp-documents.ts';

/** What is left of one receipt line, and what of it was invoiced (goods-receipt-based lines). */
export interface ReceiptLineBalance extends OrderLineBalance {
  readonly purchaseOrder: string;
  readonly purchaseOrderLine: string;
  /** Left after reversals and returns, in the base unit. */
  readonly baseQuantity: Decimal;
  /** Original value left, for reversals at original value. */
  readonly value: Decimal;
}

const emptyBalance: OrderLineBalance = {
  received: zero,
  invoiced: zero,
  receivedValue: zero,
  invoicedValue: zero,
  blocked: zero,
};

export class OrderBalances {
  readonly #lines: Collection<OrderLineBalance>;
  readonly #receipts: Collection<ReceiptLineBalance>;

  constructor(store: Store) {
    this.#lines = store.collection('OrderLineBalance', { recorded: false });
    this.#receipts = store.collection('ReceiptLineBalance', { recorded: false });
  }

  line(order: string, line: string): OrderLineBalance {
    return this.#lines.get(`${order}/${line}`) ?? emptyBalance;
  }

  /** Of a receipt line, by `year/number/line`. */
  receipt(id: string): ReceiptLineBalance | undefined {
    return this.#receipts.get(id);
  }

  addToLine(order: string, line: string, change: Partial<OrderLineBalance>): OrderLineBalance {
    const after = added(this.line(order, line), change);
    this.#lines.put(`${order}/${line}`, after);
    return after;
  }

  startReceipt(id: string, balance: ReceiptLineBalance): void {
    this.#receipts.put(id, balance);
  }

  addToReceipt(id: string, change: Partial<ReceiptLineBalance>): void {
    const before = this.#receipts.get(id);
    if (before !== undefined) this.#receipts.put(id, added(before, change));
  }
}

function added<T extends OrderLineBalance>(before: T, change: Partial<T>): T {
  const after = { ...before } as Record<string, unknown>;
  for (const [key, value] of Object.entries(change)) {
    const old = after[key] as Decimal;
    after[key] = add(old, value as Decimal);
  }
  return after as T;
}

/** Whether as much was invoiced as received. */
export const isSettled = (balance: OrderLineBalance): boolean =>
  balance.received === balance.invoiced;

/** Whether nothing was ever received or invoiced that is not taken back. */
export const isUntouched = (balance: OrderLineBalance): boolean =>
  isZero(balance.received) && isZero(balance.invoiced) && isZero(balance.blocked);

/** The part of a value that belongs to a part of its quantity; all of it for the whole. */
export function shareOf(value: Decimal, part: Decimal, whole: Decimal, currency: string): Decimal {
  if (part === whole) return value;
  return isZero(whole) ? zero : roundAmount(divide(multiply(value, part), whole), currency);
}

/** The other side of GR/IR that a posting meets: its open quantity and value, signed. */
export interface Counterpart {
  readonly quantity: Decimal;
  readonly value: Decimal;
}

/**
 * What a signed quantity clears on GR/IR. As far as the other side is open, at the other side's
 * value; beyond that at `valueOf` the rest. So the clearing ends at zero when both sides are even.
 */
export function clearingValue(
  counterpart: Counterpart,
  quantity: Decimal,
  currency: string,
  valueOf: (rest: Decimal) => Decimal,
): Decimal {
  const meets =
    !isZero(counterpart.quantity) && isNegative(counterpart.quantity) === isNegative(quantity);
  if (!meets) return valueOf(quantity);
  const size = minimum(absolute(counterpart.quantity), absolute(quantity));
  const covered = isNegative(quantity) ? negate(size) : size;
  const cleared = shareOf(counterpart.value, covered, counterpart.quantity, currency);
  const rest = subtract(quantity, covered);
  return isZero(rest) ? cleared : add(cleared, valueOf(rest));
}

/** Received and not invoiced: what the next invoice clears. */
export const openReceipts = (balance: OrderLineBalance): Counterpart => ({
  quantity: subtract(balance.received, balance.invoiced),
  value: subtract(balance.receivedValue, balance.invoicedValue),
});

/** Invoiced and not received: what the next receipt clears. */
export const openInvoices = (balance: OrderLineBalance): Counterpart => ({
  quantity: subtract(balance.invoiced, balance.received),
  value: subtract(balance.invoicedValue, balance.receivedValue),
});

/**
 * The value to post on GR/IR so that an even line ends at zero: a posting that makes both quantities
 * equal takes all that is left, whatever its own value; the difference is a price difference.
 */
export function closingValue(counterpart: Counterpart, quantity: Decimal, value: Decimal): Decimal {
  return compare(counterpart.quantity, quantity) === 0 ? counterpart.value : value;
}
