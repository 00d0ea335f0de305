/** Purchase orders: issued from an approved requisition or directly, changed by revisions, cancelled, closed. */
import { isZero } from '../../domain/decimal.ts';
import type { OrderAcknowledgement } from '../../domain/order-acknowledgement.ts';
import type { ChangeRecord, PurchaseOrder } from '../../domain/purchase-order.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import { appliedChange } from './change-orders.ts';
import type { ExportFlag, OrderLineBalance } from './documents.ts';
import type { AcknowledgementDraft, OrderChange, OrderDraft } from './drafts.ts';
import { checkCurrency } from './input-checks.ts';
import type { InvoiceMatching } from './invoice-matching.ts';
import { addedUp } from './line-balance.ts';
import { issuedOrder, openOrder } from './open-order.ts';
import { orderLines, requestedLines } from './order-lines.ts';
import { isClosedOrder, settleStatus } from './order-status.ts';
import { type ProcurementRecords, timeOf, todayOf } from './procurement-records.ts';
import { found, refusal } from './refusal.ts';
import type { Requisitions } from './requisitions.ts';

export interface PurchaseOrderNeighbours {
  readonly requisitions: Requisitions;
  readonly acknowledgements: Acknowledgements;
  readonly matching: InvoiceMatching;
}

export class PurchaseOrders {
  readonly documents: Collection<PurchaseOrder>;
  readonly byRequisition: Index<PurchaseOrder>;
  readonly #records: ProcurementRecords;
  readonly #neighbours: PurchaseOrderNeighbours;

  constructor(records: ProcurementRecords, neighbours: PurchaseOrderNeighbours) {
    this.#records = records;
    this.#neighbours = neighbours;
    this.documents = records.orders;
    this.byRequisition = records.ordersByRequisition;
  }

