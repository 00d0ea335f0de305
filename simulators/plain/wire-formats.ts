/** Dates and times as the wire writes them, checked without a regular expression storm. */
import { calendarDate, instantOf } from '../../domain/calendar-date.ts';

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const digits = (value: string, from: number, to: number): number => {
  let number = 0;
  for (let i = from; i < to; i++) {
    const digit = value.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
};

/** Whether the text is `YYYY-MM-DD` and that day exists. */
export function isCalendarDate(value: string): boolean {
  if (value.length !== 10 || value[4] !== '-' || value[7] !== '-') return false;
  const year = digits(value, 0, 4);
  const month = digits(value, 5, 7);
  const day = digits(value, 8, 10);
  if (year < 0 || month < 1 || month > 12 || day < 1) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (monthDays[month - 1] as number) + (leap ? 1 : 0);
}

const timeShape =
  /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?(?:Z|z|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/** Milliseconds since the epoch of an RFC 3339 timestamp; `undefined` when it is not one. */
export function parseTimestamp(value: string): number | undefined {
  if (value.length > 40 || (value[10] !== 'T' && value[10] !== 't')) return undefined;
  const day = value.slice(0, 10);
  if (!isCalendarDate(day)) return undefined;
  const match = timeShape.exec(value.slice(11));
  if (match === null) return undefined;
  const [, hour, minute, second, fraction, sign, offsetHour, offsetMinute] = match;
  const time = (Number(hour) * 60 + Number(minute)) * 60_000 + Number(second) * 1000;
  const millis = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  const offset = sign === undefined ? 0 : (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000;
  return instantOf(calendarDate(day)) + time + millis - (sign === '-' ? -offset : offset);
}
