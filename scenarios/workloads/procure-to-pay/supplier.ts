/**
 * The supplier: answers orders, ships in full or in parts, sends invoices early, late, twice or too
 * high, and credits what he asked too much. He sees orders and counts in the procurement suite's portal.
 */
import { type CalendarDate, addDays, timestamp } from '../../../domain/calendar-date.ts';
import {
  type Decimal,
  divide,
  isPositive,
  minimum,
  multiply,
  round,
  subtract,
  zero,
} from '../../../domain/decimal.ts';
import type {
  AcknowledgementLine,
  OrderAcknowledgement,
} from '../../../domain/order-acknowledgement.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../../domain/purchase-order.ts';
import type { ShipNotice } from '../../../simulators/procurement/documents.ts';
import { cutQuantity, deliveryOf } from './buyer.ts';
import type { Deed, Desk } from './desk.ts';
import { type Market, unitDecimals } from './market.ts';
import type { OrderFile, Portion } from './order-file.ts';
import type { BatchPlan } from './plan.ts';

const carriers = ['DHL', 'DSV', 'Kuehne+Nagel', 'UPS'] as const;

export class Supplier {
  readonly #desk: Desk;
  readonly #market: Market;

  constructor(desk: Desk, market: Market) {
    this.#desk = desk;
    this.#market = market;
  }

  /** Answers the order as it stands, each revision once. */
  acknowledge(file: OrderFile): OrderAcknowledgement | undefined {
    const { acknowledgements, orders } = this.#desk.procurement;
    const order = file.standing(this.#desk.procurement);
    // A framework without deliveries needs no confirmation.
    if (order === undefined || order.lines.every((line) => !line.goodsReceiptExpected))
      return undefined;
    const answers = acknowledgements.byOrder.find(order.number);
    if (answers.some((each) => each.orderRevision === order.revision)) return undefined;
    const lines = file.plan.batches.flatMap((batch) =>
      file.linesOf(order, batch).map((line) => answer(line, batch, answers.length === 0)),
    );
    const { number: purchaseOrder, revision: orderRevision, supplier } = order;
    return this.#desk.act(
      this.#deed(file, 'acknowledge order'),
      (context) => orders.acknowledge({ purchaseOrder, orderRevision, supplier, lines }, context),
      (acknowledgement) => acknowledgement.number,
    );
  }

  /** Loads the truck: this shipment's part of what is still to be shipped. Empty when nothing is. */
  load(file: OrderFile, batch: BatchPlan, part: number, order: PurchaseOrder): Portion[] {
    const parts = batch.shipments.length;
    return file.linesOf(order, batch).flatMap((line) => {
      const left = subtract(line.quantity, file.shipped(line.line));
      const share = round(divide(line.quantity, String(parts) as Decimal), unitDecimals(line.unit));
      const quantity = part === parts - 1 ? left : minimum(share, left);
      if (!isPositive(quantity)) return [];
      file.noteShipped(line.line, quantity);
      const { material, unit } = line;
      const lot = this.#market.materialOf(material).batchManaged
        ? lotOf(file, line, part)
        : undefined;
      return [{ line: line.line, material, quantity, unit, ...(lot === undefined ? {} : { lot }) }];
    });
  }

  /** Announces the truck. */
  announce(
    file: OrderFile,
    order: PurchaseOrder,
    portions: readonly Portion[],
    arrivalDays: number,
  ): ShipNotice | undefined {
    const { world, procurement } = this.#desk;
    const today = world.calendar.today() as CalendarDate;
    const trackingNumber = world.random
      .hex(12, 'tracking', order.number, file.shipped(portions[0]?.line ?? ''))
      .toUpperCase();
    const draft = {
      supplier: order.supplier,
      shippedAt: timestamp(this.#desk.now),
      estimatedArrival: addDays(today, Math.max(0, Math.ceil(arrivalDays))),
      carrier: world.random.pick(carriers, 'carrier', order.number),
      trackingNumber,
      plant: order.lines[0]?.plant ?? '',
      lines: portions.map(({ line: purchaseOrderLine, material, quantity, unit, lot }) => ({
        purchaseOrder: order.number,
        purchaseOrderLine,
        material,
        quantity,
        unit,
        ...(lot === undefined ? {} : { lot, expiresOn: this.#expiry(material, today) }),
      })),
    };
    return this.#desk.act(
      this.#deed(file, 'announce shipment'),
      (context) => procurement.shipNotices.create(draft, context),
      (notice) => notice.number,
    );
  }

  /** A lot keeps for its shelf life, or for two years where nobody said how long. */
  #expiry(material: string, today: CalendarDate): CalendarDate {
    return addDays(today, this.#market.materialOf(material).shelfLifeDays ?? 730);
  }

  #deed(file: OrderFile, action: string): Deed {
    const order = this.#desk.procurement.orders.documents.get(file.number);
    const actor = `supplier ${order?.supplier ?? ''}`;
    return {
      actor,
      action,
      system: 'procurement',
      subject: file.name,
      correlationId: file.correlationId,
    };
  }
}

/** Only the first answer says anything new; later ones accept what was changed. */
function answer(line: PurchaseOrderLine, batch: BatchPlan, first: boolean): AcknowledgementLine {
  const { line: number, quantity, unit } = line;
  const deliveryDate = line.scheduleLines[0]?.confirmedDate ?? deliveryOf(line);
  const accepted: AcknowledgementLine = {
    line: number,
    decision: 'accepted',
    quantity,
    unit,
    deliveryDate,
  };
  if (batch.answer === 'rejected') {
    return { ...accepted, decision: 'rejected', quantity: zero, reason: 'discontinued' };
  }
  if (!first) return accepted;
  if (batch.answer === 'dateChanged') {
    return { ...accepted, decision: 'dateChanged', deliveryDate: addDays(deliveryDate, 4) };
  }
  const factor = batch.changes.find((change) => change.kind === 'quantity')?.factor;
  const cut = factor === undefined ? quantity : cutQuantity(line, factor);
  if (batch.answer !== 'quantityChanged' || cut === quantity) return accepted;
  return { ...accepted, decision: 'quantityChanged', quantity: cut };
}

/** Ten characters at most, as many as an ERP has for a lot: order in base 36, line, shipment. */
const lotOf = (file: OrderFile, { line }: PurchaseOrderLine, part: number): string =>
  `${Number(file.number.replace(/\D/g, '')).toString(36)}-${line}-${part + 1}`.toUpperCase();

/** `quantity` at the share of `percent`, whole where the unit is; used for what is short or broken. */
export function shareOf(quantity: Decimal, percent: number, unit: string): Decimal {
  return round(multiply(quantity, String(percent / 100) as Decimal), unitDecimals(unit));
}
