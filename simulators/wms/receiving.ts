/**
 * Receiving: goods at a dock are counted, put into the books at the dock, and confirmed upstream
 * once, with what was counted. A confirmation is never edited: it is taken back whole by another.
 */
import { type CalendarDate, calendarDate, timestamp } from '../../domain/calendar-date.ts';
import { negate } from '../../domain/decimal.ts';
import type { ExpectedReceipt, ReceiptConfirmation } from '../../domain/warehouse.ts';
import type { AdvanceShipNotice } from '../../domain/advance-ship-notice.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import { checkDock } from './arrivals.ts';
import type { Confirmations } from './confirmations.ts';
import { type CountedLine, checkCountedOnce, countedLine, stockStatusOf } from './counted-lines.ts';
import { type LineProgress, discrepanciesOf } from './discrepancies.ts';
import type { ReceivingDraft } from './drafts.ts';
import type { ExpectedReceipts } from './expected-receipts.ts';
import { checkOverDelivery, confirmationLines, progressOf } from './line-progress.ts';
import type { MasterData } from './master-data.ts';
import { conflict, invalid } from './refusals.ts';
import type { ShipNotices } from './ship-notices.ts';
import type { StockJournal } from './stock-journal.ts';

interface ReceivingOptions {
  readonly store: Store;
  readonly masterData: MasterData;
  readonly stock: StockJournal;
  readonly confirmations: Confirmations;
  readonly expectedReceipts: ExpectedReceipts;
  readonly shipNotices: ShipNotices;
  readonly docks: ReadonlySet<string>;
}

/** A receiving that was checked: what the confirmation is made of. */
interface Count {
  readonly order: ExpectedReceipt | undefined;
  readonly notice: AdvanceShipNotice | undefined;
  readonly plant: string;
  readonly receivedOn: CalendarDate;
  readonly lines: readonly CountedLine[];
  readonly progress: readonly LineProgress[];
}

export class Receiving {
  readonly documents: Collection<ReceiptConfirmation>;
  readonly byPurchaseOrder: Index<ReceiptConfirmation>;
  readonly byShipNotice: Index<ReceiptConfirmation>;
  readonly #options: ReceivingOptions;

  constructor(options: ReceivingOptions) {
    this.#options = options;
    this.documents = options.confirmations.documents;
    this.byPurchaseOrder = options.confirmations.byPurchaseOrder;
    this.byShipNotice = options.confirmations.byShipNotice;
  }

  /** The confirmation that took this one back, if any did. */
  reversalOf(number: string): ReceiptConfirmation | undefined {
    return this.#options.confirmations.reversalOf(number);
  }

