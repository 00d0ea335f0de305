/**
 * Ship notices from the supplier portal. More than the order line still allows is taken in and
 * flagged: the goods are on the road whether the suite likes it or not.
 */
import { type Decimal, isGreater, minimum, subtract, sum, zero } from '../../domain/decimal.ts';
import type { PurchaseOrder } from '../../domain/purchase-order.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { QuantityException, ShipNotice } from './documents.ts';
import type { ShipNoticeDraft, ShipNoticeLineDraft } from './drafts.ts';
import { checkQuantity, converted, numbered } from './input-checks.ts';
import {
  checkMaterial,
  checkOrderSupplier,
  issuedOrder,
  openOrder,
  orderLineOf,
} from './open-order.ts';
import { largestReceipt, settleStatus } from './order-status.ts';
import { type ProcurementRecords, timeOf } from './procurement-records.ts';
import { checkNewNumber, found, refusal } from './refusal.ts';

type Line = ShipNotice['lines'][number];

export class ShipNotices {
  readonly documents: Collection<ShipNotice>;
  readonly byOrder: Index<ShipNotice>;
  readonly #records: ProcurementRecords;

  constructor(records: ProcurementRecords) {
    this.#records = records;
    this.documents = records.shipNotices;
    this.byOrder = records.shipNoticesByOrder;
  }

  create(draft: ShipNoticeDraft, context: Context): ShipNotice {
    const records = this.#records;
    records.supplier(draft.supplier);
    checkNewNumber(draft.number, this.documents, 'Ship notice');
    const lines = numbered(draft.lines).map(({ draft: line, line: number, at }) =>
      this.#line(line, number, at, draft),
    );
    const orders = [...new Set(lines.map(({ purchaseOrder }) => purchaseOrder))];
    return records.store.transaction(context, () => {
      const notice: ShipNotice = {
        ...draft,
        number: draft.number ?? records.nextNumber('SN'),
        shippedAt: draft.shippedAt ?? timeOf(context),
        status: 'inTransit',
        lines,
        orderRevisions: Object.fromEntries(
          orders.map((order) => [order, this.#order(order).revision]),
        ),
        exceptions: this.#overShipments(lines),
      };
      this.#save(notice);
      for (const order of orders) settleStatus(order, records, context);
      const { number: key } = notice;
      const event = { type: 'ship-notice.created', document: 'AdvanceShipNotice', key, version: 1 };
      records.store.emit({ ...event, data: notice });
      return notice;
    });
  }

  /** The supplier takes the notice back; refused once the goods arrived. */
  cancel(number: string, context: Context): ShipNotice {
    const notice = found(this.documents.get(number), 'Ship notice', number);
    if (notice.status !== 'inTransit') {
      throw refusal(
        'conflict',
        'ship-notice-not-in-transit',
        `Ship notice ${number} is ${notice.status}.`,
      );
    }
    return this.#records.store.transaction(context, () => {
      const cancelled = this.#save({ ...notice, status: 'cancelled' });
      for (const order of Object.keys(notice.orderRevisions))
        settleStatus(order, this.#records, context);
      return cancelled;
    });
  }

  /** Some of the goods were received. Needs a transaction. */
  noteArrival(number: string): void {
    const notice = this.documents.get(number);
    if (notice?.status === 'inTransit') this.#save({ ...notice, status: 'arrived' });
  }

  #line(draft: ShipNoticeLineDraft, line: string, at: string, header: ShipNoticeDraft): Line {
    const records = this.#records;
    const order = openOrder(
      issuedOrder(draft.purchaseOrder, records, `${at}.purchaseOrder`),
      `${at}.purchaseOrder`,
    );
    checkOrderSupplier(order, header.supplier, `${at}.purchaseOrder`);
    const ordered = orderLineOf(order, draft.purchaseOrderLine, `${at}.purchaseOrderLine`);
    checkMaterial(draft.material, ordered, `${at}.material`);
    if (ordered.plant !== header.plant) {
      throw refusal(
        'invalid',
        'wrong-plant',
        `Line ${ordered.line} goes to plant ${ordered.plant}.`,
        'plant',
      );
    }
    const material = records.material(ordered.material, `${at}.material`);
    const unit = draft.unit ?? ordered.unit;
    checkQuantity(draft.quantity, unit, material, at);
    converted(draft.quantity, unit, ordered.unit, material, `${at}.unit`);
    return { ...draft, line, material: ordered.material, unit };
  }

  #order(number: string): PurchaseOrder {
    return found(this.#records.orders.get(number), 'Purchase order', number);
  }

  /** Lines by which more is announced in all than the order line takes. */
  #overShipments(lines: readonly Line[]): QuantityException[] {
    const announced = new Map<string, Decimal>();
    return lines.flatMap((line) => {
      const { purchaseOrder, purchaseOrderLine } = line;
      const ordered = orderLineOf(this.#order(purchaseOrder), purchaseOrderLine, 'lines');
      if (ordered.unlimitedOverdelivery) return [];
      const key = `${purchaseOrder}/${purchaseOrderLine}`;
      const before = announced.get(key) ?? this.#announced(purchaseOrder, purchaseOrderLine);
      const quantity = this.#inOrderUnit(line, ordered.unit);
      const after = sum([before, quantity]);
      announced.set(key, after);
      if (!isGreater(after, largestReceipt(ordered))) return [];
      const excess = minimum(quantity, subtract(after, largestReceipt(ordered)));
      return [{ kind: 'overShipment', line: line.line, purchaseOrder, purchaseOrderLine, excess }];
    });
  }

  #announced(order: string, line: string): Decimal {
    const ordered = orderLineOf(this.#order(order), line, 'lines');
    const quantities = this.byOrder
      .find(order)
      .filter(({ status }) => status !== 'cancelled')
      .flatMap((notice) => notice.lines)
      .filter((each) => each.purchaseOrder === order && each.purchaseOrderLine === line)
      .map((each) => this.#inOrderUnit(each, ordered.unit));
    return sum([zero, ...quantities]);
  }

  #inOrderUnit({ quantity, unit, material }: Line, orderUnit: string): Decimal {
    return converted(
      quantity,
      unit,
      orderUnit,
      this.#records.material(material, 'material'),
      'unit',
    );
  }

  #save(notice: ShipNotice): ShipNotice {
    this.documents.put(notice.number, notice);
    this.#records.flags.reset('AdvanceShipNotice', notice.number);
    return notice;
  }
}
