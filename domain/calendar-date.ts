/**
 * Calendar dates and timestamps as text. Business documents carry dates without a zone
 * ("2026-11-21"); shifting one by a time zone is bug class 30, so nothing here knows a local zone.
 */

declare const dateBrand: unique symbol;

/** A calendar date, `YYYY-MM-DD`, that exists. */
export type CalendarDate = string & { readonly [dateBrand]: true };

/** An instant in RFC 3339 form, UTC, with milliseconds. */
export type Timestamp = string;

const dayMs = 86_400_000;
const shape = /^\d{4}-\d{2}-\d{2}$/;

/** Reads a calendar date; `undefined` when it is not one (also for 2026-02-30). */
export function parseCalendarDate(value: unknown): CalendarDate | undefined {
  if (typeof value !== 'string' || !shape.test(value)) return undefined;
  const at = Date.parse(`${value}T00:00:00.000Z`);
  if (Number.isNaN(at)) return undefined;
  return new Date(at).toISOString().startsWith(value) ? (value as CalendarDate) : undefined;
}

/** A date that is known to be one. Throws a programmer's error if it is not. */
export function calendarDate(value: string): CalendarDate {
  const parsed = parseCalendarDate(value);
  if (parsed === undefined) throw new TypeError(`Not a calendar date: ${value}`);
  return parsed;
}

/** The UTC calendar date of an instant in milliseconds since the epoch. */
export const dateOf = (atMs: number): CalendarDate =>
  new Date(atMs).toISOString().slice(0, 10) as CalendarDate;

/** Midnight UTC of a date, in milliseconds since the epoch. */
export const instantOf = (date: CalendarDate): number => Date.parse(`${date}T00:00:00.000Z`);

let latest = { at: Number.NaN, text: '' };

/** The instant as an RFC 3339 timestamp. The last one is kept: much happens within one millisecond. */
export function timestamp(atMs: number): Timestamp {
  if (latest.at !== atMs) latest = { at: atMs, text: new Date(atMs).toISOString() };
  return latest.text;
}

/** The date `days` later (earlier when negative). */
export const addDays = (date: CalendarDate, days: number): CalendarDate =>
  dateOf(instantOf(date) + Math.round(days) * dayMs);

/** Whole days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: CalendarDate, b: CalendarDate): number =>
  Math.round((instantOf(b) - instantOf(a)) / dayMs);

/** Fiscal year and posting period of a date under the calendar-year variant (K4 in SAP's terms). */
export const postingPeriodOf = (date: CalendarDate): { year: string; period: string } => ({
  year: date.slice(0, 4),
  period: date.slice(5, 7),
});
