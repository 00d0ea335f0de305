/** How Coupa writes values: times in whole seconds with an offset, dates as midnights, decimals as strings. */
import {
  type CalendarDate,
  parseCalendarDate,
  timestamp,
} from '../../../../domain/calendar-date.ts';
import { currencyDecimals } from '../../../../domain/currency.ts';
import { type Decimal, decimalPlaces, format } from '../../../../domain/decimal.ts';
import { parseTimestamp } from '../../../plain/wire-formats.ts';

/** `2026-11-21T09:00:00+00:00`: milliseconds are cut off, as the database behind it does. */
export const timeText = (atMs: number): string => `${timestamp(atMs).slice(0, 19)}+00:00`;

/** A business date, which Coupa shows as the midnight it begins with. */
export const dateText = (date: CalendarDate): string => `${date}T00:00:00+00:00`;

/** The same for a timestamp that a document carries. */
export const timestampText = (at: string): string => `${at.slice(0, 19)}+00:00`;

/** An amount or price with at least the decimals of its currency, two when that is not known. */
export const moneyText = (amount: Decimal, currency?: string): string => {
  const least = currency === undefined ? 2 : currencyDecimals(currency);
  return format(amount, Math.max(least, decimalPlaces(amount)));
};

/** A quantity, with at least one decimal. */
export const quantityText = (quantity: Decimal): string =>
  format(quantity, Math.max(1, decimalPlaces(quantity)));

/**
 * Milliseconds of a time as clients write one: with a zone, without (then UTC), or a date alone. A
 * blank may stand where an unencoded plus was decoded away.
 */
export function parseTime(text: string): number | undefined {
  const value = text.trim();
  const shape =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)\s*(Z|[ +-]?\d{2}:\d{2})?)?$/;
  const match = shape.exec(value);
  if (match === null) return undefined;
  const [, date, time = '00:00:00', zone = 'Z'] = match;
  const sign = /^\d/.test(zone) ? '+' : '';
  return parseTimestamp(`${date}T${time}${sign}${zone.replace(' ', '+')}`);
}

/** The date as it is written, of a date or of a time whatever its zone: a zone must not shift a day. */
export function parseDate(text: string): CalendarDate | undefined {
  const date = parseCalendarDate(text.slice(0, 10));
  return date !== undefined && parseTime(text) !== undefined ? date : undefined;
}
