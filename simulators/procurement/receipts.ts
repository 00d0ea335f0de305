/**
 * Receiving transactions. As in the real suites a receipt is not checked for duplicates by its
 * external reference: what an integration sends twice is stored twice, for all to see. Too much is
 * accepted and flagged. A void is a document of its own.
 */
import { type Decimal, add, isGreater, minimum, subtract } from '../../domain/decimal.ts';
import { receiptSign } from '../../domain/goods-receipt.ts';
import type { PurchaseOrder } from '../../domain/purchase-order.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { QuantityException, Receipt } from './documents.ts';
import type { ReceiptDraft, VoidDraft } from './drafts.ts';
import { checkReason, checkReference, numbered } from './input-checks.ts';
import type { InvoiceMatching, OrderLineName } from './invoice-matching.ts';
import { signed } from './line-balance.ts';
import { orderLineOf } from './open-order.ts';
import { largestReceipt, settleStatus } from './order-status.ts';
import { type ProcurementRecords, orderLineKey, timeOf, todayOf } from './procurement-records.ts';
import { type ReceivedLine, receivedLine } from './received-line.ts';
import { found, refusal } from './refusal.ts';
import type { ShipNotices } from './ship-notices.ts';

export interface ReceiptNeighbours {
  readonly shipNotices: ShipNotices;
  readonly matching: InvoiceMatching;
}

export class Receipts {
  readonly documents: Collection<Receipt>;
  readonly byOrder: Index<Receipt>;
  readonly byExternalReference: Index<Receipt>;
  readonly #records: ProcurementRecords;
  readonly #neighbours: ReceiptNeighbours;

  constructor(records: ProcurementRecords, neighbours: ReceiptNeighbours) {
    this.#records = records;
    this.#neighbours = neighbours;
    this.documents = records.receipts;
    this.byOrder = records.receiptsByOrder;
    this.byExternalReference = records.receiptsByReference;
  }

