/**
 * The story of an order: which actor does what after whom, by the order's plan. A step comes at its
 * planned time, but never sooner than a gap after the step that it depends on.
 */
import type { Invoice } from '../../../simulators/procurement/documents.ts';
import { ApClerk } from './ap-clerk.ts';
import { Approver } from './approver.ts';
import { Buyer } from './buyer.ts';
import type { Desk } from './desk.ts';
import { Market } from './market.ts';
import { orderCorrelation } from './excerpted.ts';
import { OrderFile, type Portion, type Shipment } from './order-file.ts';
import type { Pace } from './pace.ts';
import type { BatchPlan, InvoicePlan, OrderPlan } from './plan.ts';
import { Supplier } from './supplier.ts';
import { SupplierBilling } from './supplier-billing.ts';
import { WarehouseClerk } from './warehouse-clerk.ts';

/** Business days that a driver waits for the newest revision of an order. */
const patienceDays = 4;

export class OrderStory {
  readonly #desk: Desk;
  readonly #pace: Pace;
  readonly #buyer: Buyer;
  readonly #approver: Approver;
  readonly #supplier: Supplier;
  readonly #billing: SupplierBilling;
  readonly #warehouse: WarehouseClerk;
  readonly #apClerk: ApClerk;

  constructor(desk: Desk, market: Market, pace: Pace) {
    this.#desk = desk;
    this.#pace = pace;
    this.#buyer = new Buyer(desk, market, pace);
    this.#approver = new Approver(desk, pace);
    this.#supplier = new Supplier(desk, market);
    this.#billing = new SupplierBilling(desk, pace);
    const patienceMs = Math.max(20 * desk.gapMs, patienceDays * pace.businessDayMs);
    this.#warehouse = new WarehouseClerk(desk, market, patienceMs);
    this.#apClerk = new ApClerk(desk);
  }

