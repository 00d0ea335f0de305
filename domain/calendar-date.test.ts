import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CalendarDate,
  addDays,
  calendarDate,
  dateOf,
  daysBetween,
  instantOf,
  parseCalendarDate,
  postingPeriodOf,
  timestamp,
} from './calendar-date.ts';

const dayMs = 86_400_000;
/** Day numbers from 1600 to 2400: three century years that are no leap years, and three that are. */
const dayNumbers = fc.integer({ min: -135_140, max: 157_054 });
const dates = dayNumbers.map((day) => dateOf(day * dayMs));
const years = fc.integer({ min: 1600, max: 2400 });

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const lastDayOf = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
const written = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

describe('reading', () => {
  it('takes exactly the dates that exist', () => {
    const month = fc.integer({ min: 0, max: 13 });
    fc.assert(
      fc.property(years, month, fc.integer({ min: 0, max: 32 }), (year, m, day) => {
        const text = written(year, m, day);
        const exists = m >= 1 && m <= 12 && day >= 1 && day <= lastDayOf(year, m);
        expect(parseCalendarDate(text)).toBe(exists ? text : undefined);
        if (!exists) expect(() => calendarDate(text)).toThrow(TypeError);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '2026-1-05',
    '2026-01-5',
    '26-01-05',
    '2026/01/05',
    '20260105',
    ' 2026-01-05',
    '2026-01-05 ',
    '2026-01-05T00:00:00Z',
    '2026-01-05\n',
    '+002026-01-05',
    '',
    '٢٠٢٦-٠١-٠٥',
  ])('refuses %j', (text) => {
    expect(parseCalendarDate(text)).toBeUndefined();
  });

  it('refuses what is no text', () => {
    for (const value of [undefined, null, 20_260_105, {}, ['2026-01-05']]) {
      expect(parseCalendarDate(value)).toBeUndefined();
    }
  });
});

describe('instants', () => {
  it('belong to the UTC date that they lie in, wherever the machine is', () => {
    fc.assert(
      fc.property(dayNumbers, fc.integer({ min: 0, max: dayMs - 1 }), (day, time) => {
        const date = dateOf(day * dayMs + time);
        expect(instantOf(date)).toBe(day * dayMs);
        expect(parseCalendarDate(date)).toBe(date);
        expect(timestamp(day * dayMs + time).startsWith(`${date}T`)).toBe(true);
      }),
    );
  });

  it('are written so that they can be read back and sorted as text', () => {
    const instants = fc.integer({ min: 0, max: 253_402_300_799_999 });
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        expect(timestamp(a)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        const [date, time] = timestamp(a).split('T') as [CalendarDate, string];
        const [hours, minutes, seconds] = time.replace('Z', '').split(':').map(Number) as number[];
        const sinceMidnight =
          ((hours as number) * 60 + (minutes as number)) * 60 + (seconds as number);
        expect(instantOf(date) + Math.round(sinceMidnight * 1000)).toBe(a);
        expect(timestamp(a) < timestamp(b)).toBe(a < b);
      }),
    );
  });
});

describe('days', () => {
  it('are added and counted alike', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -30_000, max: 30_000 }), (date, days) => {
        const later = addDays(date, days);
        expect(daysBetween(date, later)).toBe(days);
        expect(daysBetween(later, date)).toBe(days === 0 ? 0 : -days);
        expect(addDays(later, -days)).toBe(date);
      }),
    );
  });

  it('follow each other by the calendar', () => {
    fc.assert(
      fc.property(dates, (date) => {
        const [year, month, day] = date.split('-').map(Number) as [number, number, number];
        const next =
          day < lastDayOf(year, month)
            ? written(year, month, day + 1)
            : month < 12
              ? written(year, month + 1, 1)
              : written(year + 1, 1, 1);
        expect(addDays(date, 1)).toBe(next);
      }),
    );
  });
});

it('posts a date in its own year and month', () => {
  fc.assert(
    fc.property(dates, (date) => {
      const { year, period } = postingPeriodOf(date);
      expect(date.startsWith(`${year}-${period}-`)).toBe(true);
    }),
  );
});
