/**
 * Holds generated plans against the published figures, one by one. Most figures are shares, means and
 * quantiles and do not depend on how many orders there are. Two do: how many distinct variants there
 * are (scaled, see `expectedVariants`), and the longest story (shown, never scored below full size).
 */
import type { OrderPlan } from './plan.ts';
import { published } from './published.ts';
import { RealismTally } from './realism-tally.ts';
import type { Period } from './period.ts';

export interface RealismRow {
  readonly figure: string;
  /** Published, or what the published figure comes to for this many items. */
  readonly published: number;
  readonly generated: number;
  /** |generated - published| / published. */
  readonly difference: number;
  /** Whether it counts in the score. */
  readonly scored: boolean;
  /** How the published figure was scaled, or why it is not scored. */
  readonly note?: string;
}

/** Generated against published, figure by figure. Reads the plans once. */
export function realismTable(plans: Iterable<OrderPlan>, period?: Period): RealismRow[] {
  const tally = new RealismTally(period);
  for (const plan of plans) tally.add(plan);
  return [
    ...mixRows(tally),
    ...reworkRows(tally),
    ...durationRows(tally),
    ...variantRows(tally),
    ...peakRows(tally),
  ];
}

/** Share of the scored figures that lie within `within` (default 10 %) of the published ones. */
export function realismScore(rows: readonly RealismRow[], within = 0.1): number {
  const scored = rows.filter((row) => row.scored);
  return scored.filter((row) => row.difference <= within).length / scored.length;
}

function row(
  figure: string,
  expected: number,
  generated: number,
  note?: string,
  scored = true,
): RealismRow {
  const difference = Math.abs(generated - expected) / expected;
  return {
    figure,
    published: expected,
    generated,
    difference,
    scored,
    ...(note === undefined ? {} : { note }),
  };
}

function mixRows(tally: RealismTally): RealismRow[] {
  const { items, categories } = tally;
  const { itemsPerOrder, categories: shares } = published;
  return [
    row(
      'items: invoice before receipt allowed',
      shares.beforeReceipt,
      categories.beforeReceipt / items,
    ),
    row('items: invoice after receipt only', shares.afterReceipt, categories.afterReceipt / items),
    row('items: consignment', shares.consignment, categories.consignment / items),
    row('items: two-way match', shares.twoWay, categories.twoWay / items),
    row('items per order, mean', itemsPerOrder.mean, items / tally.orders),
    row('items per order, median', itemsPerOrder.median, quantile(tally.itemsPerOrder, 0.5)),
    row('items per order, most', itemsPerOrder.most, tally.mostItems),
    row('events per item, mean', published.eventsPerItem.mean, tally.events / items),
    longestStory(tally),
    row('items of the top fifth of vendors', published.topFifthOfVendors, topFifth(tally)),
  ];
}

/** The longest of 251,734 stories says little about the longest of fewer. */
function longestStory(tally: RealismTally): RealismRow {
  const full = tally.items >= published.items * 0.9;
  const note = full ? undefined : `of ${published.items} items: not scored for ${tally.items}`;
  return row('events per item, most', published.eventsPerItem.most, tally.mostEvents, note, full);
}

function reworkRows(tally: RealismTally): RealismRow[] {
  const { rework, dated, receiptFirst, items } = tally;
  const share = published.rework;
  return [
    row('items with any rework', share.any, rework.any / items),
    row('payment block set and removed', share.paymentBlock, rework.paymentBlock / items),
    row('quantity changed', share.quantityChanged, rework.quantityChanged / items),
    row('price changed', share.priceChanged, rework.priceChanged / items),
    row('invoice cancelled', share.invoiceCancelled, rework.invoiceCancelled / items),
    row(
      'invoice dated before the receipt',
      published.invoiceDatedBeforeReceipt,
      dated.beforeReceipt / dated.both,
    ),
    row(
      'order created after the invoice',
      published.orderAfterInvoice,
      dated.beforeOrder / dated.invoiced,
    ),
    row(
      'receipt first where required',
      published.receiptFirstWhereRequired,
      receiptFirst.kept / receiptFirst.required,
    ),
  ];
}

function durationRows(tally: RealismTally): RealismRow[] {
  const { orderToReceipt, receiptToInvoice, invoiceToCleared } = published;
  const rows = (
    name: string,
    values: number[],
    at: { p10?: number; median: number; p90: number },
  ): RealismRow[] => {
    const sorted = Float64Array.from(values).sort();
    return [
      ...(at.p10 === undefined
        ? []
        : [row(`${name}, p10 in days`, at.p10, quantileOfSorted(sorted, 0.1))]),
      row(`${name}, median in days`, at.median, quantileOfSorted(sorted, 0.5)),
      row(`${name}, p90 in days`, at.p90, quantileOfSorted(sorted, 0.9)),
    ];
  };
  return [
    ...rows('order to receipt', tally.orderToReceipt, orderToReceipt),
    ...rows('receipt to invoice', tally.receiptToInvoice, receiptToInvoice),
    ...rows('invoice to cleared', tally.invoiceToCleared, invoiceToCleared),
  ];
}

/**
 * Distinct variants among `items` items. Where a share b of the variants are singletons, the number
 * of variants grows with the b-th power of the items (Karlin 1967): 11,973 at 251,734 and b = 0.754.
 */
export const expectedVariants = (items: number): number =>
  published.variants.distinct * (items / published.items) ** published.variants.singletons;

function variantRows(tally: RealismTally): RealismRow[] {
  const { variants: at } = published;
  const counts = [...tally.variants.values()].sort((a, b) => b - a);
  const singletons = counts.filter((count) => count === 1).length;
  return [
    row('variant: top one', at.top, (counts[0] as number) / tally.items),
    row('variant: second', at.second, (counts[1] ?? 0) / tally.items),
    row('variants that cover 50 %', at.coverHalf, cover(counts, tally.items * 0.5)),
    row('variants that cover 90 %', at.coverNineTenths, cover(counts, tally.items * 0.9)),
    row('variants seen once', at.singletons, singletons / counts.length),
    row(
      'variants',
      expectedVariants(tally.items),
      counts.length,
      `${at.distinct} scaled to ${tally.items} items`,
    ),
  ];
}

function peakRows(tally: RealismTally): RealismRow[] {
  const { daysOfMonth, hours } = published.peaks;
  return [
    row(
      'peak days 27-30 among the four busiest',
      daysOfMonth.length,
      inCommon(tally.ordersByDayOfMonth, daysOfMonth),
    ),
    row('peak hours among the twelve busiest', hours.length, inCommon(tally.ordersByHour, hours)),
  ];
}

/** How many of `expected` are among the busiest, taken as many as there are expected. */
function inCommon(counts: readonly number[], expected: readonly number[]): number {
  const busiest = counts
    .map((_, i) => i)
    .sort((a, b) => (counts[b] as number) - (counts[a] as number));
  return busiest.slice(0, expected.length).filter((each) => expected.includes(each)).length;
}

function topFifth(tally: RealismTally): number {
  const counts = [...tally.itemsByVendor.values()].sort((a, b) => b - a);
  const top = counts.slice(0, Math.round(counts.length / 5));
  return top.reduce((total, count) => total + count, 0) / tally.items;
}

function cover(counts: readonly number[], target: number): number {
  let total = 0;
  const index = counts.findIndex((count) => (total += count) >= target);
  return index + 1;
}

const quantile = (values: readonly number[], share: number): number =>
  quantileOfSorted(Float64Array.from(values).sort(), share);

const quantileOfSorted = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
