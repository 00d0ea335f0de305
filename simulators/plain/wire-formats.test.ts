/** The quick checks agree with the slow ones that everybody trusts. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCalendarDate, timestamp } from '../../domain/calendar-date.ts';
import { isCalendarDate, parseTimestamp } from './wire-formats.ts';

const number = (max: number, width: number): fc.Arbitrary<string> =>
  fc.nat({ max }).map((value) => String(value).padStart(width, '0'));

test('dates are dates exactly when the domain says so', () => {
  const near = fc
    .tuple(number(9999, 4), number(14, 2), number(33, 2))
    .map((parts) => parts.join('-'));
  const date = fc.oneof(
    near,
    fc.string({ maxLength: 12 }),
    fc.constantFrom('1900-02-29', '2000-02-29'),
  );
  fc.assert(
    fc.property(date, (text) => {
      expect(isCalendarDate(text)).toBe(parseCalendarDate(text) !== undefined);
    }),
    { numRuns: 5000 },
  );
});

test('timestamps mean the instant that they name', () => {
  const zone = fc.tuple(fc.constantFrom('+', '-'), number(23, 2), number(59, 2));
  fc.assert(
    fc.property(fc.nat({ max: 4e12 }), zone, (at, [sign, hour, minute]) => {
      const text = timestamp(at);
      expect(parseTimestamp(text)).toBe(at);
      const offsetMs = (Number(hour) * 60 + Number(minute)) * 60_000;
      const shifted = text.replace('Z', `${sign}${hour}:${minute}`);
      expect(parseTimestamp(shifted)).toBe(sign === '+' ? at - offsetMs : at + offsetMs);
    }),
    { numRuns: 2000 },
  );
  for (const text of [
    '',
    '2026-11-21',
    '2026-11-21T10:00:00',
    '2026-11-21 10:00:00Z',
    '2026-02-30T10:00:00Z',
    '2026-11-21T24:00:00Z',
  ]) {
    expect(parseTimestamp(text), text).toBeUndefined();
  }
});
