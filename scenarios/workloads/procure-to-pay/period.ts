/**
 * When orders are created within a stretch of the calendar: more at the end of the month and in the
 * hours in which people and batch jobs work, as published.
 */
import { type CalendarDate, addDays } from '../../../domain/calendar-date.ts';
import { published } from './published.ts';

/** How much busier the peaks are than the rest; the log only says when they are. */
const peakDay = 1.8;
const peakHour = 4;

export interface Period {
  readonly firstDay: CalendarDate;
  readonly days: number;
  /** Business days since the first midnight, for a uniform draw. */
  at(draw: number): number;
}

/** A period of whole days; weekends count, as they do in the log. */
export function createPeriod(firstDay: CalendarDate, days: number): Period {
  const whole = Math.max(1, Math.ceil(days));
  const byDay = cumulative(whole, (day) => dayWeight(addDays(firstDay, day)));
  return {
    firstDay,
    days,
    at(draw) {
      const day = place(byDay, draw);
      const hour = place(byHour, day.part);
      return ((day.index + (hour.index + hour.part) / 24) * days) / whole;
    },
  };
}

/** How busy a date is, against an ordinary one. */
export const dayWeight = (date: CalendarDate): number =>
  (published.peaks.daysOfMonth as readonly number[]).includes(Number(date.slice(8))) ? peakDay : 1;

/** How busy an hour of the day is, 0 to 23, against a quiet one. */
export const hourWeight = (hour: number): number =>
  (published.peaks.hours as readonly number[]).includes(hour) ? peakHour : 1;

const byHour = cumulative(24, hourWeight);

/** Running sums of weights, scaled to end at 1. */
function cumulative(count: number, weight: (index: number) => number): number[] {
  const sums: number[] = [];
  let total = 0;
  for (let i = 0; i < count; i++) sums.push((total += weight(i)));
  return sums.map((each) => each / total);
}

/** In which step of a cumulative distribution a draw falls, and how far into it. */
function place(sums: readonly number[], draw: number): { index: number; part: number } {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) > draw) high = middle;
    else low = middle + 1;
  }
  const from = low === 0 ? 0 : (sums[low - 1] as number);
  return { index: low, part: (draw - from) / ((sums[low] as number) - from) };
}

/** A year of business, as the log's. */
export const year2018: Period = createPeriod('2018-01-01' as CalendarDate, 365);
