/**
 * Dates and instants on the OData V2 wire: `/Date(ms)/` in bodies, ISO in literals. Inside they are
 * `YYYY-MM-DD` and RFC 3339 text. What was converted last is remembered: business happens on few days.
 */
import {
  type CalendarDate,
  dateOf,
  instantOf,
  parseCalendarDate,
  timestamp,
} from '../../domain/calendar-date.ts';

/** The years 1 to 9999. */
const earliest = -62_135_596_800_000;
const latest = 253_402_300_799_999;

/** A pure function with a bounded memory. */
function remembered<V>(most: number, compute: (text: string) => V): (text: string) => V {
  const known = new Map<string, V>();
  return (text) => {
    const hit = known.get(text);
    if (hit !== undefined) return hit;
    const value = compute(text);
    if (known.size >= most) known.clear();
    known.set(text, value);
    return value;
  };
}

/** Milliseconds of midnight UTC of `YYYY-MM-DD`. */
export const dateMs = remembered(2000, (date) => instantOf(date as CalendarDate));

/** `"\/Date(1470268800000)\/"`: the slash is escaped, as the vendor's serializer does. */
export const dateJson = remembered(2000, (date) => `"\\/Date(${dateMs(date)})\\/"`);

const digits = (text: string, from: number, to: number): number => {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + (text.charCodeAt(i) - 48);
  return value;
};

/** Milliseconds of an RFC 3339 timestamp in UTC with milliseconds, as the domain writes them. */
export const instantMs = (text: string): number =>
  dateMs(text.slice(0, 10)) +
  digits(text, 11, 13) * 3_600_000 +
  digits(text, 14, 16) * 60_000 +
  digits(text, 17, 19) * 1000 +
  digits(text, 20, 23);

export const instantJson = (text: string): string => `"\\/Date(${instantMs(text)}+0000)\\/"`;

const wireDate = /^\/Date\((-?\d{1,15})(?:[+-]\d{1,4})?\)\/$/;
const isoShape =
  /^(\d{4}-\d{2}-\d{2})(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?)?(Z|[+-]\d{2}:\d{2})?$/;

/** Milliseconds of `/Date(ms)/` or ISO text; `undefined` when it is neither. */
function readMs(text: string): number | undefined {
  if (text.length > 40) return undefined;
  const wire = wireDate.exec(text);
  const ms = wire === null ? isoMs(text) : Number(wire[1]);
  return ms === undefined || ms < earliest || ms > latest ? undefined : ms;
}

function isoMs(text: string): number | undefined {
  const iso = isoShape.exec(text);
  const date = iso === null ? undefined : parseCalendarDate(iso[1]);
  if (iso === null || date === undefined) return undefined;
  const [, , hour = '0', minute = '0', second = '0', fraction = '', zone] = iso;
  const time = (Number(hour) * 60 + Number(minute)) * 60_000 + Number(second) * 1000;
  const shift =
    zone === undefined || zone === 'Z'
      ? 0
      : Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))) * 60_000;
  return dateMs(date) + time + Number(fraction.padEnd(3, '0').slice(0, 3)) - shift;
}

/** The calendar date that a wire value means; `undefined` when it means none. */
export const readDate = remembered<CalendarDate | undefined>(2000, (text) => {
  const ms = readMs(text);
  return ms === undefined ? undefined : dateOf(ms);
});

/** The instant that a wire value means, as RFC 3339; `undefined` when it means none. */
export function readInstant(text: string): string | undefined {
  const ms = readMs(text);
  return ms === undefined ? undefined : timestamp(ms);
}

/** The milliseconds that an ISO literal means. */
export const literalMs = readMs;
