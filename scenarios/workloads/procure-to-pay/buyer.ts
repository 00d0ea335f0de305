/** The buyer: asks for approval where it is needed, issues orders, and changes his mind. */
import { type CalendarDate, addDays } from '../../../domain/calendar-date.ts';
import {
  type Decimal,
  add,
  isZero,
  minimum,
  multiply,
  one,
  round,
} from '../../../domain/decimal.ts';
import { currencyDecimals } from '../../../domain/currency.ts';
import type { Plant, Supplier } from '../../../domain/master-data.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../../domain/purchase-order.ts';
import type {
  OrderChange,
  OrderDraft,
  OrderLineDraft,
} from '../../../simulators/procurement/drafts.ts';
import type { Deed, Desk } from './desk.ts';
import { type Market, atLeastACoin, scaled, unitDecimals } from './market.ts';
import { mix } from './mix.ts';
import type { OrderFile } from './order-file.ts';
import type { Pace } from './pace.ts';
import type { BatchPlan, ChangePlan, LinePlan, OrderPlan } from './plan.ts';

const buyers = ['buyer-1', 'buyer-2', 'buyer-3'] as const;

export class Buyer {
  readonly #desk: Desk;
  readonly #market: Market;
  readonly #pace: Pace;

  constructor(desk: Desk, market: Market, pace: Pace) {
    this.#desk = desk;
    this.#market = market;
    this.#pace = pace;
  }

