/** Invariants on orders: keys by procurement's number in every system, and one truth folded for all. */
import type { ExpectedReceipt, ReceiptConfirmation } from '../../domain/warehouse.ts';
import type { GoodsReceipt } from '../../domain/goods-receipt.ts';
import type { Payment } from '../../domain/payment.ts';
import type { PurchaseOrder } from '../../domain/purchase-order.ts';
import {
  type Finding,
  type Interest,
  type Invariant,
  type Shared,
  defineInvariant,
} from '../../harness/invariant.ts';
import type { CommitRecord, HistoryRecord } from '../../harness/record.ts';
import { renewable } from './finding.ts';
import { FlowBook } from './flow-book.ts';
import { OrderNames } from './order-names.ts';
import { takePayment, takeReceipt } from './order-truth-checks.ts';
import { type OrderTruth, newTruth, takeCount, takeInvoice, takeOrder } from './order-truth.ts';

/** The orders that records are about, and what each system refused on the way. */
export class OrderKeys {
  readonly names = new OrderNames();
  readonly #books = new Map<string, FlowBook>();

  /** What one system refused, by procurement's numbers. */
  bookOf(system: string): FlowBook {
    let book = this.#books.get(system);
    if (book === undefined) this.#books.set(system, (book = new FlowBook()));
    return book;
  }

  of(record: HistoryRecord): string | readonly string[] | undefined {
    if (record.type === 'commit') return this.#ofCommit(record);
    if (record.type === 'exchange.completed') this.bookOf(record.callee).note(record);
    return undefined;
  }

  #ofCommit(record: CommitRecord): string | readonly string[] | undefined {
    const { names } = this;
    switch (record.document) {
      case 'PurchaseOrder': {
        if (record.system === 'procurement') return record.id;
        const key = names.ofErpOrder(record);
        if (record.version === 1) this.bookOf(record.system).name(record, key);
        return key;
      }
      case 'ExpectedReceipt': {
        const key = (record.data as ExpectedReceipt).purchaseOrder;
        if (record.version === 1) this.bookOf(record.system).name(record, key);
        return key;
      }
      case 'ReceiptConfirmation':
        return (record.data as ReceiptConfirmation).purchaseOrder || undefined;
      case 'SupplierInvoice':
        return names.ofInvoice(record);
      case 'Payment':
        return names.ofInvoices((record.data as Payment).items.map(({ invoice }) => invoice));
      default:
        return record.version === 1 ? names.ofLines(record) : undefined;
    }
  }
}

const group = {};
const truth = {};

/** The keys that all invariants on orders of one check share. */
export const orderKeys = (shared: Shared): OrderKeys => shared.of(group, () => new OrderKeys());

/** An interest in commits of one kind. */
export const commitsOf = (system: string, document: string): Interest => ({
  type: 'commit',
  system,
  document,
});

export interface OrderQuestion {
  readonly name: string;
  readonly promise: string;
  readonly family: string;
  /** What the question cannot do without; the order and its names always come with it. */
  readonly interests: readonly Interest[];
  end(truth: OrderTruth): Finding;
}

/** An invariant that asks the truth about an order. */
export const askOfOrders = ({ interests, ...question }: OrderQuestion): Invariant =>
  renewable((shared) => {
    const keys = orderKeys(shared);
    return defineInvariant<OrderTruth>({
      ...question,
      interests: [
        ...interests,
        commitsOf('procurement', 'PurchaseOrder'),
        // Only for its names: what the ERP says of an order is no truth about it.
        commitsOf('erp', 'PurchaseOrder'),
      ],
      group: keys,
      fold: truth,
      keysOf: (record) => keys.of(record),
      begin: newTruth,
      step(state, record) {
        if (record.type === 'commit') takeTruth(state, record, keys.names);
        return state;
      },
    });
  });

function takeTruth(truth: OrderTruth, record: CommitRecord, names: OrderNames): void {
  switch (record.document) {
    case 'PurchaseOrder':
      if (record.system === 'procurement') takeOrder(truth, record.data as PurchaseOrder);
      return;
    case 'ReceiptConfirmation':
      takeCount(truth, record.data as ReceiptConfirmation);
      return;
    case 'SupplierInvoice':
      takeInvoice(truth, record, names);
      return;
    case 'Payment':
      if (record.version === 1) takePayment(truth, record, record.data as Payment);
      return;
    case 'MaterialDocument':
    case 'Receipt':
      if (record.version === 1) takeReceipt(truth, record, record.data as GoodsReceipt, names);
      return;
    default:
  }
}
