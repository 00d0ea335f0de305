/**
 * Changing an order: which fields still may change, and the change record of each that does. What was
 * received and invoiced already holds the order to itself.
 */
import { type Timestamp, timestamp } from '../../domain/calendar-date.ts';
import { absolute, add, isLess, isZero, maximum } from '../../domain/decimal.ts';
import type {
  ChangeRecord,
  PurchaseOrder,
  PurchaseOrderLine,
} from '../../domain/purchase-order.ts';
import type { Context } from '../../harness/context.ts';
import type {
  PurchaseOrderChange,
  PurchaseOrderLineChange,
  PurchaseOrderLineDraft,
} from './drafts.ts';
import type { ErpOrderLine, OrderLineBalance } from './erp-documents.ts';
import { type OrderBalances, isSettled, isUntouched } from './order-balances.ts';
import { type LineSurroundings, checkLine, orderLine, rescheduled } from './order-line.ts';
import { refuse } from './refuse.ts';

/** Fields that decide how receipts and invoices were posted; fixed once there is one. */
const fixedInUse = [
  'category',
  'material',
  'unit',
  'plant',
  'accountAssignment',
  'goodsReceiptExpected',
  'goodsReceiptNonValuated',
  'goodsReceiptBasedInvoiceVerification',
  'priceUnit',
  'returnsItem',
] as const satisfies readonly (keyof ErpOrderLine)[];

/** The lines after a change; refuses what receipts and invoices forbid. */
export function changedLines(
  order: PurchaseOrder,
  changes: readonly PurchaseOrderLineChange[],
  around: LineSurroundings,
  balances: OrderBalances,
): readonly PurchaseOrderLine[] {
  const lines = [...order.lines];
  changes.forEach((change, index) => {
    const place = lines.findIndex((each) => each.line === change.line);
    const before = lines[place];
    if (before === undefined) {
      lines.push(addedLine(change, index, around));
      return;
    }
    const balance = balances.line(order.number, before.line);
    lines[place] = changedLine(before, change, index, around, balance);
  });
  return lines;
}

function addedLine(
  change: PurchaseOrderLineChange,
  index: number,
  around: LineSurroundings,
): PurchaseOrderLine {
  const { quantity, netPrice, plant, deleted } = change;
  if (quantity === undefined || netPrice === undefined || plant === undefined || deleted) {
    const message = `Order line ${change.line} does not exist; a new one needs quantity, price and plant.`;
    refuse('invalid', 'unknown-order-line', message, `lines[${index}].line`);
  }
  return orderLine(change as PurchaseOrderLineDraft, index, around);
}

function changedLine(
  before: PurchaseOrderLine,
  change: PurchaseOrderLineChange,
  index: number,
  around: LineSurroundings,
  balance: OrderLineBalance,
): PurchaseOrderLine {
  const path = `lines[${index}]`;
  const { deliveryDate, ...fields } = change;
  const merged = { ...before, ...fields };
  const scheduleLines = change.scheduleLines ?? rescheduled(before, merged.quantity);
  const [first] = scheduleLines;
  const after: PurchaseOrderLine = {
    ...merged,
    scheduleLines:
      deliveryDate === undefined || first === undefined
        ? scheduleLines
        : [{ ...first, deliveryDate }, ...scheduleLines.slice(1)],
  };
  if (after.deleted && !before.deleted) checkDeletable(before, balance, path);
  const material = after.material
    ? around.masterData.material(after.material, `${path}.material`)
    : undefined;
  checkLine(after, path, material, around.masterData.plant(after.plant, `${path}.plant`), around);
  checkAgainstHistory(before, after, balance, path);
  return after;
}

function checkAgainstHistory(
  before: ErpOrderLine,
  after: ErpOrderLine,
  balance: OrderLineBalance,
  path: string,
): void {
  if (isUntouched(balance)) return;
  for (const field of fixedInUse) {
    if (same(before[field], after[field])) continue;
    const message = `Line ${before.line} has receipts or invoices: ${field} cannot change.`;
    refuse('conflict', 'line-in-use', message, `${path}.${field}`);
  }
  const received = absolute(add(balance.received, balance.blocked));
  const least = after.goodsReceiptExpected ? received : absolute(balance.invoiced);
  const reduced = isLess(after.quantity, before.quantity);
  if (reduced && isLess(after.quantity, maximum(least, received))) {
    const message = `Line ${before.line}: quantity ${after.quantity} is below the ${least} already received or invoiced.`;
    refuse('conflict', 'below-received', message, `${path}.quantity`, { received: least });
  }
  const priceChanged =
    before.netPrice !== after.netPrice || before.priceQuantity !== after.priceQuantity;
  const receiptBased = before.goodsReceiptBasedInvoiceVerification;
  if (priceChanged && receiptBased && !isZero(balance.invoiced)) {
    const message = `Line ${before.line} is invoiced by receipts: its price cannot change.`;
    refuse('conflict', 'price-of-invoiced-line', message, `${path}.netPrice`);
  }
}

/** A line is not deleted while something received is not invoiced or the other way round. */
export function checkDeletable(
  line: PurchaseOrderLine,
  balance: OrderLineBalance,
  path: string,
): void {
  const open =
    !isZero(balance.blocked) ||
    (line.invoiceExpected ? !isSettled(balance) : !isUntouched(balance));
  if (!open) return;
  const message = `Line ${line.line} cannot be deleted: a receipt or invoice is open.`;
  refuse('conflict', 'deletion-blocked', message, path, {
    received: balance.received,
    invoiced: balance.invoiced,
  });
}

const headerFields = ['externalReference', 'paymentTerms', 'buyer', 'revision'] as const;

/** A change record for every field that differs, in the order of the document. */
export function changeRecords(
  before: PurchaseOrder,
  change: Pick<PurchaseOrderChange, (typeof headerFields)[number]>,
  lines: readonly PurchaseOrderLine[],
  context: Context,
): ChangeRecord[] {
  const at = timestamp(context.at);
  const records: ChangeRecord[] = [];
  const note = (field: string, old: unknown, now: unknown): void => {
    if (!same(old, now)) records.push(record(at, context.by, field, old, now));
  };
  for (const field of headerFields) {
    if (change[field] !== undefined) note(field, before[field], change[field]);
  }
  for (const after of lines) {
    const old = before.lines.find((each) => each.line === after.line);
    if (old === after) continue;
    if (old === undefined) {
      records.push(record(at, context.by, `lines[${after.line}]`, '', 'added'));
      continue;
    }
    for (const field of Object.keys(after) as (keyof PurchaseOrderLine)[]) {
      note(`lines[${after.line}].${field}`, old[field], after[field]);
    }
  }
  return records;
}

const record = (at: Timestamp, by: string, field: string, old: unknown, now: unknown) => ({
  at,
  by,
  field,
  old: textOf(old),
  new: textOf(now),
});

const textOf = (value: unknown): string => {
  if (value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const same = (a: unknown, b: unknown): boolean => a === b || textOf(a) === textOf(b);