  /** Draws up a requisition and submits it. Gives its number. */
  request(file: OrderFile): string | undefined {
    const { requisitions } = this.#desk.procurement;
    const draft = this.#draft(file.plan);
    const lines = draft.lines.map(
      ({ material, quantity, netPrice, priceQuantity = one, plant, deliveryDate }) => ({
        material,
        quantity,
        plant,
        requiredOn: deliveryDate,
        estimatedPrice: priceQuantity === one ? netPrice : this.#each(netPrice, draft.currency),
      }),
    );
    const { companyCode, supplier, currency } = draft;
    return this.#desk.act(
      this.#deed(file, 'submit requisition'),
      (context) => {
        const { number } = requisitions.create({ companyCode, supplier, currency, lines }, context);
        requisitions.submit(number, context);
        return number;
      },
      (number) => number,
    );
  }

  /** Issues the order, of the approved requisition when there is one. */
  issue(file: OrderFile, requisition?: string): PurchaseOrder | undefined {
    const draft: OrderDraft = {
      ...this.#draft(file.plan),
      ...(requisition === undefined ? {} : { requisition }),
    };
    return this.#desk.act(
      this.#deed(file, 'issue order'),
      (context) => this.#desk.procurement.orders.issue(draft, context),
      (order) => order.number,
    );
  }

  /** A change order for the lines of a batch. Taking out the last lines cancels the order. */
  change(file: OrderFile, batch: BatchPlan, change: ChangePlan): void {
    const { orders } = this.#desk.procurement;
    const order = file.standing(this.#desk.procurement);
    const lines = order ? file.linesOf(order, batch) : [];
    if (order === undefined || lines.length === 0) return;
    const live = order.lines.filter((line) => !line.deleted);
    if (change.kind === 'withdrawn' && live.length === lines.length) {
      const deed = this.#deed(file, 'cancel order');
      this.#desk.act(deed, (context) => orders.cancel(file.number, context));
      return;
    }
    const changes = lines.map((line) => this.#lineChange(order, line, change));
    const action = change.kind === 'withdrawn' ? 'withdraw lines' : `change ${change.kind}`;
    const draft: OrderChange = { lines: changes };
    this.#desk.act(this.#deed(file, action), (context) =>
      orders.change(file.number, draft, context),
    );
  }

  #lineChange(order: PurchaseOrder, line: PurchaseOrderLine, { kind, factor }: ChangePlan) {
    const named = { line: line.line };
    switch (kind) {
      case 'quantity':
        return { ...named, quantity: scaled(line.quantity, factor, line.unit) };
      case 'price':
        return {
          ...named,
          netPrice: atLeastACoin(multiply(line.netPrice, factor), order.currency),
        };
      case 'date':
        return { ...named, deliveryDate: addDays(deliveryOf(line), 5) };
      case 'place':
        return { ...named, storageLocation: this.#otherPlace(line) };
      case 'text':
        return {
          ...named,
          description: `${line.description.slice(0, 30)} (rev. ${order.revision + 1})`,
        };
      default:
        return { ...named, deleted: true as const };
    }
  }

  #otherPlace({ plant, storageLocation }: PurchaseOrderLine): string {
    const places = this.#market.plantOf(plant)?.storageLocations ?? [];
    return places.find((each) => each !== storageLocation) ?? storageLocation;
  }

  #draft(plan: OrderPlan): OrderDraft {
    const { random } = this.#desk.world;
    const supplier = this.#market.supplier(plan.supplierRank);
    const plant = random.pick(this.#market.plants, 'plant', plan.index);
    const currency = this.#market.orderCurrency(supplier, plant);
    const today = this.#desk.world.calendar.today() as CalendarDate;
    const lines = plan.lines.map((line, i) => {
      const batch = plan.batches.find((each) => each.lines.includes(i)) as BatchPlan;
      const tolerant = random.chance(mix.tolerant, 'tolerant', plan.index, i);
      return this.#line(line, batch, { supplier, plant, currency, today, tolerant });
    });
    return {
      companyCode: plant.companyCode,
      supplier: supplier.number,
      currency,
      paymentTerms: this.#terms(plan),
      buyer: this.#buyer(plan),
      lines,
    };
  }

  #line(
    plan: LinePlan,
    batch: BatchPlan,
    {
      plant,
      currency,
      today,
      tolerant,
    }: {
      supplier: Supplier;
      plant: Plant;
      currency: string;
      today: CalendarDate;
      tolerant: boolean;
    },
  ): OrderLineDraft {
    const material = this.#market.material(plan.material);
    const whole = unitDecimals(material.orderUnit) === 0;
    const price = this.#market.price(material, plan.priceFactor, currency, plant);
    // A price of a few cents is agreed for a hundred, so that a percent of it still exists.
    const cheap = price.startsWith('0.') && currencyDecimals(currency) > 0;
    const days = Math.ceil(this.#pace.days(batch.shipments[0]?.receivedAfter ?? 10));
    const over = tolerant || batch.shipments.some((each) => each.count === 'over');
    return {
      material: material.number,
      quantity: whole ? plan.quantity : add(plan.quantity, plan.fraction),
      ...(cheap
        ? { netPrice: multiply(price, hundred), priceQuantity: hundred }
        : { netPrice: price }),
      plant: plant.code,
      deliveryDate: addDays(today, Math.max(1, days)),
      ...(over ? { overdeliveryTolerancePercent: ten } : {}),
      ...controls[batch.category],
    };
  }

  /** Of the terms the longest that lets the invoices be paid when they are planned to be. */
  #terms({ batches }: OrderPlan): string {
    const days = batches
      .flatMap((batch) => batch.shipments.flatMap((each) => each.invoice ?? []))
      .map(
        ({ datedAfter, clearedAfter }) =>
          this.#pace.days(clearedAfter) - this.#pace.days(datedAfter),
      );
    const least = days.length === 0 ? 0 : Math.min(...days);
    const [shortest] = this.#market.terms;
    const found = this.#market.terms.findLast((terms) => terms.netDays <= least) ?? shortest;
    return (found as NonNullable<typeof found>).code;
  }

  #each(priceOfHundred: Decimal, currency: string): Decimal {
    return atLeastACoin(round(multiply(priceOfHundred, '0.01' as Decimal), 6), currency);
  }

  #buyer = ({ index }: OrderPlan): string => this.#desk.world.random.pick(buyers, 'buyer', index);

  #deed(file: OrderFile, action: string): Deed {
    const { name: subject, correlationId } = file;
    return { actor: this.#buyer(file.plan), action, system: 'procurement', subject, correlationId };
  }
}

const ten = '10' as Decimal;
const hundred = '100' as Decimal;

const controls: Readonly<Record<BatchPlan['category'], Partial<OrderLineDraft>>> = {
  beforeReceipt: {},
  afterReceipt: { goodsReceiptBasedInvoiceVerification: true },
  consignment: { category: 'consignment' },
  twoWay: { category: 'limit', goodsReceiptExpected: false },
};

/** When the goods are wanted: the earliest date of the line. */
export const deliveryOf = ({ scheduleLines }: PurchaseOrderLine): CalendarDate =>
  (scheduleLines[0] as PurchaseOrderLine['scheduleLines'][number]).deliveryDate;

/** What the supplier answers when he can deliver less: the planned share, never more than ordered. */
export const cutQuantity = ({ quantity, unit }: PurchaseOrderLine, factor: Decimal): Decimal => {
  const cut = scaled(quantity, factor, unit);
  return isZero(cut) ? quantity : minimum(cut, quantity);
};
