/**
 * GR/IR clearing of an order line is what was received minus what was invoiced: zero when both are
 * even, never on the wrong side, and equal to the receipts while nothing is invoiced.
 */
import type { AccountingDocument } from '../../domain/accounting-document.ts';
import { type GoodsReceipt, receiptSign } from '../../domain/goods-receipt.ts';
import type { SupplierInvoice } from '../../domain/supplier-invoice.ts';
import { type Invariant, type Violation, defineInvariant } from '../../harness/invariant.ts';
import type { CommitRecord } from '../../harness/record.ts';
import { judged, untouched } from './finding.ts';
import { Total } from './ledger-sums.ts';
import { OrderNames } from './order-names.ts';

interface Line {
  readonly received: Total;
  readonly invoiced: Total;
  readonly clearing: Total;
  /** Units of the quantities; two different ones cannot be compared. */
  unit: string | undefined;
  comparable: boolean;
  position: number;
}

interface State {
  readonly lines: Map<string, Line>;
  /** Invoices that counted already: a parked one counts from when it is posted. */
  readonly invoices: Set<string>;
}

export function grIrClears(): Invariant {
  // Nothing is learned: ERP numbers stay as they are, since an order held twice has two clearings.
  const names = new OrderNames();
  return defineInvariant<State>({
    name: 'gr-ir-clears',
    promise: 'GR/IR clearing of an order line is zero when received and invoiced are even.',
    family: 'B',
    interests: ['AccountingDocument', 'MaterialDocument', 'SupplierInvoice'].map((document) => ({
      type: 'commit',
      system: 'erp',
      document,
    })),
    keysOf: (record) =>
      record.type === 'commit' && (record.version === 1 || record.document === 'SupplierInvoice')
        ? names.ofLines(record)
        : undefined,
    begin: () => ({ lines: new Map(), invoices: new Set() }),
    step: (state, record) => {
      if (record.type === 'commit') take(state, record);
      return state;
    },
    end({ lines }, order) {
      if (![...lines.values()].some(({ position }) => position >= 0)) return untouched;
      return judged([...lines].flatMap(([line, balance]) => unclear(order, line, balance) ?? []));
    },
  });
}

// A document is stepped once for each of its orders, so lines are kept under their order too.
const lineOf = (state: State, order: string, line: string): Line => {
  const id = `${order} ${line}`;
  let found = state.lines.get(id);
  if (found === undefined) {
    found = {
      received: new Total(),
      invoiced: new Total(),
      clearing: new Total(),
      unit: undefined,
      comparable: true,
      position: -1,
    };
    state.lines.set(id, found);
  }
  return found;
};

function take(state: State, record: CommitRecord): void {
  if (record.document === 'AccountingDocument') takePosting(state, record);
  else if (record.document === 'MaterialDocument') takeReceipt(state, record.data as GoodsReceipt);
  else takeInvoice(state, record.id, record.data as SupplierInvoice);
}

function takePosting(state: State, record: CommitRecord): void {
  for (const { key, amount, purchaseOrder, purchaseOrderLine } of (
    record.data as AccountingDocument
  ).lines) {
    if (key !== 'WRX' || purchaseOrder === undefined) continue;
    const line = lineOf(state, purchaseOrder, purchaseOrderLine ?? '');
    line.clearing.add(amount);
    line.position = record.position;
  }
}

function takeReceipt(state: State, { lines }: GoodsReceipt): void {
  for (const each of lines) {
    if (each.purchaseOrder === undefined || each.quantityInOrderUnit === undefined) continue;
    const sign = each.movementType === '161' ? -1 : receiptSign(each.movementType);
    if (sign === 0) continue;
    const line = lineOf(state, each.purchaseOrder, each.purchaseOrderLine ?? '');
    line.received.add(each.quantityInOrderUnit, sign);
    if (each.quantityInOrderUnit === each.quantity) sameUnit(line, each.unit);
  }
}

function takeInvoice(state: State, id: string, { kind, lines, status }: SupplierInvoice): void {
  if (status === 'draft' || state.invoices.has(id)) return;
  state.invoices.add(id);
  if (kind === 'subsequentDebit' || kind === 'subsequentCredit') return;
  for (const each of lines) {
    if (each.purchaseOrder === undefined) continue;
    const line = lineOf(state, each.purchaseOrder, each.purchaseOrderLine ?? '');
    line.invoiced.add(each.quantity, kind === 'creditMemo' ? -1 : 1);
    sameUnit(line, each.unit);
  }
}

function sameUnit(line: Line, unit: string): void {
  if (line.unit === undefined) line.unit = unit;
  else if (line.unit !== unit) line.comparable = false;
}

function unclear(order: string, id: string, line: Line): Violation | undefined {
  if (!id.startsWith(`${order} `) || !line.comparable || line.position < 0) return undefined;
  const [received, invoiced, clearing] = [
    line.received.value,
    line.invoiced.value,
    line.clearing.value,
  ];
  const even = received === invoiced;
  const open = Number(received) > Number(invoiced);
  // Receipts credit the clearing, invoices debit it.
  const fits = even
    ? line.clearing.isZero
    : clearing.startsWith('-') === open || line.clearing.isZero;
  if (fits) return undefined;
  const name = `${order} line ${id.slice(order.length + 1)}`;
  return {
    keys: [order],
    positions: [line.position],
    sentence: `GR/IR clearing of ${name} stands at ${clearing}, with ${received} received and ${invoiced} invoiced.`,
    expected: even ? '0' : open ? 'a credit' : 'a debit',
    actual: clearing,
  };
}