  begin(plan: OrderPlan): void {
    const correlationId = orderCorrelation(this.#desk.world.random, plan.index);
    const file = new OrderFile(plan, correlationId);
    if (plan.requisition === undefined) return this.#issue(file);
    const requisition = this.#buyer.request(file);
    if (requisition === undefined) return;
    this.#approver.decide(file, requisition, plan.requisition, () => {
      const intent = { what: 'orders to issue', example: requisition };
      this.#desk.later(this.#desk.gapMs, intent, () => this.#issue(file, requisition));
    });
  }

  #issue(file: OrderFile, requisition?: string): void {
    const order = this.#buyer.issue(file, requisition);
    if (order === undefined) return;
    file.number = order.number;
    file.orderedAt = this.#desk.now;
    this.#step(file, file.plan.acknowledgedAfter, 'orders to acknowledge', () => {
      this.#supplier.acknowledge(file);
      for (const batch of file.plan.batches) this.#change(file, batch, 0);
    });
  }

  /** The changes of a batch one after the other, then its first truck. */
  #change(file: OrderFile, batch: BatchPlan, index: number): void {
    const change = batch.changes[index];
    if (change === undefined) return this.#ship(file, batch, 0);
    this.#step(file, change.after, 'orders to change', () => {
      this.#buyer.change(file, batch, change);
      const last = index === batch.changes.length - 1;
      if (!last) return this.#change(file, batch, index + 1);
      // The supplier answers the changed order before he ships.
      this.#step(file, change.after, 'orders to acknowledge', () => {
        this.#supplier.acknowledge(file);
        this.#ship(file, batch, 0);
      });
    });
  }

  #ship(file: OrderFile, batch: BatchPlan, part: number): void {
    const plan = batch.shipments[part];
    if (plan === undefined) return;
    this.#step(file, plan.shippedAfter, 'goods to ship', () => {
      const order = file.standing(this.#desk.procurement);
      if (order === undefined) return;
      const portions = this.#supplier.load(file, batch, part, order);
      const shipment = { file, batch, plan, part, portions };
      if (portions.length > 0) this.#send(shipment);
      this.#ship(file, batch, part + 1);
    });
  }

  #send(shipment: Shipment): void {
    const { file, plan, portions } = shipment;
    const { invoice, receivedAfter } = plan;
    if (receivedAfter === undefined) {
      if (invoice) this.#bill(shipment, portions, invoice);
      return;
    }
    const order = file.standing(this.#desk.procurement);
    const arrivalDays = this.#pace.days(receivedAfter) - this.#pace.days(plan.shippedAfter);
    const notice =
      plan.announced && order
        ? this.#supplier.announce(file, order, portions, arrivalDays)
        : undefined;
    const truck = notice === undefined ? shipment : { ...shipment, notice: notice.number };
    this.#step(file, receivedAfter, 'trucks on the road', () => this.#receive(truck));
    if (invoice && invoice.recordedAfter < receivedAfter) this.#bill(truck, portions, invoice);
  }

  #receive(shipment: Shipment): void {
    const { file, plan } = shipment;
    this.#warehouse.receive(shipment, plan.count, (confirmation, good) => {
      if (plan.recountedAfter === undefined) return this.#store(shipment, confirmation, good);
      this.#step(file, plan.recountedAfter, 'goods to count again', () =>
        this.#warehouse.recount(shipment, confirmation, (second, all) =>
          this.#store(shipment, second, all),
        ),
      );
    });
  }

  #store(
    shipment: Shipment,
    confirmation: Parameters<WarehouseClerk['putAway']>[1],
    good: readonly Portion[],
  ): void {
    const intent = { what: 'goods to put away', example: confirmation.number };
    this.#desk.later(this.#desk.gapMs, intent, () =>
      this.#warehouse.putAway(shipment, confirmation),
    );
    const { invoice, receivedAfter = 0 } = shipment.plan;
    if (invoice && invoice.recordedAfter >= receivedAfter) this.#bill(shipment, good, invoice);
  }

  #bill(shipment: Shipment, portions: readonly Portion[], plan: InvoicePlan): void {
    this.#step(shipment.file, plan.recordedAfter, 'invoices to come', () =>
      this.#invoice(shipment, portions, plan, false),
    );
  }

  #invoice(
    shipment: Shipment,
    portions: readonly Portion[],
    plan: InvoicePlan,
    again: boolean,
  ): void {
    const { file } = shipment;
    const invoice = this.#billing.invoice(shipment, portions, plan, again);
    if (invoice === undefined) return;
    const cancelled = again ? undefined : plan.cancelled;
    if (cancelled) {
      this.#apClerk.reserve(invoice.number);
      this.#apClerk.whenPosted(invoice.number, () => {
        // Found wrong at once: it must not be paid before it is cancelled.
        this.#apClerk.block(file, invoice.number);
        this.#step(file, cancelled.after, 'invoices to cancel', () =>
          this.#apClerk.cancel(file, invoice.number, () =>
            this.#step(file, cancelled.againAfter, 'invoices to come', () =>
              this.#invoice(shipment, portions, plan, true),
            ),
          ),
        );
      });
    } else if (plan.block) {
      this.#apClerk.reserve(invoice.number);
      this.#question(file, invoice, plan.block);
    }
  }

  /** Disputed and approved in procurement, blocked and released in the ERP. */
  #question(file: OrderFile, invoice: Invoice, block: NonNullable<InvoicePlan['block']>): void {
    const { number, match } = invoice;
    const soon = (what: string, action: () => void): void =>
      this.#desk.later(this.#desk.gapMs, { what, example: number }, action);
    if (match !== 'exception') return this.#hold(file, number, block);
    const approve = (): void =>
      this.#apClerk.approve(file, number, () => this.#hold(file, number, block, invoice));
    if (block.creditedAfter === undefined) return soon('invoices to approve', approve);
    soon('invoices to dispute', () => {
      this.#apClerk.dispute(file, number);
      soon('invoices to approve', approve);
    });
  }

  #hold(
    file: OrderFile,
    number: string,
    block: NonNullable<InvoicePlan['block']>,
    raised?: Invoice,
  ): void {
    this.#apClerk.whenPosted(number, () => {
      this.#apClerk.block(file, number);
      const release = (): void =>
        this.#step(file, block.removedAfter, 'payment blocks to release', () =>
          this.#apClerk.release(file, number),
        );
      if (block.creditedAfter === undefined || raised === undefined) return release();
      this.#step(file, block.creditedAfter, 'credits to come', () => {
        const credit = this.#billing.creditExcess(file, raised);
        if (credit === undefined) release();
        else this.#apClerk.whenPosted(credit.number, release);
      });
    });
  }

  #step(file: OrderFile, after: number, what: string, action: () => void): void {
    const at = file.orderedAt + this.#pace.ms(after);
    const delayMs = Math.max(this.#desk.gapMs, at - this.#desk.now);
    this.#desk.later(delayMs, { what, example: file.number }, action);
  }
}
