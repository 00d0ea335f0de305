/** The file that actors keep about one order while its story runs. Their paper, not a system's document. */
import { type Decimal, add, zero } from '../../../domain/decimal.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../../domain/purchase-order.ts';
import type { ProcurementCore } from '../../../simulators/procurement/procurement-core.ts';
import type { BatchPlan, OrderPlan, ShipmentPlan } from './plan.ts';

export class OrderFile {
  readonly plan: OrderPlan;
  /** Carried from the first step to the last. */
  readonly correlationId: string;
  /** Trial time at which the order was created. */
  orderedAt = 0;
  /** The order's number, once it has one. */
  number = '';
  readonly #shipped = new Map<string, Decimal>();

  constructor(plan: OrderPlan, correlationId: string) {
    this.plan = plan;
    this.correlationId = correlationId;
  }

  /** What people call it before it has a number. */
  get name(): string {
    return this.number === '' ? `order ${this.plan.index + 1}` : this.number;
  }

  /** The order as it stands, unless nothing more can come of it. */
  standing({ orders }: ProcurementCore): PurchaseOrder | undefined {
    const order = orders.documents.get(this.number);
    return order?.status === 'cancelled' || order?.status === 'rejected' ? undefined : order;
  }

  /** The lines of a batch that are still bought. */
  linesOf(order: PurchaseOrder, batch: BatchPlan): PurchaseOrderLine[] {
    return batch.lines
      .map((index) => order.lines[index])
      .filter((line) => line !== undefined)
      .filter((line) => !line.deleted);
  }

  shipped(line: string): Decimal {
    return this.#shipped.get(line) ?? zero;
  }

  noteShipped(line: string, quantity: Decimal): void {
    this.#shipped.set(line, add(this.shipped(line), quantity));
  }
}

/** Some of an order's line, on its way or counted. */
export interface Portion {
  readonly line: string;
  readonly material: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly lot?: string;
}

/** One truck of one batch. */
export interface Shipment {
  readonly file: OrderFile;
  readonly batch: BatchPlan;
  readonly plan: ShipmentPlan;
  /** Which of the batch's shipments, from 0. */
  readonly part: number;
  readonly portions: readonly Portion[];
  readonly notice?: string;
}
