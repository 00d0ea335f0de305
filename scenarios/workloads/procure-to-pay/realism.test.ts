import { describe, expect, it } from 'vitest';
import { KeyedRandom } from '../../../harness/random.ts';
import { planOrders } from './plan-order.ts';
import { describeRealism } from './realism-text.ts';
import { expectedVariants, realismScore, realismTable } from './realism.ts';

describe('realism', () => {
  it.each(['one', 'two', 'three'])(
    'has nearly all figures of 20,000 orders within 10 percent (seed %s)',
    (seed) => {
      const rows = realismTable(planOrders(new KeyedRandom(seed), 20_000));
      expect(rows.filter((row) => row.scored).length).toBeGreaterThanOrEqual(30);
      expect(realismScore(rows)).toBeGreaterThanOrEqual(0.9);
    },
  );

  it('notices a mix that is not the published one', () => {
    const capped = planOrders(new KeyedRandom('one'), 20_000, { mostLines: 1 });
    const off = realismTable(capped).filter((row) => row.difference > 0.1);
    expect(off.map((row) => row.figure)).toContain('items per order, mean');
    expect(off.map((row) => row.figure)).toContain('items per order, most');
  });

  it('notices durations that are not the published ones', () => {
    const slow = [...planOrders(new KeyedRandom('one'), 2000)].map((plan) => ({
      ...plan,
      batches: plan.batches.map((batch) => ({
        ...batch,
        shipments: batch.shipments.map(({ receivedAfter, ...shipment }) =>
          receivedAfter === undefined
            ? shipment
            : { ...shipment, receivedAfter: receivedAfter * 2 },
        ),
      })),
    }));
    const off = realismTable(slow).filter((row) => row.difference > 0.1);
    expect(off.map((row) => row.figure)).toContain('order to receipt, median in days');
  });

  it('scales the number of variants, and to the published one at full size', () => {
    expect(expectedVariants(251_734)).toBe(11_973);
    expect(expectedVariants(66_000)).toBeLessThan(11_973 / 2);
  });

  it('shows published and generated side by side, and marks what is off', () => {
    const rows = realismTable(planOrders(new KeyedRandom('one'), 200, { mostLines: 1 }));
    const text = describeRealism(rows);
    for (const { figure } of rows) expect(text).toContain(figure);
    expect(text).toMatch(/! +items per order, most +429 +1 +99\.8 %/);
    expect(text).toMatch(/\d+\.\d % of \d+ figures/);
  });
});
