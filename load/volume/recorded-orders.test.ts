import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryRecord } from '../../harness/record.ts';
import { lastsMs, volumeOf } from './curve.ts';
import { recordedOrders, replayCurve } from './recorded-orders.ts';

const order = (at: number, version = 1, system = 'procurement'): HistoryRecord => ({
  position: 0,
  at,
  type: 'commit',
  system,
  document: 'PurchaseOrder',
  id: `PO-${at}`,
  version,
  transaction: at,
  data: {
    supplier: 'S',
    companyCode: '1000',
    currency: 'EUR',
    paymentTerms: 'N30',
    lines: [
      { line: '10', material: 'M', quantity: '5', unit: 'C62', netPrice: '2', plant: '1010' },
    ],
  },
});

const times = fc
  .array(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 1, maxLength: 300 })
  .map((all) => all.toSorted((a, b) => a - b));

describe('orders of a recorded history', () => {
  it('come again, all of them, in so many times less time', () => {
    fc.assert(
      fc.property(times, fc.constantFrom(1, 10, 60), (all, speed) => {
        const orders = recordedOrders(all.map((at) => order(at)));
        const curve = replayCurve(orders, speed);
        expect(volumeOf(curve)).toBeCloseTo(all.length, 6);
        const span = ((all.at(-1) as number) - (all[0] as number)) / speed;
        expect(lastsMs(curve)).toBeGreaterThanOrEqual(span);
        expect(lastsMs(curve)).toBeLessThanOrEqual(Math.max(span * 1.01, span + 2000));
      }),
    );
  });

  it('are what was issued: no later versions, nothing that the integration wrote elsewhere', () => {
    const orders = recordedOrders([order(5), order(7, 2), order(9, 1, 'erp'), order(1005)]);
    expect(orders.map(({ atMs }) => atMs)).toEqual([0, 1000]);
    expect(orders[0]?.draft).toEqual({
      supplier: 'S',
      companyCode: '1000',
      currency: 'EUR',
      lines: [{ material: 'M', quantity: '5', unit: 'C62', netPrice: '2', plant: '1010' }],
    });
  });

  it('are refused when there are none', () => {
    expect(() => recordedOrders([order(9, 1, 'erp')])).toThrow('no purchase order was issued');
  });
});
