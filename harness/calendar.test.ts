import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Calendar } from './calendar.ts';
import { VirtualClock } from './clock.ts';

const day = 86_400_000;
const english = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'UTC',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const lastSecond = 253_402_300_799_000;

test('dates agree with the calendar of the engine, from 1970 to 9999', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: lastSecond }), (at) => {
      const calendar = new Calendar(new VirtualClock({ startAt: at }));
      expect(calendar.today()).toBe(english.format(at));
    }),
    { examples: [[951_782_400_000], [4_107_542_400_000 - 1], [0], [day - 1], [day]] },
  );
});

test('a business day of another length: the date turns with it, wherever the clock starts', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000_000_000_000 }),
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.integer({ min: 0, max: 500 }),
      (startAt, businessDayMs, days) => {
        const calendar = new Calendar(new VirtualClock({ startAt }), { businessDayMs });
        const first = Math.floor(startAt / day) * day;
        const turn = startAt + days * businessDayMs;
        expect(calendar.today(turn)).toBe(english.format(first + days * day));
        if (days > 0)
          expect(calendar.today(turn - 1)).toBe(english.format(first + (days - 1) * day));
        expect(calendar.trialMs(days)).toBe(days * businessDayMs);
      },
    ),
    { examples: [[0, 333, 7]] },
  );
});

test('without compression business time is trial time, and starts at the first day given', () => {
  const startAt = 20_000 * day + 3_600_000;
  const clock = new VirtualClock({ startAt });
  expect(new Calendar(clock).businessTime()).toBe(startAt);
  const moved = new Calendar(clock, { firstDay: 10_000 * day });
  expect(moved.businessTime(startAt + day)).toBe(10_001 * day + 3_600_000);
});

test('business time never runs backwards', () => {
  fc.assert(
    fc.property(
      fc.nat(100_000),
      fc.nat(100_000),
      fc.integer({ min: 1, max: 5000 }),
      (a, b, businessDayMs) => {
        const calendar = new Calendar(new VirtualClock({ startAt: 0 }), { businessDayMs });
        const [early, late] = a < b ? [a, b] : [b, a];
        expect(calendar.businessTime(early)).toBeLessThanOrEqual(calendar.businessTime(late));
      },
    ),
  );
});
