/**
 * Change orders: what one alters, what it may not, and the record of it. A quantity never goes below
 * what was received or invoiced, a line with either cannot be taken out, and the price of an invoiced
 * line with receipt-based verification stands.
 */
import {
  type Decimal,
  add,
  isGreater,
  isZero,
  maximum,
  minimum,
  subtract,
  zero,
} from '../../domain/decimal.ts';
import type {
  ChangeRecord,
  PurchaseOrder,
  PurchaseOrderLine,
  ScheduleLine,
} from '../../domain/purchase-order.ts';
import type { Context } from '../../harness/context.ts';
import type { OrderLineBalance } from './documents.ts';
import type { OrderChange, OrderLineChange } from './drafts.ts';
import { checkAmount, checkQuantity } from './input-checks.ts';
import { orderLineOf } from './open-order.ts';
import { checkStorageLocation, orderLines } from './order-lines.ts';
import { type ProcurementRecords, timeOf } from './procurement-records.ts';
import { refusal } from './refusal.ts';

export interface AppliedChange {
  readonly order: PurchaseOrder;
  /** Empty when the change order asks for what is there already. */
  readonly records: readonly ChangeRecord[];
  /** Lines that are not as they were. */
  readonly touched: readonly string[];
}

/** The order with the change applied, or a refusal; the revision is the caller's to raise. */
export function appliedChange(
  order: PurchaseOrder,
  change: OrderChange,
  records: ProcurementRecords,
  context: Context,
): AppliedChange {
  const changes: ChangeRecord[] = [];
  const note = (field: string, old: string, now: string): void => {
    if (old !== now) changes.push({ at: timeOf(context), by: context.by, field, old, new: now });
  };
  let lines = order.lines;
  for (const [index, lineChange] of (change.lines ?? []).entries()) {
    lines = changedLines({ ...order, lines }, lineChange, `lines[${index}]`, records, note);
  }
  const taken = new Set(lines.map(({ line }) => line));
  const added = change.addLines?.length
    ? orderLines(change.addLines, order, records, taken, 'addLines')
    : [];
  for (const { line } of added) note(`lines[${line}]`, '', 'added');
  const paymentTerms = change.paymentTerms ?? order.paymentTerms;
  records.paymentTerms(paymentTerms);
  note('paymentTerms', order.paymentTerms, paymentTerms);
  const changed = { ...order, paymentTerms, lines: [...lines, ...added] };
  if (changed.lines.every(({ deleted }) => deleted)) {
    throw refusal(
      'invalid',
      'no-lines',
      'A change order cannot take out every line; cancel the order.',
      'lines',
    );
  }
  const before = new Set(order.lines);
  const touched = changed.lines.filter((line) => !before.has(line)).map(({ line }) => line);
  return { order: changed, records: changes, touched };
}

type Note = (field: string, old: string, now: string) => void;

function changedLines(
  order: PurchaseOrder,
  change: OrderLineChange,
  at: string,
  records: ProcurementRecords,
  note: Note,
): PurchaseOrderLine[] {
  const line = orderLineOf(order, change.line, `${at}.line`);
  const balance = records.balances.of(order.number, line.line);
  checkLineChange(order, line, change, balance, at, records);
  const changed = withChange(line, change);
  const path = `lines[${line.line}]`;
  for (const field of [
    'quantity',
    'netPrice',
    'plant',
    'storageLocation',
    'description',
  ] as const) {
    note(`${path}.${field}`, line[field], changed[field]);
  }
  note(`${path}.deliveryDate`, deliveryDates(line), deliveryDates(changed));
  note(`${path}.deleted`, String(line.deleted), String(changed.deleted));
  const same = JSON.stringify(line) === JSON.stringify(changed);
  return order.lines.map((each) => (each === line && !same ? changed : each));
}

const deliveryDates = ({ scheduleLines }: PurchaseOrderLine): string =>
  scheduleLines.map(({ deliveryDate }) => deliveryDate).join(' ');

