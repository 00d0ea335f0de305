/** Counts plans as an analyst counts an event log, one plan at a time and none kept. */
import { addDays } from '../../../domain/calendar-date.ts';
import { type Activity, activitiesOf } from './activities.ts';
import type { BatchPlan, MatchCategory, OrderPlan } from './plan.ts';
import { type Period, year2018 } from './period.ts';

/** Ranks that suppliers are told apart by: as many as the log has vendors. */
const vendorRanks = 1_975;

export class RealismTally {
  readonly #period: Period;
  orders = 0;
  items = 0;
  events = 0;
  mostEvents = 0;
  mostItems = 0;
  readonly itemsPerOrder: number[] = [];
  readonly categories: Record<MatchCategory, number> = {
    beforeReceipt: 0,
    afterReceipt: 0,
    consignment: 0,
    twoWay: 0,
  };
  readonly rework = {
    any: 0,
    paymentBlock: 0,
    quantityChanged: 0,
    priceChanged: 0,
    invoiceCancelled: 0,
  };
  /** Items with a receipt and an invoice, and of those the ones with the invoice dated before. */
  readonly dated = { both: 0, beforeReceipt: 0, invoiced: 0, beforeOrder: 0 };
  readonly receiptFirst = { required: 0, kept: 0 };
  readonly orderToReceipt: number[] = [];
  readonly receiptToInvoice: number[] = [];
  readonly invoiceToCleared: number[] = [];
  readonly variants = new Map<string, number>();
  readonly itemsByVendor = new Map<number, number>();
  readonly ordersByDayOfMonth: number[] = Array.from({ length: 32 }, () => 0);
  readonly ordersByHour: number[] = Array.from({ length: 24 }, () => 0);

  constructor(period: Period = year2018) {
    this.#period = period;
  }

  add(order: OrderPlan): void {
    const count = order.lines.length;
    this.orders++;
    this.items += count;
    this.itemsPerOrder.push(count);
    this.mostItems = Math.max(this.mostItems, count);
    const vendor = Math.floor(order.supplierRank * vendorRanks);
    this.itemsByVendor.set(vendor, (this.itemsByVendor.get(vendor) ?? 0) + count);
    const day = Math.floor(order.createdAt);
    bump(this.ordersByDayOfMonth, Number(addDays(this.#period.firstDay, day).slice(8)));
    bump(this.ordersByHour, Math.floor((order.createdAt - day) * 24));
    for (const batch of order.batches) this.#addBatch(order, batch);
  }

  #addBatch(order: OrderPlan, batch: BatchPlan): void {
    const items = batch.lines.length;
    this.categories[batch.category] += items;
    const activities = activitiesOf(order, batch);
    this.events += activities.length * items;
    this.mostEvents = Math.max(this.mostEvents, activities.length);
    const variant = activities.map(([, code]) => code).join('');
    this.variants.set(variant, (this.variants.get(variant) ?? 0) + items);
    this.#addRework(variant, items);
    this.#addTimes(batch, activities, items);
  }

  #addRework(variant: string, items: number): void {
    const has = (code: string): boolean => variant.includes(code);
    if (/[BqpXgdw]/.test(variant)) this.rework.any += items;
    if (has('B')) this.rework.paymentBlock += items;
    if (has('q')) this.rework.quantityChanged += items;
    if (has('p')) this.rework.priceChanged += items;
    if (has('X')) this.rework.invoiceCancelled += items;
  }

  #addTimes(batch: BatchPlan, activities: readonly Activity[], items: number): void {
    const first = (code: string): number | undefined =>
      activities.find((each) => each[1] === code)?.[0];
    const [receipt, invoice, dated, cleared] = [first('G'), first('I'), first('V'), first('C')];
    if (receipt !== undefined) push(this.orderToReceipt, receipt, items);
    if (invoice !== undefined && cleared !== undefined) {
      push(this.invoiceToCleared, cleared - invoice, items);
    }
    if (dated !== undefined) {
      this.dated.invoiced += items;
      if (dated < 0) this.dated.beforeOrder += items;
    }
    if (receipt === undefined || invoice === undefined || dated === undefined) return;
    push(this.receiptToInvoice, invoice - receipt, items);
    this.dated.both += items;
    if (dated < receipt) this.dated.beforeReceipt += items;
    if (batch.category !== 'afterReceipt') return;
    this.receiptFirst.required += items;
    if (invoice > receipt && dated > receipt) this.receiptFirst.kept += items;
  }
}

function bump(counts: number[], index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}

function push(list: number[], value: number, times: number): void {
  for (let i = 0; i < times; i++) list.push(value);
}
