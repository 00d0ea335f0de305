/**
 * Advance ship notices: what suppliers say is on its way, linked line by line to expected receipts.
 * A notice that comes before its order is refused: a warehouse cannot keep what it cannot place.
 */
import type { AdvanceShipNotice } from '../../domain/advance-ship-notice.ts';
import type { ExpectedReceipt } from '../../domain/warehouse.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import type { Confirmations } from './confirmations.ts';
import type { ShipNoticeDraft, ShipNoticeLineDraft } from './drafts.ts';
import { checkNoDuplicates } from './expected-receipt-lines.ts';
import type { ExpectedReceipts } from './expected-receipts.ts';
import type { MasterData } from './master-data.ts';
import { toBaseUnit } from './quantities.ts';
import { conflict, duplicate, invalid, notFound } from './refusals.ts';

interface ShipNoticesOptions {
  readonly store: Store;
  readonly masterData: MasterData;
  readonly expectedReceipts: ExpectedReceipts;
  readonly confirmations: Confirmations;
}

/** Whether all that a notice announced for an order was counted. */
interface CountedOrder {
  readonly complete: boolean;
}

export class ShipNotices {
  readonly documents: Collection<AdvanceShipNotice>;
  readonly byPurchaseOrder: Index<AdvanceShipNotice>;
  readonly #options: ShipNoticesOptions;
  readonly #counted: Collection<CountedOrder>;

  constructor(options: ShipNoticesOptions) {
    this.#options = options;
    this.documents = options.store.collection('AdvanceShipNotice');
    this.byPurchaseOrder = this.documents.index(ordersOf);
    this.#counted = options.store.collection('ShipNoticeCount', { recorded: false });
  }

  /**
   * Rules: `duplicate` (number), `invalid-number`, `no-lines`, `duplicate-line`, `unknown-supplier`,
   * `unknown-plant`, `unknown-material`, `unknown-order`, `unknown-order-line`, `supplier-mismatch`,
   * `material-mismatch`, `line-cancelled`, `expected-receipt-closed`, `expected-receipt-cancelled`,
   * and those of quantities.
   */
  create(draft: ShipNoticeDraft, context: Context): AdvanceShipNotice {
    const { store, masterData } = this.#options;
    return store.transaction(context, () => {
      if (!/^[\w./-]{1,35}$/.test(draft.number)) {
        throw invalid('invalid-number', `${draft.number} is no number of a ship notice.`, 'number');
      }
      if (this.documents.has(draft.number)) {
        throw duplicate('duplicate', `Ship notice ${draft.number} is known already.`, 'number');
      }
      masterData.suppliers.expect(draft.supplier, 'supplier');
      masterData.plant(draft.plant, 'plant');
      if (draft.lines.length === 0) throw invalid('no-lines', 'A ship notice has lines.', 'lines');
      checkNoDuplicates(draft.lines);
      for (const [i, line] of draft.lines.entries()) this.#checkLine(draft, line, `lines[${i}].`);
      return this.documents.put(draft.number, noticeOf(draft)).data;
    });
  }

