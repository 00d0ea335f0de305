/**
 * GR/IR clearing of an order line is what was received minus what was invoiced: zero when both are
 * even, and never on the wrong side.
 */
import type { AccountingDocument } from '../../domain/accounting-document.ts';
import { type GoodsReceipt, receiptSign } from '../../domain/goods-receipt.ts';
import type { SupplierInvoice } from '../../domain/supplier-invoice.ts';
import { type Invariant, type Violation, defineInvariant } from '../../harness/invariant.ts';
import type { CommitRecord } from '../../harness/record.ts';
import { judged, untouched } from './finding.ts';
import { asMillionths, fromMillionths } from './ledger-sums.ts';
import { commitsOf } from './order-fold.ts';
import { OrderNames } from './order-names.ts';

/** Quantities and amounts are in millionths. */
interface Line {
  readonly line: string;
  received: number;
  invoiced: number;
  clearing: number;
  /** Unit of the quantities; two different ones cannot be compared. */
  unit: string | undefined;
  comparable: boolean;
  /** Of the last posting; -1 while there was none. */
  position: number;
}

interface State {
  readonly order: string;
  readonly lines: Line[];
  /** Invoices that counted already: a parked one counts from when it is posted. */
  readonly invoices: string[];
}

export function grIrClears(): Invariant {
  // Nothing is learned: ERP numbers stay as they are, since an order held twice has two clearings.
  const names = new OrderNames();
  return defineInvariant<State>({
    name: 'gr-ir-clears',
    promise: 'GR/IR clearing of an order line is zero when received and invoiced are even.',
    family: 'B',
    interests: ['AccountingDocument', 'MaterialDocument', 'SupplierInvoice'].map((document) =>
      commitsOf('erp', document),
    ),
    keysOf: (record) =>
      record.type === 'commit' && (record.version === 1 || record.document === 'SupplierInvoice')
        ? names.ofLines(record)
        : undefined,
    begin: (order) => ({ order, lines: [], invoices: [] }),
    step(state, record) {
      if (record.type === 'commit') take(state, record);
      return state;
    },
    end({ lines, order }) {
      if (!lines.some(({ position }) => position >= 0)) return untouched;
      return judged(lines.flatMap((line) => unclear(order, line) ?? []));
    },
  });
}

function take(state: State, record: CommitRecord): void {
  if (record.document === 'AccountingDocument') takePosting(state, record);
  else if (record.document === 'MaterialDocument') takeReceipt(state, record.data as GoodsReceipt);
  else takeInvoice(state, record.id, record.data as SupplierInvoice);
}

interface OrderReference {
  readonly purchaseOrder?: string;
  readonly purchaseOrderLine?: string;
}

/** The line that is referred to, when it is one of this order: a document may have several. */
function lineOf(state: State, reference: OrderReference): Line | undefined {
  if (reference.purchaseOrder !== state.order) return undefined;
  const line = reference.purchaseOrderLine ?? '';
  for (const each of state.lines) if (each.line === line) return each;
  const found: Line = {
    line,
    received: 0,
    invoiced: 0,
    clearing: 0,
    unit: undefined,
    comparable: true,
    position: -1,
  };
  state.lines.push(found);
  return found;
}

function takePosting(state: State, { data, position }: CommitRecord): void {
  for (const each of (data as AccountingDocument).lines) {
    const line = each.key === 'WRX' ? lineOf(state, each) : undefined;
    if (line === undefined) continue;
    line.clearing += asMillionths(each.amount);
    line.position = position;
  }
}

function takeReceipt(state: State, { lines }: GoodsReceipt): void {
  for (const each of lines) {
    const sign = each.movementType === '161' ? -1 : receiptSign(each.movementType);
    const line = sign === 0 ? undefined : lineOf(state, each);
    if (line === undefined || each.quantityInOrderUnit === undefined) continue;
    line.received += sign * asMillionths(each.quantityInOrderUnit);
    if (each.quantityInOrderUnit === each.quantity) sameUnit(line, each.unit);
    // With receipt-based verification a return evens out its own receipt, not the whole line.
    if (each.movementType === '122') line.comparable = false;
  }
}

function takeInvoice(state: State, id: string, { kind, lines, status }: SupplierInvoice): void {
  if (status === 'draft' || state.invoices.includes(id)) return;
  state.invoices.push(id);
  if (kind === 'subsequentDebit' || kind === 'subsequentCredit') return;
  for (const each of lines) {
    const line = lineOf(state, each);
    if (line === undefined) continue;
    line.invoiced += (kind === 'creditMemo' ? -1 : 1) * asMillionths(each.quantity);
    sameUnit(line, each.unit);
  }
}

function sameUnit(line: Line, unit: string): void {
  if (line.unit === undefined) line.unit = unit;
  else if (line.unit !== unit) line.comparable = false;
}

function unclear(order: string, line: Line): Violation | undefined {
  if (!line.comparable || line.position < 0 || line.clearing === 0) return undefined;
  // Receipts credit the clearing, invoices debit it.
  const open = Math.sign(line.invoiced - line.received);
  if (open !== 0 && open === Math.sign(line.clearing)) return undefined;
  const [received, invoiced, clearing] = [line.received, line.invoiced, line.clearing].map(
    fromMillionths,
  );
  return {
    keys: [order],
    positions: [line.position],
    sentence: `GR/IR clearing of ${order} line ${line.line} stands at ${clearing}, with ${received} received and ${invoiced} invoiced.`,
    expected: open === 0 ? '0' : open < 0 ? 'a credit' : 'a debit',
    actual: clearing,
  };
}