function checkLineChange(
  order: PurchaseOrder,
  line: PurchaseOrderLine,
  change: OrderLineChange,
  balance: OrderLineBalance,
  at: string,
  records: ProcurementRecords,
): void {
  if (change.deleted && !(isZero(balance.received) && isZero(balance.invoiced))) {
    const message = `Line ${line.line} has receipts or invoices.`;
    throw refusal('conflict', 'line-in-use', message, `${at}.deleted`);
  }
  if (change.quantity !== undefined) {
    checkQuantity(
      change.quantity,
      line.unit,
      records.material(line.material, `${at}.material`),
      at,
    );
    checkNotBelow(change.quantity, line, balance, at);
  }
  if (change.netPrice !== undefined) {
    checkAmount(change.netPrice, order.currency, `${at}.netPrice`);
    const settled = line.goodsReceiptBasedInvoiceVerification && !isZero(balance.invoiced);
    if (settled && change.netPrice !== line.netPrice) {
      const message = `Line ${line.line} is invoiced by its receipts; its price stands.`;
      throw refusal('conflict', 'price-of-invoiced-line', message, `${at}.netPrice`);
    }
  }
  const plant = records.plant(change.plant ?? line.plant, order.companyCode, `${at}.plant`);
  if (change.plant !== undefined || change.storageLocation !== undefined) {
    checkStorageLocation(
      change.storageLocation ?? line.storageLocation,
      plant,
      `${at}.storageLocation`,
    );
  }
}

/** Only a lower quantity is looked at: an over-received line may still be raised part of the way. */
function checkNotBelow(
  quantity: Decimal,
  line: PurchaseOrderLine,
  { received, invoiced }: OrderLineBalance,
  at: string,
): void {
  if (!isGreater(line.quantity, quantity)) return;
  if (isGreater(received, quantity)) {
    const message = `${received} ${line.unit} of line ${line.line} are received already.`;
    throw refusal('conflict', 'quantity-below-received', message, `${at}.quantity`);
  }
  if (isGreater(invoiced, quantity)) {
    const message = `${invoiced} ${line.unit} of line ${line.line} are invoiced already.`;
    throw refusal('conflict', 'quantity-below-invoiced', message, `${at}.quantity`);
  }
}

function withChange(line: PurchaseOrderLine, change: OrderLineChange): PurchaseOrderLine {
  const quantity = change.quantity ?? line.quantity;
  const raised = isGreater(quantity, line.quantity);
  return {
    ...line,
    description: change.description ?? line.description,
    quantity,
    netPrice: change.netPrice ?? line.netPrice,
    plant: change.plant ?? line.plant,
    storageLocation: change.storageLocation ?? line.storageLocation,
    scheduleLines: rescheduled(line, quantity, change),
    // More is wanted than when the last delivery was said to be the last.
    deliveryCompleted: line.deliveryCompleted && !raised,
    deleted: change.deleted ?? line.deleted,
  };
}

/**
 * A new date makes one schedule line; a new quantity is taken from or put on the latest ones. What
 * changed waits for the supplier's confirmation again.
 */
function rescheduled(
  line: PurchaseOrderLine,
  quantity: Decimal,
  { deliveryDate }: OrderLineChange,
): readonly ScheduleLine[] {
  const [first] = line.scheduleLines;
  if (deliveryDate !== undefined) {
    const same = line.scheduleLines.length === 1 && first?.deliveryDate === deliveryDate;
    if (!same || quantity !== line.quantity) return [{ scheduleLine: '1', deliveryDate, quantity }];
  }
  if (quantity === line.quantity) return line.scheduleLines;
  return spread(line.scheduleLines, subtract(quantity, line.quantity));
}

function spread(schedule: readonly ScheduleLine[], difference: Decimal): ScheduleLine[] {
  let rest = difference;
  const fromLast = schedule.toReversed().map(({ scheduleLine, deliveryDate, quantity }) => {
    const now = maximum(add(quantity, rest), zero);
    rest = minimum(add(quantity, rest), zero);
    return { scheduleLine, deliveryDate, quantity: now };
  });
  return fromLast.toReversed().filter(({ quantity }) => !isZero(quantity));
}
