/**
 * Purchase orders: created, changed with change records, released, confirmed, flagged for deletion.
 * The ERP does not look whether an external reference was there before: a retry makes a second order.
 */
import { timestamp } from '../../domain/calendar-date.ts';
import { type Decimal, isGreater, subtract, zero } from '../../domain/decimal.ts';
import type {
  ChangeRecord,
  PurchaseOrder,
  PurchaseOrderLine,
} from '../../domain/purchase-order.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import { checkCurrency, checkLength, convert } from './checks.ts';
import type { AcknowledgementDraft, PurchaseOrderChange, PurchaseOrderDraft } from './drafts.ts';
import type { OrderHistoryEntry, OrderLineBalance } from './erp-documents.ts';
import type { Foundation } from './foundation.ts';
import { checkVersion } from './master-data.ts';
import { nextOrderNumber } from './number-ranges.ts';
import { changeRecords, changedLines, checkDeletable } from './order-change.ts';
import { confirmedLines } from './order-confirmation.ts';
import { type HistorySources, orderHistory } from './order-history.ts';
import { type LineSurroundings, orderLine, orderValue } from './order-line.ts';
import { orderStatus } from './order-status.ts';
import { refuse } from './refuse.ts';

/** Shared by all orders that never changed: most of them. */
const noChanges: readonly ChangeRecord[] = Object.freeze([]);

export interface OrderSurroundings {
  /** Runs after a change, in its transaction: blocks of invoices may lose their cause. */
  readonly onChange: (order: PurchaseOrder) => void;
  readonly history: HistorySources;
}

export class PurchaseOrders {
  readonly documents: Collection<PurchaseOrder>;
  readonly byExternalReference: Index<PurchaseOrder>;
  readonly #base: Foundation;
  readonly #around: OrderSurroundings;

  constructor(base: Foundation, around: OrderSurroundings) {
    this.#base = base;
    this.#around = around;
    this.documents = base.store.collection('PurchaseOrder');
    this.byExternalReference = this.documents.index((order) => order.externalReference);
  }

  /** Creates an order and gives it a number; it is released at once unless its value needs a release. */
  create(draft: PurchaseOrderDraft, context: Context): PurchaseOrder {
    const { store } = this.#base;
    return store.transaction(context, () => {
      const order = this.#drafted(draft, context);
      const { version } = this.documents.put(order.number, order);
      this.#emit('purchase-order.created', order, version);
      return order;
    });
  }

