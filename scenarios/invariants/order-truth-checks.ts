/** What is checked while an order's truth is folded: receipts and payments at the time they are made. */
import { type GoodsReceipt, receiptSign } from '../../domain/goods-receipt.ts';
import type { Payment } from '../../domain/payment.ts';
import type { CommitRecord } from '../../harness/record.ts';
import { asMillionths, fromMillionths } from './ledger-sums.ts';
import type { OrderNames } from './order-names.ts';
import {
  type OrderInvoice,
  type OrderTruth,
  type OrderedLine,
  invoicedQuantity,
  lineOf,
  quantityTolerancePercent,
} from './order-truth.ts';
import { called, sentenceCase } from './wording.ts';

/** Procurement flags what is beyond the tolerance instead of refusing it. */
interface Flagged extends GoodsReceipt {
  readonly exceptions?: readonly unknown[];
}

/** Takes a receipt of the ERP or of procurement in; one beyond the order and not flagged is a violation. */
export function takeReceipt(
  truth: OrderTruth,
  record: CommitRecord,
  { lines, exceptions }: Flagged,
  names: OrderNames,
): void {
  for (const each of lines) {
    const sign = receiptSign(each.movementType);
    if (sign === 0 || each.purchaseOrder === undefined) continue;
    if (names.keyOf(each.purchaseOrder) !== truth.order) continue;
    truth.receipts++;
    const line = lineOf(truth, each.purchaseOrderLine);
    if (line === undefined) continue;
    const part = sign * asMillionths(each.quantityInOrderUnit ?? each.quantity);
    const total = record.system === 'erp' ? (line.inErp += part) : (line.inProcurement += part);
    const flagged = exceptions !== undefined && exceptions.length > 0;
    if (sign === 1 && !flagged && total > line.mostReceived)
      overReceived(truth, record, line, total);
  }
}

function overReceived(
  truth: OrderTruth,
  { id, position, system }: CommitRecord,
  line: OrderedLine,
  total: number,
): void {
  const [received, ordered, most] = [total, line.ordered, line.mostReceived].map(fromMillionths);
  truth.overReceipts.push({
    keys: [truth.order, id],
    positions: [position],
    sentence: `${sentenceCase(called(system))} has received ${received} ${line.unit} of ${truth.order} line ${line.line} with ${id}; ${ordered} ${line.unit} were ordered and at most ${most} allowed.`,
    expected: most,
    actual: received,
  });
}

/** Takes a payment in; one for goods that the warehouse had not counted by then is a violation. */
export function takePayment(truth: OrderTruth, record: CommitRecord, { items }: Payment): void {
  const now: OrderInvoice[] = [];
  for (const { invoice } of items) {
    const known = truth.invoices.find(({ id }) => id === invoice);
    if (known !== undefined && !truth.paid.includes(known)) now.push(known);
  }
  truth.paid.push(...now);
  // What was blocked and let go was somebody's decision.
  const asked = now.filter(({ everBlocked, sign }) => !everBlocked && sign === 1);
  if (asked.length === 0) return;
  for (const line of truth.lines) {
    if (!line.receiptExpected || !asked.some((each) => isOn(each, line))) continue;
    const quantity = invoicedQuantity(truth.paid, line);
    if (quantity > line.mostEverReceived * (1 + quantityTolerancePercent / 100)) {
      paidUnreceived(truth, record, asked, line, quantity);
    }
  }
}

const isOn = (invoice: OrderInvoice, { line }: OrderedLine): boolean =>
  invoice.lines.some((each) => each.line === line);

function paidUnreceived(
  truth: OrderTruth,
  { id, position }: CommitRecord,
  invoices: readonly OrderInvoice[],
  line: OrderedLine,
  quantity: number,
): void {
  const [paid, received] = [quantity, line.mostEverReceived].map(fromMillionths);
  truth.overPayments.push({
    keys: [truth.order, id, ...invoices.map((each) => each.id)],
    positions: [...invoices.map((each) => each.position), position],
    sentence: `Payment ${id} paid ${paid} ${line.unit} of ${truth.order} line ${line.line} when ${received} ${line.unit} had been received.`,
    expected: received,
    actual: paid,
  });
}