  /**
   * Confirms a count and emits `receipt.confirmed`. Rules: `unknown-order`, `order-known` (for goods
   * said to be without one), `expected-receipt-closed`, `expected-receipt-cancelled`,
   * `unknown-plant`, `unknown-dock`, `future-date`, `no-lines`, `duplicate-line`, `over-delivery`
   * (good goods beyond the tolerance), `ship-notice-mismatch`, `unknown-ship-notice`,
   * `ship-notice-closed`, `ship-notice-cancelled`, and those of counted lines.
   */
  receive(draft: ReceivingDraft, context: Context): ReceiptConfirmation {
    return this.#options.store.transaction(context, () => {
      const count = this.#check(draft, context);
      const confirmation = this.#confirmation(draft, count, context);
      this.documents.put(confirmation.number, confirmation);
      for (const line of count.lines) this.#stock(confirmation, line, context);
      if (count.order) this.#options.expectedReceipts.refreshReceived(count.order, context);
      if (count.notice) {
        this.#options.shipNotices.markCounted(count.notice, draft.purchaseOrder, !draft.partial);
      }
      return this.#emit('receipt.confirmed', confirmation);
    });
  }

  /**
   * Takes a confirmation back in full by one of its own and emits `receipt.reversed` under the new
   * number. The goods must still be at the dock. Rules: `unknown-confirmation`, `is-reversal`,
   * `already-reversed`, `expected-receipt-closed`, `expected-receipt-cancelled`, `insufficient-stock`.
   */
  reverse(number: string, context: Context): ReceiptConfirmation {
    const { store, confirmations, expectedReceipts, shipNotices } = this.#options;
    return store.transaction(context, () => {
      const original = confirmations.expect(number);
      const earlier = confirmations.reversalOf(number);
      if (earlier)
        throw conflict('already-reversed', `${number} was taken back by ${earlier.number}.`);
      const order = this.#orderOf(original);
      if (order) expectedReceipts.checkOpen(order);
      const reversal: ReceiptConfirmation = {
        ...original,
        number: this.#nextNumber(),
        receivedOn: calendarDate(context.today),
        receivedAt: timestamp(context.at),
        receivedBy: context.by,
        discrepancies: [],
        reverses: number,
      };
      this.documents.put(reversal.number, reversal);
      this.#takeStockBack(original, reversal.number, context);
      if (order) expectedReceipts.refreshReceived(order, context);
      if (original.shipNotice !== undefined) {
        shipNotices.markCounted(
          shipNotices.expect(original.shipNotice),
          original.purchaseOrder,
          false,
        );
      }
      return this.#emit('receipt.reversed', reversal);
    });
  }

  #check(draft: ReceivingDraft, context: Context): Count {
    const { masterData, confirmations, docks } = this.#options;
    const order = this.#checkOrder(draft);
    const plant = order?.plant ?? masterData.plant(draft.plant ?? '', 'plant').code;
    checkDock(draft.dock, docks);
    const receivedOn = draft.receivedOn ?? calendarDate(context.today);
    if (receivedOn > context.today) {
      throw invalid('future-date', `${receivedOn} is not here yet.`, 'receivedOn');
    }
    if (draft.lines.length === 0) throw invalid('no-lines', 'A count has lines.', 'lines');
    const notice = this.#checkNotice(draft);
    const against = { order, masterData, receivedOn };
    const lines = draft.lines.map((line, i) => countedLine(line, against, `lines[${i}].`));
    checkCountedOnce(lines);
    const partial = draft.partial ?? false;
    const progress = order
      ? progressOf({ order, notice, lines, partial, confirmations, masterData })
      : [];
    if (order) checkOverDelivery(order, lines, progress);
    return { order, notice, plant, receivedOn, lines, progress };
  }

  #checkOrder(draft: ReceivingDraft): ExpectedReceipt | undefined {
    const { expectedReceipts } = this.#options;
    const order = expectedReceipts.byPurchaseOrder.first(draft.purchaseOrder);
    if (draft.withoutOrder) {
      if (!order) return undefined;
      throw invalid(
        'order-known',
        `${draft.purchaseOrder} is expected as ${order.number}.`,
        'withoutOrder',
      );
    }
    if (!order) {
      throw invalid(
        'unknown-order',
        `Order ${draft.purchaseOrder} is not expected here.`,
        'purchaseOrder',
      );
    }
    expectedReceipts.checkOpen(order);
    return order;
  }

  #checkNotice({ shipNotice, purchaseOrder }: ReceivingDraft): AdvanceShipNotice | undefined {
    if (shipNotice === undefined) return undefined;
    const notice = this.#options.shipNotices.expectOpen(shipNotice);
    if (notice.lines.some((line) => line.purchaseOrder === purchaseOrder)) return notice;
    throw invalid(
      'ship-notice-mismatch',
      `Ship notice ${shipNotice} announces nothing of order ${purchaseOrder}.`,
      'shipNotice',
    );
  }

  #confirmation(draft: ReceivingDraft, count: Count, context: Context): ReceiptConfirmation {
    return {
      number: this.#nextNumber(),
      purchaseOrder: draft.purchaseOrder,
      ...(draft.shipNotice === undefined ? {} : { shipNotice: draft.shipNotice }),
      plant: count.plant,
      dock: draft.dock,
      receivedOn: count.receivedOn,
      receivedAt: timestamp(context.at),
      receivedBy: context.by,
      lines: confirmationLines(count.lines, count.progress),
      discrepancies: discrepanciesOf(count.lines, count.progress),
    };
  }

  #stock({ number, plant, dock }: ReceiptConfirmation, line: CountedLine, context: Context): void {
    const { material, lot, ordered, condition, baseQuantity: quantity } = line;
    const status = stockStatusOf({ condition, purchaseOrderLine: ordered?.line ?? '' });
    const place = { material: material.number, plant, location: dock, lot, status };
    const unit = material.baseUnit;
    this.#options.stock.post(
      { reason: 'receipt', place, quantity, unit, reference: number },
      context,
    );
  }

  #takeStockBack(original: ReceiptConfirmation, reference: string, context: Context): void {
    const { stock } = this.#options;
    // The journal and not the lines: a conversion may have changed since, what was booked has not.
    const booked = stock.movementsByReference.find(original.number);
    for (const { material, plant, location, lot, status, quantity, unit } of booked) {
      const place = { material, plant, location, lot, status };
      const reason = 'receiptReversal';
      stock.post({ reason, place, quantity: negate(quantity), unit, reference }, context);
    }
  }

  #orderOf({ purchaseOrder, lines }: ReceiptConfirmation): ExpectedReceipt | undefined {
    const forOrder = lines.some((line) => line.purchaseOrderLine !== '');
    return forOrder
      ? this.#options.expectedReceipts.byPurchaseOrder.first(purchaseOrder)
      : undefined;
  }

  #nextNumber(): string {
    return `WR-${String(this.#options.store.nextNumber('ReceiptConfirmation')).padStart(7, '0')}`;
  }

  #emit(
    type: 'receipt.confirmed' | 'receipt.reversed',
    data: ReceiptConfirmation,
  ): ReceiptConfirmation {
    const { number: key } = data;
    this.#options.store.emit({ type, document: 'ReceiptConfirmation', key, version: 1, data });
    return data;
  }
}