  create(draft: ReceiptDraft, context: Context): Receipt {
    this.#checkHeader(draft);
    const lines = numbered(draft.lines).map((each) =>
      receivedLine(each.draft, each.line, each.at, this.#records),
    );
    return this.#records.store.transaction(context, () => {
      const { lines: _, ...header } = draft;
      const number = this.#records.nextNumber('RC');
      const exceptions = this.#overReceipts(lines);
      const { receipt, matched } = this.#post({ ...header, number, lines, exceptions }, context);
      if (draft.shipNotice !== undefined)
        this.#neighbours.shipNotices.noteArrival(draft.shipNotice);
      this.#emit('receipt.created', receipt);
      this.#neighbours.matching.announce(matched);
      return receipt;
    });
  }

  /** Takes a receipt back in full; returns the voiding document. */
  void(number: string, draft: VoidDraft, context: Context): Receipt {
    const original = this.#voidable(number);
    checkReason(draft.reason);
    if (draft.externalReference !== undefined)
      checkReference(draft.externalReference, 'externalReference');
    const { reason, ...header } = draft;
    return this.#records.store.transaction(context, () => {
      const lines = original.lines.map((line) => voidingLine(number, line));
      const reversedBy = this.#records.nextNumber('RC');
      // Noted first, because the match looks at which receipts still count.
      const voided = this.#save({ ...original, reversedBy, voidReason: reason });
      const { receipt, matched } = this.#post(
        {
          ...header,
          number: reversedBy,
          lines,
          exceptions: [],
          reverses: number,
          voidReason: reason,
        },
        context,
      );
      this.#emit('receipt.voided', voided);
      this.#neighbours.matching.announce(matched);
      return receipt;
    });
  }

  #checkHeader({ externalReference, shipNotice }: ReceiptDraft): void {
    if (externalReference !== undefined) checkReference(externalReference, 'externalReference');
    if (shipNotice !== undefined && !this.#neighbours.shipNotices.documents.has(shipNotice)) {
      throw refusal(
        'invalid',
        'unknown-ship-notice',
        `Ship notice ${shipNotice} is unknown.`,
        'shipNotice',
      );
    }
  }

  #voidable(number: string): Receipt {
    const receipt = found(this.documents.get(number), 'Receipt', number);
    if (receipt.reverses !== undefined) {
      throw refusal('conflict', 'void-of-void', `Receipt ${number} is itself a void.`);
    }
    if (receipt.reversedBy !== undefined) {
      throw refusal(
        'conflict',
        'already-voided',
        `Receipt ${number} was voided by ${receipt.reversedBy}.`,
      );
    }
    return receipt;
  }

  /** Stores the document and all that follows from it: totals, matches, order states. */
  #post(document: NewReceipt, context: Context): { receipt: Receipt; matched: string[] } {
    const today = todayOf(context);
    const postingDate = document.postingDate ?? today;
    const receipt = this.#save({
      documentDate: postingDate,
      ...document,
      year: postingDate.slice(0, 4),
      postingDate,
      createdAt: timeOf(context),
      createdBy: context.by,
    });
    const names = orderLineNames(receipt);
    this.#count(receipt);
    this.#noteCompletion(receipt, names);
    const matched = this.#neighbours.matching.rematch(names);
    for (const order of new Set(names.map(([order]) => order)))
      settleStatus(order, this.#records, context);
    return { receipt, matched };
  }

  #count({ lines }: Receipt): void {
    for (const line of lines) {
      const {
        purchaseOrder = '',
        purchaseOrderLine = '',
        quantityInOrderUnit = line.quantity,
      } = line;
      const quantity = signed(receiptSign(line.movementType), quantityInOrderUnit);
      this.#records.balances.add(purchaseOrder, purchaseOrderLine, 'received', quantity);
    }
  }

  /** A last delivery completes its order line; voiding it opens the line again, unless the order is closed. */
  #noteCompletion({ lines, reverses }: Receipt, names: readonly OrderLineName[]): void {
    if (!lines.some(({ deliveryCompleted }) => deliveryCompleted)) return;
    for (const [number, lineNumber] of names) {
      const order = found(this.#records.orders.get(number), 'Purchase order', number);
      const line = orderLineOf(order, lineNumber, 'lines');
      const flagged = lines.some(
        (each) =>
          each.purchaseOrder === number &&
          each.purchaseOrderLine === lineNumber &&
          each.deliveryCompleted,
      );
      const completed =
        reverses === undefined || this.#isCompletedByAnother(number, lineNumber, reverses);
      if (!flagged || line.finalInvoice || line.deliveryCompleted === completed) continue;
      this.#records.orders.put(number, withCompletion(order, lineNumber, completed));
    }
  }

  #isCompletedByAnother(order: string, line: string, voided: string): boolean {
    return this.#records.receiptsByOrderLine
      .find(orderLineKey(order, line))
      .filter(({ number, reverses, reversedBy }) => number !== voided && !reverses && !reversedBy)
      .flatMap(({ lines }) => lines)
      .some(
        (each) =>
          each.purchaseOrder === order && each.purchaseOrderLine === line && each.deliveryCompleted,
      );
  }

  /** Lines that bring an order line beyond its tolerance. */
  #overReceipts(lines: readonly ReceivedLine[]): QuantityException[] {
    const totals = new Map<string, Decimal>();
    return lines.flatMap(({ line, purchaseOrder, purchaseOrderLine, quantityInOrderUnit }) => {
      const order = found(this.#records.orders.get(purchaseOrder), 'Purchase order', purchaseOrder);
      const ordered = orderLineOf(order, purchaseOrderLine, 'lines');
      const key = orderLineKey(purchaseOrder, purchaseOrderLine);
      const before =
        totals.get(key) ?? this.#records.balances.of(purchaseOrder, purchaseOrderLine).received;
      const after = add(before, quantityInOrderUnit);
      totals.set(key, after);
      const limit = largestReceipt(ordered);
      if (ordered.unlimitedOverdelivery || !isGreater(after, limit)) return [];
      const excess = minimum(quantityInOrderUnit, subtract(after, limit));
      return [{ kind: 'overReceipt', line, purchaseOrder, purchaseOrderLine, excess }];
    });
  }

  #save(receipt: Receipt): Receipt {
    this.documents.put(receipt.number, receipt);
    this.#records.flags.reset('Receipt', receipt.number);
    return receipt;
  }

  #emit(type: string, data: Receipt): void {
    const version = this.documents.entry(data.number)?.version ?? 1;
    this.#records.store.emit({ type, document: 'Receipt', key: data.number, version, data });
  }
}

/** A receipt before it is posted. */
type NewReceipt = Omit<ReceiptDraft, 'lines'> &
  Pick<Receipt, 'number' | 'lines' | 'exceptions' | 'reverses' | 'voidReason'>;

const voidingLine = (
  receipt: string,
  line: Receipt['lines'][number],
): Receipt['lines'][number] => ({
  ...line,
  movementType: '102',
  reversesLine: `${receipt}/${line.line}`,
});

const withCompletion = (
  order: PurchaseOrder,
  line: string,
  deliveryCompleted: boolean,
): PurchaseOrder => ({
  ...order,
  lines: order.lines.map((each) => (each.line === line ? { ...each, deliveryCompleted } : each)),
});

const orderLineNames = ({ lines }: Receipt): OrderLineName[] =>
  lines.flatMap(({ purchaseOrder, purchaseOrderLine }): OrderLineName[] =>
    purchaseOrder === undefined || purchaseOrderLine === undefined
      ? []
      : [[purchaseOrder, purchaseOrderLine]],
  );
