/** The three-way match: order, receipts and invoices of one order line, in the order's unit. */
import { type Decimal, add, isGreater, isZero, subtract } from './decimal.ts';
import { type Tolerance, withinTolerance } from './tolerance.ts';

export interface MatchInput {
  readonly orderedQuantity: Decimal;
  readonly orderPrice: Decimal;
  /** Received minus returned and reversed. */
  readonly receivedQuantity: Decimal;
  /** Invoiced minus credited by earlier invoices. */
  readonly previouslyInvoiced: Decimal;
  readonly invoiceQuantity: Decimal;
  /** Price per the order's price quantity, in the order's currency. */
  readonly invoicePrice: Decimal;
  /** `false` is a two-way match: receipts are not looked at. */
  readonly receiptRequired: boolean;
}

export interface MatchTolerances {
  readonly price: Tolerance;
  readonly quantity: Tolerance;
}

export type MatchException = 'price' | 'quantity';

export interface MatchResult {
  readonly status: 'matched' | 'pendingReceipt' | 'exception';
  readonly exceptions: readonly MatchException[];
}

/**
 * Matches one invoice line. Nothing received at all is `pendingReceipt`, not an exception: the goods
 * may be on their way. A quantity above what was received (or ordered, in a two-way match) beyond the
 * tolerance, or a price outside its tolerance, is an exception with its reasons.
 */
export function matchLine(input: MatchInput, tolerances: MatchTolerances): MatchResult {
  const exceptions: MatchException[] = [];
  if (!withinTolerance(input.orderPrice, input.invoicePrice, tolerances.price)) {
    exceptions.push('price');
  }
  const invoiced = add(input.previouslyInvoiced, input.invoiceQuantity);
  const basis = input.receiptRequired ? input.receivedQuantity : input.orderedQuantity;
  const over = isGreater(invoiced, basis) && !withinTolerance(basis, invoiced, tolerances.quantity);
  const nothingReceived = input.receiptRequired && isZero(input.receivedQuantity);
  if (over && !nothingReceived) exceptions.push('quantity');
  if (exceptions.length > 0) return { status: 'exception', exceptions };
  return { status: over ? 'pendingReceipt' : 'matched', exceptions };
}

/** What an order line still waits for: ordered minus received, never below zero. */
export function openQuantity(ordered: Decimal, received: Decimal): Decimal {
  return isGreater(ordered, received) ? subtract(ordered, received) : ('0' as Decimal);
}