  /** An approved order that is not sent yet; of an approved requisition's number, or of a draft. */
  create(source: string | OrderDraft, context: Context): PurchaseOrder {
    const draft = typeof source === 'string' ? this.#requested(source) : source;
    if (draft.requisition !== undefined) {
      this.#neighbours.requisitions.approvedForOrder(draft.requisition);
    }
    const order = this.#drafted(draft, context);
    return this.#records.store.transaction(context, () => {
      const saved = this.#save({ ...order, number: this.#records.nextNumber('PO') });
      if (draft.requisition !== undefined) {
        this.#neighbours.requisitions.noteOrdered(draft.requisition, saved.number);
      }
      return saved;
    });
  }

  /** Sends an approved order to the supplier: `transmitted`, revision 1. */
  transmit(number: string, context: Context): PurchaseOrder {
    const order = this.#existing(number);
    if (order.status !== 'approved') {
      throw refusal('conflict', 'order-already-issued', `Order ${number} is ${order.status}.`);
    }
    this.#checkSupplier(order.supplier);
    return this.#records.store.transaction(context, () =>
      this.#publish('purchase-order.issued', {
        ...order,
        status: 'transmitted',
        changedAt: timeOf(context),
      }),
    );
  }

  /** {@link create} and {@link transmit} in one. */
  issue(source: string | OrderDraft, context: Context): PurchaseOrder {
    return this.#records.store.transaction(context, () =>
      this.transmit(this.create(source, context).number, context),
    );
  }

  /** A change order: revision + 1, sent again. One that alters nothing makes no revision. */
  change(number: string, change: OrderChange, context: Context): PurchaseOrder {
    const before = openOrder(issuedOrder(number, this.#records));
    const { order, records, touched } = appliedChange(before, change, this.#records, context);
    if (records.length === 0 && touched.length === 0) return before;
    return this.#revise(order, records, touched, context);
  }

  /** Takes the order back; refused once something was received or invoiced. */
  cancel(number: string, context: Context): PurchaseOrder {
    const order = openOrder(this.#existing(number));
    for (const { line } of order.lines) {
      const { received, invoiced } = this.#records.balances.of(number, line);
      if (!isZero(received))
        throw refusal('conflict', 'order-received', `Order ${number} has receipts.`);
      if (!isZero(invoiced))
        throw refusal('conflict', 'order-invoiced', `Order ${number} has invoices.`);
    }
    const sent = order.status !== 'approved';
    const cancelled = { ...order, status: 'cancelled', changedAt: timeOf(context) } as const;
    return this.#records.store.transaction(context, () =>
      sent ? this.#publish('purchase-order.cancelled', cancelled) : this.#save(cancelled),
    );
  }

  /** Expects no more goods and no more invoices: every line is completed. The state follows the receipts. */
  close(number: string, context: Context): PurchaseOrder {
    const order = openOrder(issuedOrder(number, this.#records));
    const closed = order.lines.map((line) => ({
      ...line,
      deliveryCompleted: true,
      finalInvoice: true,
    }));
    return this.#records.store.transaction(context, () => {
      this.#save({ ...order, lines: closed, changedAt: timeOf(context) });
      settleStatus(number, this.#records, context);
      return this.#publish('purchase-order.closed', this.#existing(number));
    });
  }

  /** Takes a close back, as a change order: revision + 1. */
  reopen(number: string, context: Context): PurchaseOrder {
    const order = issuedOrder(number, this.#records);
    if (!isClosedOrder(order))
      throw refusal('conflict', 'order-not-closed', `Order ${number} is open.`);
    const lines = order.lines.map((line) => ({
      ...line,
      deliveryCompleted: false,
      finalInvoice: false,
    }));
    const record = {
      at: timeOf(context),
      by: context.by,
      field: 'closed',
      old: 'true',
      new: 'false',
    };
    return this.#revise({ ...order, lines }, [record], [], context);
  }

  isClosed(number: string): boolean {
    return isClosedOrder(this.#existing(number));
  }

  /** Received and invoiced of one line in the order unit, added up from the documents themselves. */
  lineBalance(number: string, line: string): OrderLineBalance {
    return addedUp(number, line, this.#records);
  }

  acknowledge(draft: AcknowledgementDraft, context: Context): OrderAcknowledgement {
    return this.#neighbours.acknowledgements.create(draft, context);
  }

  markExported(number: string, exported: boolean, context: Context): ExportFlag {
    return this.#records.flags.mark('PurchaseOrder', number, exported, context);
  }

  isExported(number: string): boolean {
    return this.#records.flags.isExported('PurchaseOrder', number);
  }

  #requested(number: string): OrderDraft {
    const requisition = this.#neighbours.requisitions.approvedForOrder(number);
    const { companyCode, supplier, currency } = requisition;
    return {
      requisition: number,
      companyCode,
      supplier,
      currency,
      lines: requestedLines(requisition),
    };
  }

  #drafted(draft: OrderDraft, context: Context): PurchaseOrder {
    const records = this.#records;
    records.companyCode(draft.companyCode);
    const supplier = this.#checkSupplier(draft.supplier);
    checkCurrency(draft.currency);
    const paymentTerms = draft.paymentTerms ?? supplier.paymentTerms;
    records.paymentTerms(paymentTerms);
    const now = timeOf(context);
    return {
      number: '',
      ...(draft.requisition === undefined ? {} : { requisition: draft.requisition }),
      status: 'approved',
      revision: 1,
      companyCode: draft.companyCode,
      supplier: draft.supplier,
      currency: draft.currency,
      paymentTerms,
      orderDate: draft.orderDate ?? todayOf(context),
      buyer: draft.buyer ?? context.by,
      lines: orderLines(draft.lines, draft, records),
      released: true,
      createdAt: now,
      changedAt: now,
      changes: [],
    };
  }

  #checkSupplier(number: string) {
    const supplier = this.#records.supplier(number);
    if (supplier.blocked) {
      throw refusal('invalid', 'supplier-blocked', `Supplier ${number} is blocked.`, 'supplier');
    }
    return supplier;
  }

  /** The next revision waits for the supplier's answer again, so the old one no longer counts. */
  #revise(
    before: PurchaseOrder,
    changes: readonly ChangeRecord[],
    touched: readonly string[],
    context: Context,
  ): PurchaseOrder {
    const { acknowledgement: _, ...order } = before;
    const { number } = order;
    const revision = order.revision + 1;
    return this.#records.store.transaction(context, () => {
      const all = [...order.changes, ...changes];
      this.#save({ ...order, revision, changes: all, changedAt: timeOf(context) });
      const matched = this.#neighbours.matching.rematch(touched.map((line) => [number, line]));
      settleStatus(number, this.#records, context);
      const revised = this.#publish('purchase-order.changed', this.#existing(number));
      this.#neighbours.matching.announce(matched);
      return revised;
    });
  }

  #existing(number: string): PurchaseOrder {
    return found(this.documents.get(number), 'Purchase order', number);
  }

  #save(order: PurchaseOrder): PurchaseOrder {
    this.documents.put(order.number, order);
    this.#records.flags.reset('PurchaseOrder', order.number);
    return order;
  }

  #publish(type: string, data: PurchaseOrder): PurchaseOrder {
    this.#save(data);
    const key = data.number;
    // The document's version and not the revision, which a cancellation does not raise.
    const version = this.documents.entry(key)?.version ?? 1;
    this.#records.store.emit({ type, document: 'PurchaseOrder', key, version, data });
    return data;
  }
}
