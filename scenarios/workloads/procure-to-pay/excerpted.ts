/**
 * Less of procure-to-pay: some of the orders, some of their lines, and a plainer story for each. Orders
 * do not depend on each other, so what is left goes as it went in the whole.
 */
import type { Divisible, Excerpt } from '../../../harness/excerpt.ts';
import { KeyedRandom } from '../../../harness/random.ts';
import type { Workload } from '../../../harness/workload.ts';
import type { BatchPlan, InvoicePlan, OrderPlan, ShipmentPlan } from './plan.ts';
import { type PlanOptions, type Shares, planOrder, rare } from './plan-order.ts';

type Plainer = (plan: OrderPlan) => OrderPlan;

const inShipments = (
  plan: OrderPlan,
  change: (shipment: ShipmentPlan) => ShipmentPlan,
): OrderPlan => inBatches(plan, (batch) => ({ ...batch, shipments: batch.shipments.map(change) }));

const inBatches = (plan: OrderPlan, change: (batch: BatchPlan) => BatchPlan): OrderPlan => ({
  ...plan,
  batches: plan.batches.map(change),
});

function without<T, Field extends keyof T>(whole: T, field: Field): Omit<T, Field> {
  const { [field]: _, ...rest } = whole;
  return rest;
}

function plainInvoice({ datedAfter, recordedAfter, clearedAfter }: InvoicePlan): InvoicePlan {
  return { datedAfter, recordedAfter, clearedAfter, twice: false };
}

/** By name, the one that takes most away first. */
const plainer: Readonly<Record<string, Plainer>> = {
  'nothing shipped': (plan) => inBatches(plan, (batch) => ({ ...batch, shipments: [] })),
  'nothing invoiced': (plan) => inShipments(plan, (shipment) => without(shipment, 'invoice')),
  'nothing changed': (plan) =>
    inBatches(plan, (batch) => ({ ...batch, changes: [], answer: 'accepted' })),
  'no trouble with invoices': (plan) =>
    inShipments(plan, ({ invoice, ...shipment }) =>
      invoice === undefined ? shipment : { ...shipment, invoice: plainInvoice(invoice) },
    ),
  'one shipment': (plan) =>
    inBatches(plan, (batch) => ({ ...batch, shipments: batch.shipments.slice(0, 1) })),
  'counted right': (plan) =>
    inShipments(plan, (shipment) => ({ ...without(shipment, 'recountedAfter'), count: 'full' })),
  'nothing announced': (plan) =>
    inShipments(plan, (shipment) => ({ ...shipment, announced: false })),
  'no requisition': (plan) => without(plan, 'requisition'),
  'one of each': (plan) => ({
    ...plan,
    lines: plan.lines.map((line) => ({ ...line, quantity: one, fraction: none })),
  }),
};

/** Of what an excerpt has often, every fourth; a withdrawn line ends all that might befall it. */
export const oftenShares = ({ often = [] }: Excerpt): Shares =>
  Object.fromEntries(
    rare
      .filter((name) => often.includes(name))
      .map((name) => [name, name === 'withdrawn' ? 0.15 : 0.25]),
  );

const [one, none] = ['1', '0'] as unknown as readonly [
  OrderPlan['lines'][number]['quantity'],
  OrderPlan['lines'][number]['fraction'],
];

/** The one simplification that is not about an order. */
export const noMasterData = 'no master data kept';

/** The plan with what the excerpt leaves of it. */
export function excerpted(plan: OrderPlan, { pieces, plain = [] }: Excerpt): OrderPlan {
  const kept = pieces?.[plan.index];
  const shorter = kept === undefined ? plan : withLines(plan, kept);
  return plain.reduce((rest, name) => plainer[name]?.(rest) ?? rest, shorter);
}

/** Only these lines; those that are left move up, and batches without any go. */
function withLines(plan: OrderPlan, kept: readonly number[]): OrderPlan {
  const lines = plan.lines.filter((_, index) => kept.includes(index));
  if (lines.length === 0) return plan;
  const places = new Map(kept.toSorted((a, b) => a - b).map((line, place) => [line, place]));
  const batches = plan.batches
    .map((batch) => ({ ...batch, lines: batch.lines.flatMap((line) => places.get(line) ?? []) }))
    .filter((batch) => batch.lines.length > 0);
  return { ...plan, lines, batches };
}

/** What procure-to-pay offers to whoever looks for less of it. */
export function divisibleOrders(
  purchaseOrders: number,
  plans: PlanOptions,
  excerpt: (excerpt: Excerpt) => Workload,
): Divisible {
  const parts = new Map<string, ReadonlyMap<string, number>>();
  const partsOf = (seed: string): ReadonlyMap<string, number> => {
    let known = parts.get(seed);
    if (known === undefined) {
      // Of one seed at a time: an exploration goes through thousands.
      parts.clear();
      parts.set(seed, (known = correlations(seed, purchaseOrders)));
    }
    return known;
  };
  return {
    parts: purchaseOrders,
    piecesOf: (seed, part) =>
      planOrder(new KeyedRandom(seed).fork('procure-to-pay'), part, plans).lines.length,
    plainer: [noMasterData, ...Object.keys(plainer)],
    rare,
    excerpt,
    partOf: (seed, correlationId) => partsOf(seed).get(correlationId),
  };
}

function correlations(seed: string, count: number): ReadonlyMap<string, number> {
  const random = new KeyedRandom(seed);
  return new Map(
    Array.from({ length: count }, (_, index) => [orderCorrelation(random, index), index]),
  );
}

/** The correlation id that everything about the order with this index carries. */
export const orderCorrelation = (random: KeyedRandom, index: number): string =>
  random.uuid('correlation', 'order', index);
