/**
 * What an invoice posts: GR/IR clearing as far as receipts are open, price differences to stock while
 * it covers them, consumption, tax, small differences and the vendor. An invoice posts with sign +1,
 * a credit memo with -1, and a cancellation turns a posting round.
 */
import { balanceOf } from '../../domain/accounting-document.ts';
import {
  type Decimal,
  absolute,
  add,
  isGreater,
  isLess,
  isNegative,
  isZero,
  negate,
  subtract,
  zero,
} from '../../domain/decimal.ts';
import type { InvoiceKind } from '../../domain/supplier-invoice.ts';
import { returnsGoods } from './erp-documents.ts';
import type { OrderLineBalance } from './erp-documents.ts';
import type { Foundation } from './foundation.ts';
import { consumptionOf, isValuated } from './gr-ir-posting.ts';
import type { OrderInvoiceLine, ResolvedInvoiceLine } from './invoice-lines.ts';
import type { Entry } from './ledger.ts';
import { clearingValue, closingValue, openReceipts, shareOf } from './order-balances.ts';
import { convert } from './checks.ts';
import { refuse } from './refuse.ts';

/** What a line did to its order line; kept, so that a cancellation can undo exactly that. */
export interface PostedInvoiceLine {
  readonly line: string;
  readonly purchaseOrder: string;
  readonly purchaseOrderLine: string;
  readonly receipt?: string;
  /** Signed, in the order unit; zero for a subsequent debit or credit. */
  readonly quantity: Decimal;
  /** Signed, to GR/IR clearing (or to consumption, for lines without clearing). */
  readonly clearing: Decimal;
  /** Signed, beyond the clearing: a price difference. */
  readonly difference: Decimal;
}

/** An invoice's effects, in company currency. */
export interface InvoicePosting {
  readonly lines: readonly PostedInvoiceLine[];
  /** Entries that a cancellation turns round as they are: vendor, tax, small differences, accounts. */
  readonly fixed: readonly Entry[];
}

export const signOf = (kind: InvoiceKind): 1 | -1 =>
  kind === 'invoice' || kind === 'subsequentDebit' ? 1 : -1;

export const isSubsequent = (kind: InvoiceKind): boolean =>
  kind === 'subsequentDebit' || kind === 'subsequentCredit';

export interface LinePoster {
  readonly base: Foundation;
  readonly kind: InvoiceKind;
  /** Of the ledger. */
  readonly currency: string;
  readonly entries: Entry[];
}

/** Posts a line with an order: balances, stock and entries. `amount` is unsigned, in ledger currency. */
export function postOrderLine(
  poster: LinePoster,
  { document, path }: ResolvedInvoiceLine,
  against: OrderInvoiceLine,
  amount: Decimal,
): PostedInvoiceLine {
  const { base, kind } = poster;
  const { order, orderLine, receipt } = against;
  const balance = balanceFor(base, against);
  const signed = (value: Decimal): Decimal => (signOf(kind) === 1 ? value : negate(value));
  checkSubsequent(kind, against, balance, path);
  const quantity = isSubsequent(kind) ? zero : signed(against.quantity);
  const clearing = isSubsequent(kind)
    ? zero
    : clearingOf(poster, against, balance, quantity, signed(amount));
  const posted: PostedInvoiceLine = {
    line: document.line,
    purchaseOrder: order.number,
    purchaseOrderLine: orderLine.line,
    ...(receipt === undefined ? {} : { receipt }),
    quantity,
    clearing,
    difference: subtract(signed(amount), clearing),
  };
  applyLine(poster, against, posted, path);
  return posted;
}

/** Undoes what a line posted; an even line ends at zero on GR/IR, whatever happened in between. */
export function undoOrderLine(
  poster: LinePoster,
  against: OrderInvoiceLine,
  original: PostedInvoiceLine,
): PostedInvoiceLine {
  const quantity = negate(original.quantity);
  const counterpart = openReceipts(balanceFor(poster.base, against));
  const clears = isCleared(against) && !isZero(quantity);
  const clearing = clears
    ? closingValue(counterpart, quantity, negate(original.clearing))
    : negate(original.clearing);
  const total = negate(add(original.clearing, original.difference));
  const posted = { ...original, quantity, clearing, difference: subtract(total, clearing) };
  applyLine(poster, against, posted, `lines[${original.line}]`);
  return posted;
}

const balanceFor = (base: Foundation, { order, orderLine, receipt }: OrderInvoiceLine) =>
  (receipt === undefined ? undefined : base.balances.receipt(receipt)) ??
  base.balances.line(order.number, orderLine.line);

