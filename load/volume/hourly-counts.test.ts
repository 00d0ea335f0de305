import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { volumeOf } from './curve.ts';
import { curveOfDay, dayOf, readHourlyCounts } from './hourly-counts.ts';

const read = (text: string) => readHourlyCounts(text, 'orders.csv');
const refusal = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'it was taken';
};

describe('hourly counts', () => {
  it('come back as they were written', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 5 });
    const count = fc.integer({ min: 0, max: 1e6 });
    const hours = fc.array(count, { minLength: 24, maxLength: 24 });
    const table = days.chain((all) =>
      fc.tuple(...all.map((day) => hours.map((each) => ({ day, hours: each })))),
    );
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t'), fc.boolean(), (given, mark, crlf) => {
        const rows = given.flatMap(({ day, hours: each }) =>
          each.map((n, hour) => `2026-03-${two(day)}T${two(hour)}:00${mark}${n}`),
        );
        const text = [`time${mark}orders`, ...rows].join(crlf ? '\r\n' : '\n');
        const sorted = given.toSorted((a, b) => a.day - b.day);
        expect(read(text)).toEqual(
          sorted.map(({ day, hours: each }) => ({ date: `2026-03-${two(day)}`, hours: each })),
        );
      }),
    );
  });

  it('that are left out were none, and the busiest day is the one that is taken', () => {
    const days = read(
      'time,orders\n2026-03-30 14:00,100\n2026-03-31T00:00:00Z,40\n2026-03-31T23,70\n',
    );
    expect(dayOf(days).date).toBe('2026-03-31');
    expect(volumeOf(curveOfDay(dayOf(days)))).toBeCloseTo(110, 9);
    expect(dayOf(days, '2026-03-30').hours[14]).toBe(100);
    expect(() => dayOf(days, '2026-04-01')).toThrow('2026-03-30 to 2026-03-31');
  });

  it.each([
    ['', 'line 1, column 1'],
    ['2026-03-30T14:00,100', 'line 1, column 1'],
    ['time\n2026-03-30T14:00', 'line 1, column 2'],
    ['time,orders\n', 'line 2, column 1'],
    ['time,orders\n2026-03-30T14:00,100\nyesterday,5', 'line 3, column 1: "yesterday"'],
    ['time,orders\n\n\n2026-03-30T24:00,100', 'line 4, column 1'],
    ['time,orders\n2026-03-30T14:30,100', 'line 2, column 1'],
    ['time,orders\n2026-13-30T14:00,100', 'line 2, column 1'],
    ['time,orders\n2026-03-30T14:00,12x', 'line 2, column 2: "12x"'],
    ['time,orders\n2026-03-30T14:00,-1', 'line 2, column 2: "-1"'],
    ['time,orders\n2026-03-30T14:00,', 'line 2, column 2: there is no count'],
    ['time,orders\n2026-03-30T14:00', 'line 2, column 2: there is no count'],
    ['time,orders\n2026-03-30T14:00,1,2', 'line 2, column 3'],
    ['time,orders\n2026-03-30T14:00,1\n2026-03-30T14:00,2', 'line 3, column 1: the hour'],
    ['time,orders\n"2026-03-30T14:00,1', 'line 2'],
  ])('that are bad are refused with their place: %j', (text, place) => {
    expect(refusal(text)).toContain('Failed to read the hourly counts orders.csv');
    expect(refusal(text)).toContain(place);
  });
});

const two = (n: number): string => String(n).padStart(2, '0');
