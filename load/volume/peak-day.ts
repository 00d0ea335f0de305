/**
 * A day of a company as a curve: how its orders spread over the hours by the published log, what the
 * end of the month, promotions and batch windows add, and what an outage does to the hours after it.
 */
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { addDays } from '../../domain/calendar-date.ts';
import { dayWeight, hourWeight } from '../../scenarios/workloads/procure-to-pay/period.ts';
import { published } from '../../scenarios/workloads/procure-to-pay/published.ts';
import { type Curve, type Window, busier, hourlyCurve, withBatch, withOutage } from './curve.ts';

const hourMs = 3_600_000;

/** Hours of the day, e.g. 13.5 for half past one. */
export interface Hours {
  readonly fromHour: number;
  readonly toHour: number;
}

export interface DayOptions {
  /** Orders of the day, before what promotions and batches add; default: the busiest of the published year. */
  readonly orders?: number;
  readonly promotions?: readonly (Hours & { readonly factor: number })[];
  /** Orders that a job hands over within a window. */
  readonly batches?: readonly (Hours & { readonly orders: number })[];
  /** Hours in which nothing gets in. What piles up comes after them, in the order they are named. */
  readonly outages?: readonly (Hours & { readonly burst?: number })[];
}

/** The orders of the busiest kind of day of the published company: 76,349 in a year, more at the month's end. */
export function publishedPeakDay(): number {
  const year = Array.from({ length: 365 }, (_, day) =>
    dayWeight(addDays('2018-01-01' as CalendarDate, day)),
  );
  const total = year.reduce((sum, each) => sum + each, 0);
  return (published.orders * Math.max(...year)) / total;
}

/** Midnight to midnight, and longer when what an outage held back needs it. */
export function peakDay(options: DayOptions = {}): Curve {
  const { orders = publishedPeakDay(), promotions = [], batches = [], outages = [] } = options;
  const weights = Array.from({ length: 24 }, (_, hour) => hourWeight(hour));
  const total = weights.reduce((sum, each) => sum + each, 0);
  let curve = hourlyCurve(weights.map((each) => (orders * each) / total));
  for (const { factor, ...hours } of promotions) curve = busier(curve, windowOf(hours), factor);
  for (const { orders: more, ...hours } of batches) curve = withBatch(curve, windowOf(hours), more);
  for (const { burst, ...hours } of outages) curve = withOutage(curve, windowOf(hours), burst);
  return curve;
}

const windowOf = ({ fromHour, toHour }: Hours): Window => ({
  fromMs: fromHour * hourMs,
  toMs: toHour * hourMs,
});