  /** Rules: `unknown-ship-notice`, `ship-notice-closed`, `ship-notice-cancelled`, `already-received`. */
  cancel(number: string, context: Context): AdvanceShipNotice {
    return this.#options.store.transaction(context, () => {
      const notice = this.expectOpen(number);
      const { confirmations } = this.#options;
      const counted = (order: string) => confirmations.linesOfNotice(number, order).size > 0;
      if (ordersOf(notice).some(counted)) {
        throw conflict('already-received', `Goods of ship notice ${number} were counted.`);
      }
      return this.#setStatus(notice, 'cancelled');
    });
  }

  /** The notice; refuses with `unknown-ship-notice`. */
  expect(number: string): AdvanceShipNotice {
    const notice = this.documents.get(number);
    if (notice) return notice;
    throw notFound('unknown-ship-notice', `There is no ship notice ${number}.`, 'shipNotice');
  }

  /** As {@link expect}; refuses with `ship-notice-closed` or `ship-notice-cancelled` too. */
  expectOpen(number: string): AdvanceShipNotice {
    const notice = this.expect(number);
    if (notice.status !== 'closed' && notice.status !== 'cancelled') return notice;
    throw conflict(
      `ship-notice-${notice.status}`,
      `Ship notice ${number} is ${notice.status}.`,
      'shipNotice',
    );
  }

  /** The lorry is at the dock. For arrivals, in their transaction. */
  markArrived(notice: AdvanceShipNotice): AdvanceShipNotice {
    return this.#setStatus(notice, 'arrived');
  }

  /** Goods of an order were counted; the notice closes with the last order. For receiving. */
  markCounted(notice: AdvanceShipNotice, purchaseOrder: string, complete: boolean): void {
    this.#counted.put(`${notice.number}/${purchaseOrder}`, { complete });
    const all = ordersOf(notice).every(
      (order) => this.#counted.get(`${notice.number}/${order}`)?.complete,
    );
    this.#setStatus(notice, all ? 'closed' : 'arrived');
  }

  #setStatus(notice: AdvanceShipNotice, status: AdvanceShipNotice['status']): AdvanceShipNotice {
    if (notice.status === status) return notice;
    return this.documents.put(notice.number, { ...notice, status }).data;
  }

  #checkLine(draft: ShipNoticeDraft, line: ShipNoticeLineDraft, path: string): void {
    const { masterData, expectedReceipts } = this.#options;
    const material = masterData.materials.expect(line.material, `${path}material`);
    const order = expectedReceipts.byPurchaseOrder.first(line.purchaseOrder);
    if (!order) {
      const message = `Order ${line.purchaseOrder} is not expected here.`;
      throw invalid('unknown-order', message, `${path}purchaseOrder`);
    }
    expectedReceipts.checkOpen(order);
    if (order.supplier !== draft.supplier) {
      const message = `Order ${order.purchaseOrder} is with supplier ${order.supplier}.`;
      throw invalid('supplier-mismatch', message, 'supplier');
    }
    checkOrderLine(order, line, path);
    toBaseUnit(line, material, path);
  }
}

function checkOrderLine(order: ExpectedReceipt, line: ShipNoticeLineDraft, path: string): void {
  const ordered = order.lines.find((each) => each.line === line.purchaseOrderLine);
  const field = `${path}purchaseOrderLine`;
  if (!ordered) {
    const message = `Order ${order.purchaseOrder} has no line ${line.purchaseOrderLine}.`;
    throw invalid('unknown-order-line', message, field);
  }
  if (ordered.cancelled) {
    throw conflict('line-cancelled', `Line ${ordered.line} is cancelled.`, field);
  }
  if (ordered.material !== line.material) {
    const message = `Line ${ordered.line} orders ${ordered.material}.`;
    throw invalid('material-mismatch', message, `${path}material`);
  }
}

const ordersOf = (notice: AdvanceShipNotice): string[] => [
  ...new Set(notice.lines.map((line) => line.purchaseOrder)),
];

function noticeOf(draft: ShipNoticeDraft): AdvanceShipNotice {
  const { number, supplier, shippedAt, estimatedArrival, carrier, trackingNumber, plant } = draft;
  const lines = draft.lines.map((each) => ({
    line: each.line,
    purchaseOrder: each.purchaseOrder,
    purchaseOrderLine: each.purchaseOrderLine,
    material: each.material,
    quantity: each.quantity,
    unit: each.unit,
    ...(each.lot === undefined ? {} : { lot: each.lot }),
    ...(each.expiresOn === undefined ? {} : { expiresOn: each.expiresOn }),
  }));
  return {
    number,
    supplier,
    shippedAt,
    estimatedArrival,
    carrier,
    trackingNumber,
    plant,
    status: 'inTransit',
    lines,
  };
}
