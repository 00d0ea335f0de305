import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

const times = fc.double({ min: -100, max: 2000, noNaN: true });

describe('Pace', () => {
  it('keeps the order of any two times', () => {
    const pace = new Pace({ over: '20s' });
    fc.assert(
      fc.property(times, times, (a, b) => {
        const [first, second] = a < b ? [a, b] : [b, a];
        expect(pace.ms(first)).toBeLessThanOrEqual(pace.ms(second));
      }),
    );
  });

  it('lets the last order live to its end within the time given', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 400 }), (after, businessDays) => {
        const pace = new Pace({ over: 20_000, businessDays });
        const last = pace.orderingDays * pace.businessDayMs + pace.ms(after);
        expect(last).toBeLessThanOrEqual(20_000);
      }),
    );
  });

  it('leaves days alone when business takes its own time', () => {
    const pace = new Pace({});
    expect(pace.days(9)).toBe(9);
    expect(pace.ms(9)).toBe(9 * 86_400_000);
    expect(pace.orderingDays).toBe(30);
  });
});
