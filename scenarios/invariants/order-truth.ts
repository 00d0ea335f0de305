/**
 * What really happened to an order, line by line: what procurement ordered, what the warehouse
 * counted as good, what the ERP received, was invoiced and paid. The business invariants on orders
 * fold this once for all of them and differ only in what they ask of it.
 */
import type { Decimal } from '../../domain/decimal.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../domain/purchase-order.ts';
import type { SupplierInvoice } from '../../domain/supplier-invoice.ts';
import type { ReceiptConfirmation } from '../../domain/warehouse.ts';
import { type Violation } from '../../harness/invariant.ts';
import type { CommitRecord } from '../../harness/record.ts';
import { asMillionths } from './ledger-sums.ts';
import type { OrderNames } from './order-names.ts';

/** Quantities are in millionths of the order unit, which is exact for whatever can be counted. */
export interface OrderedLine {
  readonly line: string;
  readonly unit: string;
  /** The most that any version of the order asked for: an earlier version may have been acted on. */
  ordered: number;
  /** All prices the line ever had, per one unit. */
  readonly prices: number[];
  netPrice: Decimal;
  /** Largest quantity to be received, with the tolerance; infinite when unlimited. */
  mostReceived: number;
  receiptExpected: boolean;
  received: number;
  /** The most that was received at any time; a later reversal takes nothing from an earlier invoice. */
  mostEverReceived: number;
  /** What the ERP's and procurement's receipts add up to. */
  inErp: number;
  inProcurement: number;
}

export interface InvoicedLine {
  readonly line: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly amount: Decimal;
}

export interface OrderInvoice {
  readonly id: string;
  readonly position: number;
  readonly sign: 1 | -1 | 0;
  readonly lines: readonly InvoicedLine[];
  /** Blocked once, so that it was a person's (or a later receipt's) decision to let it go. */
  everBlocked: boolean;
  stands: boolean;
}

export interface OrderTruth {
  readonly order: string;
  readonly lines: OrderedLine[];
  /** The lines as they were last read, to see at a glance that nothing changed. */
  read: readonly PurchaseOrderLine[] | undefined;
  readonly invoices: OrderInvoice[];
  readonly paid: OrderInvoice[];
  receipts: number;
  readonly overReceipts: Violation[];
  readonly overPayments: Violation[];
}

export const newTruth = (order: string): OrderTruth => ({
  order,
  lines: [],
  read: undefined,
  invoices: [],
  paid: [],
  receipts: 0,
  overReceipts: [],
  overPayments: [],
});

/** Percent above what was received that is still within. */
export const quantityTolerancePercent = 2;

/** The line of that number. */
export function lineOf({ lines }: OrderTruth, number: string | undefined): OrderedLine | undefined {
  for (const each of lines) if (each.line === number) return each;
  return undefined;
}

/** Takes a version of the order in procurement in. */
export function takeOrder(truth: OrderTruth, { lines }: PurchaseOrder): void {
  if (truth.read === lines) return;
  truth.read = lines;
  for (const line of lines) {
    const known = lineOf(truth, line.line);
    if (known === undefined) truth.lines.push(newLine(line));
    else changeLine(known, line);
  }
}

const priceOf = ({ netPrice, priceQuantity }: PurchaseOrderLine): number =>
  Number(netPrice) / Number(priceQuantity);

const newLine = (line: PurchaseOrderLine): OrderedLine => ({
  line: line.line,
  unit: line.unit,
  ordered: asMillionths(line.quantity),
  prices: [priceOf(line)],
  netPrice: line.netPrice,
  mostReceived: largestReceipt(line),
  receiptExpected: line.goodsReceiptExpected,
  received: 0,
  mostEverReceived: 0,
  inErp: 0,
  inProcurement: 0,
});

function changeLine(known: OrderedLine, line: PurchaseOrderLine): void {
  known.ordered = Math.max(known.ordered, asMillionths(line.quantity));
  if (known.netPrice !== line.netPrice) {
    known.netPrice = line.netPrice;
    known.prices.push(priceOf(line));
  }
  known.mostReceived = Math.max(known.mostReceived, largestReceipt(line));
  known.receiptExpected = line.goodsReceiptExpected;
}

function largestReceipt(line: PurchaseOrderLine): number {
  if (line.unlimitedOverdelivery) return Number.POSITIVE_INFINITY;
  const ordered = asMillionths(line.quantity);
  const percent = line.overdeliveryTolerancePercent;
  return percent === '0' ? ordered : ordered * (1 + Number(percent) / 100);
}

/** Takes what the warehouse counted in; goods that are not good count for nothing. */
export function takeCount(truth: OrderTruth, { lines, reverses }: ReceiptConfirmation): void {
  for (const each of lines) {
    if (each.condition !== 'good') continue;
    const line = lineOf(truth, each.purchaseOrderLine);
    if (line === undefined || each.unit !== line.unit) continue;
    const quantity = asMillionths(each.quantity);
    line.received += reverses === undefined ? quantity : -quantity;
    if (line.received > line.mostEverReceived) line.mostEverReceived = line.received;
  }
}

const signs = { invoice: 1, creditMemo: -1, subsequentDebit: 0, subsequentCredit: 0 } as const;

/** Takes a version of an ERP invoice in. */
export function takeInvoice(truth: OrderTruth, record: CommitRecord, names: OrderNames): void {
  const { paymentBlocks, status, cancels, kind, lines } = record.data as SupplierInvoice;
  // What cancels an invoice only takes it away again.
  if (cancels !== undefined || status === 'draft') return;
  const blocked = paymentBlocks.length > 0;
  const stands = status !== 'cancelled' && status !== 'rejected';
  const known = truth.invoices.find(({ id }) => id === record.id);
  if (known !== undefined) {
    known.everBlocked ||= blocked;
    known.stands = stands;
    return;
  }
  const ours: InvoicedLine[] = [];
  for (const { purchaseOrder, purchaseOrderLine, quantity, unit, amount } of lines) {
    if (purchaseOrder === undefined || names.keyOf(purchaseOrder) !== truth.order) continue;
    ours.push({ line: purchaseOrderLine ?? '', quantity, unit, amount });
  }
  const { id, position } = record;
  truth.invoices.push({
    id,
    position,
    sign: signs[kind],
    lines: ours,
    everBlocked: blocked,
    stands,
  });
}

/** Quantity of an order line on these invoices, credits taken off; other units are left out. */
export function invoicedQuantity(
  invoices: readonly OrderInvoice[],
  { line, unit }: OrderedLine,
): number {
  let total = 0;
  for (const { sign, lines } of invoices) {
    for (const each of lines) {
      if (each.line === line && each.unit === unit) total += sign * asMillionths(each.quantity);
    }
  }
  return total;
}
