/**
 * Draws the plan of an order. Every draw is keyed by the order's index, so a plan does not depend on
 * how many orders there are; what makes up the mix of orders (items, supplier, kind) is drawn from
 * sequences that spread evenly over any run of indexes, so that few orders show the mix of many.
 */
import type { Decimal } from '../../../domain/decimal.ts';
import type { KeyedRandom } from '../../../harness/random.ts';
import { mandelbrotRank, zetaTail } from './distribution.ts';
import { days, mix, pieces } from './mix.ts';
import { type Period, year2018 } from './period.ts';
import type { BatchPlan, LinePlan, OrderPlan, RequisitionPlan } from './plan.ts';
import { planBatch } from './plan-batch.ts';
import { isPeculiar } from './plan-peculiarity.ts';

export interface PlanOptions {
  /** When orders are created; default: a year. */
  readonly period?: Period;
  /** Items of an order at most; default: 429, as published. */
  readonly mostLines?: number;
  /** Shipments of a line at most; default: 247, which makes the published longest story. */
  readonly mostShipments?: number;
  /** Small changes of a line at most; default: as many as its story has. */
  readonly mostChanges?: number;
  /** Other shares than the published ones, by name: to see more of what is rare. */
  readonly shares?: Shares;
}

/** What is rare in the business, of which a workload may have more or less. */
export const rare = [
  'withdrawn',
  'quantityChanged',
  'priceChanged',
  'dateChanged',
  'severalShipments',
  'miscounted',
  'recounted',
  'disputed',
  'invoiceCancelled',
  'paymentReturned',
  'sameMaterial',
] as const;

/** Of lines, batches, shipments, invoices or payments: shares between 0 and 1 that a workload may set. */
export type Shares = Partial<Record<(typeof rare)[number], number>>;

/** The whole intended story of the order with this index. */
export function planOrder(
  random: KeyedRandom,
  index: number,
  options: PlanOptions = {},
): OrderPlan {
  const { period = year2018, mostLines = mix.mostItems } = options;
  const { limit, count, supplierRank } = orderShape(random, index);
  const lines: LinePlan[] = [];
  for (let line = 0; line < Math.min(count, mostLines); line++) {
    lines.push(planLine(random, index, line, lines.at(-1), options.shares?.sameMaterial));
  }
  return {
    index,
    supplierRank,
    createdAt: period.at(random.draw('created', index)),
    ...planRequisition(random, index, count),
    acknowledgedAfter: days.acknowledged(random.draw('acknowledged', index)),
    lines,
    batches: planBatches(random, index, lines.length, limit, options),
  };
}

/** What makes up the mix of orders: how many items, of whom, and whether it is a framework with a limit. */
export function orderShape(
  random: KeyedRandom,
  index: number,
): { readonly limit: boolean; readonly count: number; readonly supplierRank: number } {
  const kind = spread(random, index, 0);
  const limit = kind < mix.limitOrders;
  // What is left of the draw once it is known to be no limit order is as uniform as the draw was.
  const size = (kind - mix.limitOrders) / (1 - mix.limitOrders);
  const supplierDraw = spread(random, index, 1);
  return {
    limit,
    count: limit ? 1 : zetaTail(size, mix.itemsExponent, mix.mostItems),
    supplierRank: mandelbrotRank(supplierDraw, mix.supplierSteepness, mix.supplierFlatness),
  };
}

/** Plans one after the other, none kept. */
export function* planOrders(
  random: KeyedRandom,
  count: number,
  options: PlanOptions = {},
): IterableIterator<OrderPlan> {
  for (let index = 0; index < count; index++) yield planOrder(random, index, options);
}

/** Roberts' generalisation of the golden ratio to three dimensions: evenly spread in each. */
const steps = [0.8191725133961645, 0.6710436067037893, 0.5497004779019703] as const;

function spread(random: KeyedRandom, index: number, dimension: 0 | 1 | 2): number {
  const place = random.draw('spread', dimension) + index * steps[dimension];
  return place - Math.floor(place);
}

function planLine(
  random: KeyedRandom,
  index: number,
  line: number,
  before: LinePlan | undefined,
  sameMaterial: number = mix.sameMaterial,
): LinePlan {
  const thousandths = random.integer(0, 3, 'fraction', index, line) * 125;
  const again = before !== undefined && random.chance(sameMaterial, 'same-material', index, line);
  return {
    material: again ? before.material : random.draw('material', index, line),
    quantity: String(Math.round(pieces(random.draw('quantity', index, line)))) as Decimal,
    fraction: String(thousandths / 1000) as Decimal,
    priceFactor: String(random.integer(90, 110, 'price', index, line) / 100) as Decimal,
  };
}

function planRequisition(
  random: KeyedRandom,
  index: number,
  items: number,
): { requisition?: RequisitionPlan } {
  if (items > mix.mostRequisitionItems) return {};
  if (!random.chance(mix.requisition, 'requisition', index)) return {};
  return {
    requisition: {
      leadDays: days.requisitionLead(random.draw('requisition-lead', index)),
      delegated: random.chance(mix.delegated, 'delegated', index),
      stall: random.draw('stall', index),
    },
  };
}

/** Ordinary lines go together, a few at a time; a peculiar one has a story of its own. */
function planBatches(
  random: KeyedRandom,
  index: number,
  count: number,
  limit: boolean,
  options: PlanOptions,
): BatchPlan[] {
  const batches: BatchPlan[] = [];
  let together: number[] = [];
  const close = (): void => {
    if (together.length > 0) batches.push(planBatch(random, index, together, 'ordinary', options));
    together = [];
  };
  if (limit) return [planBatch(random, index, [0], 'limit', options)];
  for (let line = 0; line < count; line++) {
    if (isPeculiar(random, index, line, options.shares?.severalShipments)) {
      batches.push(planBatch(random, index, [line], 'peculiar', options));
    } else if (together.push(line) === mix.batchLines) {
      close();
    }
  }
  close();
  return batches;
}
