import { describe, expect, it } from 'vitest';
import { lastsMs, peakOf, rateAt, volumeOf } from './curve.ts';
import { peakDay, publishedPeakDay } from './peak-day.ts';

const hourMs = 3_600_000;

describe('a peak day', () => {
  it('of the published company is busier than its mean day by as much as the month ends are', () => {
    const mean = 76_349 / 365;
    expect(publishedPeakDay() / mean).toBeGreaterThan(1.5);
    expect(publishedPeakDay() / mean).toBeLessThan(1.8);
  });

  it('has the orders that were asked for, most of them in the published hours', () => {
    const day = peakDay({ orders: 10_000 });
    expect(volumeOf(day)).toBeCloseTo(10_000, 6);
    expect(lastsMs(day)).toBe(24 * hourMs);
    for (const busy of [0, 1, 8, 14, 21, 23]) {
      expect(rateAt(day, busy * hourMs)).toBe(peakOf(day));
    }
    for (const quiet of [2, 7, 15, 20]) {
      expect(rateAt(day, quiet * hourMs)).toBeLessThan(peakOf(day) / 2);
    }
  });

  it('grows by promotions and batches and not by outages', () => {
    const orders = 24_000;
    const plain = peakDay({ orders });
    const promoted = peakDay({ orders, promotions: [{ fromHour: 3, toHour: 4, factor: 3 }] });
    const hour = rateAt(plain, 3 * hourMs) * 3600;
    expect(volumeOf(promoted)).toBeCloseTo(orders + 2 * hour, 6);
    const batched = peakDay({ orders, batches: [{ fromHour: 22, toHour: 22.5, orders: 500 }] });
    expect(volumeOf(batched)).toBeCloseTo(orders + 500, 6);
    const broken = peakDay({ orders, outages: [{ fromHour: 9, toHour: 11, burst: 4 }] });
    expect(volumeOf(broken)).toBeCloseTo(orders, 6);
    expect(rateAt(broken, 10 * hourMs)).toBe(0);
    expect(rateAt(broken, 11 * hourMs)).toBeGreaterThan(peakOf(plain));
  });

  it('lasts past midnight when the outage did', () => {
    const day = peakDay({ orders: 1000, outages: [{ fromHour: 22, toHour: 24 }] });
    expect(volumeOf(day)).toBeCloseTo(1000, 6);
    expect(lastsMs(day)).toBeGreaterThan(24 * hourMs);
  });
});