  /**
   * Changes an order; fields left out stay. A change that changes nothing makes no version.
   * `expectedVersion` (of the stored document) refuses a stale change.
   */
  change(
    number: string,
    change: PurchaseOrderChange,
    context: Context,
    expectedVersion?: number,
  ): PurchaseOrder {
    return this.#base.store.transaction(context, () => {
      const before = this.#changeable(number, context, expectedVersion);
      checkLength(change.externalReference, 12, 'external-reference-too-long', 'externalReference');
      if (change.paymentTerms !== undefined) this.#base.masterData.terms(change.paymentTerms);
      const { masterData, balances } = this.#base;
      const around: LineSurroundings = { masterData, ...before };
      const lines = changedLines(before, change.lines ?? [], around, balances);
      return this.#changed(before, change, lines, context);
    });
  }

  /** Sets the deletion flag of lines, or of the whole order when none are named. */
  delete(
    number: string,
    context: Context,
    lineNumbers?: readonly string[],
    expectedVersion?: number,
  ): PurchaseOrder {
    return this.#base.store.transaction(context, () => {
      const before = this.#changeable(number, context, expectedVersion);
      for (const line of lineNumbers ?? []) lineOf(before, line);
      const lines = before.lines.map((line, index) => {
        if (line.deleted || (lineNumbers && !lineNumbers.includes(line.line))) return line;
        checkDeletable(line, this.lineBalance(number, line.line), `lines[${index}]`);
        return { ...line, deleted: true };
      });
      return this.#changed(before, {}, lines, context);
    });
  }

  /** Ends the release strategy: from now on the order takes receipts and invoices. */
  release(number: string, context: Context): PurchaseOrder {
    return this.#base.store.transaction(context, () => {
      const before = this.#changeable(number, context);
      if (before.released) {
        refuse('conflict', 'already-released', `Purchase order ${number} is released already.`);
      }
      return this.#save({ ...before, released: true, status: 'transmitted' }, context);
    });
  }

  /** Takes over what the supplier confirmed, line by line, into the schedule lines. */
  confirm(number: string, acknowledgement: AcknowledgementDraft, context: Context): PurchaseOrder {
    return this.#base.store.transaction(context, () => {
      const before = this.#changeable(number, context);
      const { masterData } = this.#base;
      const lines = confirmedLines(before, acknowledgement, (quantity, from, line, field) =>
        convert(quantity, from, line.unit, masterData.materials.get(line.material), field),
      );
      const { status } = before;
      return this.#save(
        {
          ...before,
          lines,
          acknowledgement: acknowledgement.number,
          status: status === 'transmitted' ? 'acknowledged' : status,
        },
        context,
      );
    });
  }

  /** Opens the order for one user: everybody else is refused with rule `locked`. */
  lock(number: string, user: string, context: Context): void {
    this.get(number);
    this.#base.locks.lock(number, user, context);
  }

  unlock(number: string, user: string, context: Context): void {
    this.get(number);
    this.#base.locks.unlock(number, user, context);
  }

  /** The order, or a refusal. */
  get(number: string): PurchaseOrder {
    const order = this.documents.get(number);
    const message = `Purchase order ${number} does not exist.`;
    return order ?? refuse('notFound', 'unknown-order', message, undefined, { number });
  }

  /** What was received and invoiced for a line. */
  lineBalance(number: string, line: string): OrderLineBalance {
    return this.#base.balances.line(number, line);
  }

  /** Receipts (E) and invoices (Q) of the order, oldest first. */
  history(number: string): OrderHistoryEntry[] {
    this.get(number);
    return orderHistory(number, this.#around.history);
  }

  #drafted(draft: PurchaseOrderDraft, context: Context): PurchaseOrder {
    const { masterData, store, exchange } = this.#base;
    checkLength(draft.externalReference, 12, 'external-reference-too-long', 'externalReference');
    const companyCode = masterData.companyCode(draft.companyCode);
    const supplier = masterData.supplier(draft.supplier);
    if (supplier.blocked) {
      const message = `Supplier ${supplier.number} is blocked.`;
      refuse('invalid', 'supplier-blocked', message, 'supplier', { supplier: supplier.number });
    }
    const currency = draft.currency ?? supplier.currency;
    checkCurrency(currency, 'currency');
    exchange.check(currency, companyCode.currency);
    const paymentTerms = draft.paymentTerms ?? supplier.paymentTerms;
    masterData.terms(paymentTerms);
    const orderDate = draft.orderDate ?? (context.today as PurchaseOrder['orderDate']);
    const around = { masterData, companyCode: companyCode.code, currency, orderDate };
    const lines = draftedLines(draft, around);
    const released = !this.#needsRelease(lines, currency, companyCode.currency);
    const at = timestamp(context.at);
    const order: PurchaseOrder = {
      number: nextOrderNumber(store),
      status: released ? 'transmitted' : 'approved',
      revision: draft.revision ?? 1,
      companyCode: companyCode.code,
      supplier: supplier.number,
      currency,
      paymentTerms,
      orderDate,
      buyer: draft.buyer ?? context.by,
      lines,
      released,
      createdAt: at,
      changedAt: at,
      changes: noChanges,
    };
    return withReferences(order, draft);
  }

  #needsRelease(lines: readonly PurchaseOrderLine[], currency: string, local: string): boolean {
    const { releaseFrom } = this.#base.settings;
    if (releaseFrom === undefined) return false;
    let left: Decimal = releaseFrom;
    for (const line of lines) {
      const material = this.#base.masterData.materials.get(line.material);
      const value = orderValue(line, line.quantity, currency, material);
      left = subtract(left, this.#base.exchange.convert(value, currency, local));
    }
    return !isGreater(left, zero);
  }

  /** The order, if it may be changed now: not cancelled, not locked, not newer than the caller thinks. */
  #changeable(number: string, context: Context, expectedVersion?: number): PurchaseOrder {
    const order = this.get(number);
    checkVersion(this.documents, number, expectedVersion);
    this.#base.locks.check(number, context.by);
    if (order.status === 'cancelled') {
      refuse('conflict', 'order-cancelled', `Purchase order ${number} is flagged for deletion.`);
    }
    return order;
  }

  #changed(
    before: PurchaseOrder,
    change: PurchaseOrderChange,
    lines: readonly PurchaseOrderLine[],
    context: Context,
  ): PurchaseOrder {
    const records = changeRecords(before, change, lines, context);
    if (records.length === 0) return before;
    const { externalReference, paymentTerms, buyer, revision } = change;
    const changed: PurchaseOrder = {
      ...before,
      ...(externalReference === undefined ? {} : { externalReference }),
      ...(paymentTerms === undefined ? {} : { paymentTerms }),
      ...(buyer === undefined ? {} : { buyer }),
      lines,
      revision: revision ?? before.revision + 1,
      // The supplier has not answered the order as it is now.
      status: before.status === 'acknowledged' ? 'transmitted' : before.status,
      changes: [...before.changes, ...records],
    };
    return this.#save({ ...changed, status: orderStatus(changed, this.#base.balances) }, context);
  }

  #save(order: PurchaseOrder, context: Context): PurchaseOrder {
    const saved = { ...order, changedAt: timestamp(context.at) };
    const { version } = this.documents.put(order.number, saved);
    this.#emit('purchase-order.changed', saved, version);
    this.#around.onChange(saved);
    return saved;
  }

  #emit(type: string, data: PurchaseOrder, version: number): void {
    this.#base.store.emit({ type, document: 'PurchaseOrder', key: data.number, version, data });
  }
}

function withReferences(order: PurchaseOrder, draft: PurchaseOrderDraft): PurchaseOrder {
  const { externalReference, requisition } = draft;
  const referenced = externalReference === undefined ? order : { ...order, externalReference };
  return requisition === undefined ? referenced : { ...referenced, requisition };
}

function draftedLines(
  { lines: drafts }: PurchaseOrderDraft,
  around: LineSurroundings,
): readonly PurchaseOrderLine[] {
  if (drafts.length === 0) refuse('invalid', 'no-lines', 'A purchase order needs a line.', 'lines');
  const lines = drafts.map((each, index) => orderLine(each, index, around));
  if (lines.length > 1 && new Set(lines.map((each) => each.line)).size < lines.length) {
    refuse('invalid', 'duplicate-line', 'Two lines have the same number.', 'lines');
  }
  return lines;
}

/** The line of an order, or a refusal. */
export function lineOf(order: PurchaseOrder, line: string, field?: string): PurchaseOrderLine {
  const found = order.lines.find((each) => each.line === line);
  const message = `Purchase order ${order.number} has no line ${line}.`;
  return found ?? refuse('invalid', 'unknown-order-line', message, field);
}