/** Whether receipts and invoices of the line meet on GR/IR clearing. */
const isCleared = ({ orderLine }: OrderInvoiceLine): boolean =>
  orderLine.goodsReceiptExpected && isValuated(orderLine);

function clearingOf(
  poster: LinePoster,
  against: OrderInvoiceLine,
  balance: OrderLineBalance,
  quantity: Decimal,
  amount: Decimal,
): Decimal {
  if (!isCleared(against)) return amount;
  const beyond = (rest: Decimal): Decimal =>
    isNegative(quantity) && !isZero(balance.invoiced) && !returnsGoods(against.orderLine)
      ? shareOf(balance.invoicedValue, rest, balance.invoiced, poster.currency)
      : shareOf(amount, rest, quantity, poster.currency);
  return clearingValue(openReceipts(balance), quantity, poster.currency, beyond);
}

function applyLine(
  poster: LinePoster,
  against: OrderInvoiceLine,
  posted: PostedInvoiceLine,
  path: string,
): void {
  const { base, entries } = poster;
  const { order, orderLine } = against;
  checkInvoiced(base, against, posted, path);
  const change = { invoiced: posted.quantity, invoicedValue: posted.clearing };
  base.balances.addToLine(order.number, orderLine.line, change);
  if (posted.receipt !== undefined) base.balances.addToReceipt(posted.receipt, change);
  const tags = tagsOf(against);
  entries.push(
    isCleared(against)
      ? { key: 'WRX', amount: posted.clearing, ...tags }
      : { key: 'GBB', amount: posted.clearing, ...tags, ...consumptionOf(orderLine) },
  );
  postDifference(poster, against, posted.difference);
}

function postDifference(poster: LinePoster, against: OrderInvoiceLine, difference: Decimal): void {
  if (isZero(difference)) return;
  const { base, entries } = poster;
  const { orderLine, material, quantity } = against;
  const tags = tagsOf(against);
  if (orderLine.accountAssignment !== undefined || !isCleared(against) || material === undefined) {
    entries.push({ key: 'GBB', amount: difference, ...tags, ...consumptionOf(orderLine) });
    return;
  }
  const covers = convert(quantity, orderLine.unit, material.baseUnit, material, 'quantity');
  const plant = base.masterData.plant(orderLine.plant);
  const valued = base.stock.revalue(material, plant, difference, covers);
  entries.push(
    { key: 'BSX', amount: valued.stock, ...tags },
    { key: 'PRD', amount: valued.difference, ...tags },
  );
}

const tagsOf = ({ order, orderLine, material }: OrderInvoiceLine) => ({
  supplier: order.supplier,
  ...(material === undefined ? {} : { material: material.number }),
  plant: orderLine.plant,
  purchaseOrder: order.number,
  purchaseOrderLine: orderLine.line,
});

function checkSubsequent(
  kind: InvoiceKind,
  { order, orderLine }: OrderInvoiceLine,
  balance: OrderLineBalance,
  path: string,
): void {
  if (!isSubsequent(kind) || !isZero(balance.invoiced)) return;
  const message = `Line ${orderLine.line} of purchase order ${order.number} is not invoiced yet.`;
  refuse('invalid', 'not-invoiced-yet', message, `${path}.purchaseOrderLine`);
}

/** No more credited than invoiced; and with receipt-based verification no more invoiced than received. */
function checkInvoiced(
  base: Foundation,
  against: OrderInvoiceLine,
  posted: PostedInvoiceLine,
  path: string,
): void {
  if (isZero(posted.quantity)) return;
  const { orderLine, receipt } = against;
  const balance = balanceFor(base, against);
  const after = add(balance.invoiced, posted.quantity);
  if (!returnsGoods(orderLine) && isNegative(after)) {
    const message = `Only ${balance.invoiced} ${orderLine.unit} of line ${orderLine.line} are invoiced.`;
    refuse('conflict', 'credit-exceeds-invoiced', message, `${path}.quantity`);
  }
  const left = absolute(subtract(balance.received, balance.invoiced));
  const exceeds = isGreater(absolute(after), absolute(balance.received));
  if (receipt === undefined || !exceeds || isLess(absolute(after), absolute(balance.invoiced)))
    return;
  const message = `Only ${left} ${orderLine.unit} of receipt ${receipt} are left to invoice.`;
  refuse('invalid', 'exceeds-receipt', message, `${path}.quantity`, { left });
}

/** What rounding between currencies leaves over; zero in the ledger's own currency. */
export const roundingEntry = (entries: readonly Entry[]): Entry => ({
  key: 'KDM',
  amount: negate(balanceOf(entries)),
});
