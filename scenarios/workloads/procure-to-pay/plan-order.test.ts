import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decimal, isPositive } from '../../../domain/decimal.ts';
import { KeyedRandom } from '../../../harness/random.ts';
import { activitiesOf } from './activities.ts';
import { type Shares, planOrder, planOrders } from './plan-order.ts';

const seeds = fc.string({ minLength: 1, maxLength: 8 });
const indexes = fc.nat(100_000);
const plans = fc
  .tuple(seeds, indexes)
  .map(([seed, index]) => planOrder(new KeyedRandom(seed), index));
const batches = plans.chain((plan) =>
  fc.constantFrom(...plan.batches.map((batch) => ({ plan, batch }))),
);
const shipments = batches
  .filter(({ batch }) => batch.shipments.length > 0)
  .chain(({ batch }) =>
    fc.constantFrom(...batch.shipments.map((shipment) => ({ batch, shipment }))),
  );

describe('planOrder', () => {
  it('gives an order the same story every time, whatever else is planned', () => {
    fc.assert(
      fc.property(seeds, fc.nat(50), fc.nat(50), (seed, index, more) => {
        const alone = planOrder(new KeyedRandom(seed), index);
        const among = [...planOrders(new KeyedRandom(seed), index + 1 + more)][index];
        expect(among).toEqual(alone);
      }),
      { numRuns: 30 },
    );
  });

  it('withdraws, changes and recounts as often as it is told', () => {
    const often = { withdrawn: 1, quantityChanged: 1, priceChanged: 1 };
    fc.assert(
      fc.property(seeds, fc.nat(200), (seed, index) => {
        const kinds = (shares: Shares): string[][] =>
          planOrder(new KeyedRandom(seed), index, { shares }).batches.map(({ changes }) =>
            changes.map(({ kind }) => kind),
          );
        for (const each of kinds(often))
          expect(each).toEqual(expect.arrayContaining(['quantity', 'price', 'withdrawn']));
        const never = { quantityChanged: 0.01, priceChanged: 0 };
        for (const each of kinds(never)) expect(each).not.toContain('price');
        const recounted = planOrder(new KeyedRandom(seed), index, { shares: { recounted: 0 } });
        for (const { shipments: all } of recounted.batches)
          for (const each of all) expect(each.recountedAfter).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it('has more or nothing of whatever is rare, as it is told', () => {
    const counted = (shares: Shares): Record<string, number> => {
      const tally = { shipments: 0, odd: 0, credited: 0, cancelled: 0, dates: 0, again: 0 };
      for (const { batches: all, lines } of planOrders(new KeyedRandom('rare'), 60, { shares })) {
        tally.again += lines.filter((each, i) => each.material === lines[i - 1]?.material).length;
        for (const { shipments: some, changes } of all) {
          tally.shipments += some.length > 1 ? 1 : 0;
          tally.dates += changes.filter(({ kind }) => kind === 'date').length;
          for (const { count, invoice } of some) {
            tally.odd += count === 'full' ? 0 : 1;
            tally.credited += invoice?.block?.creditedAfter === undefined ? 0 : 1;
            tally.cancelled += invoice?.cancelled === undefined ? 0 : 1;
          }
        }
      }
      return tally;
    };
    const often = counted({
      severalShipments: 0.9,
      miscounted: 0.9,
      disputed: 0.9,
      invoiceCancelled: 0.9,
      dateChanged: 0.9,
      sameMaterial: 0.9,
    });
    const never = counted({ miscounted: 0, invoiceCancelled: 0, dateChanged: 0, sameMaterial: 0 });
    for (const [name, count] of Object.entries(often)) expect(count, name).toBeGreaterThan(20);
    for (const name of ['odd', 'cancelled', 'dates', 'again']) expect(never[name], name).toBe(0);
  });

  it('tells different stories for different seeds', () => {
    const stories = ['a', 'b', 'c'].map((seed) =>
      JSON.stringify(planOrder(new KeyedRandom(seed), 7)),
    );
    expect(new Set(stories).size).toBe(3);
  });

  it('puts every line into exactly one batch', () => {
    fc.assert(
      fc.property(plans, ({ lines, batches: all }) => {
        const placed = all.flatMap((batch) => batch.lines).sort((a, b) => a - b);
        expect(placed).toEqual(lines.map((_, i) => i));
      }),
    );
  });

  it('orders whole, positive quantities, and fractions below one', () => {
    fc.assert(
      fc.property(plans, ({ lines }) => {
        for (const { quantity, fraction, priceFactor } of lines) {
          expect(quantity).toMatch(/^[1-9]\d*$/);
          expect(fraction).toMatch(/^0(\.\d{0,2}[1-9])?$/);
          expect(isPositive(priceFactor)).toBe(true);
        }
      }),
    );
  });

  it('changes quantities and prices by a factor that changes them', () => {
    fc.assert(
      fc.property(batches, ({ batch }) => {
        for (const { kind, factor } of batch.changes) {
          if (kind === 'quantity' || kind === 'price') expect(factor).not.toBe('1' as Decimal);
          expect(Number(factor)).toBeGreaterThan(0.5);
        }
      }),
    );
  });

  it('changes before it ships, ships before it receives, and clears after it records', () => {
    fc.assert(
      fc.property(shipments, ({ batch, shipment }) => {
        const { shippedAfter, receivedAfter, recountedAfter, invoice } = shipment;
        for (const { after } of batch.changes) expect(after).toBeLessThan(shippedAfter);
        expect(shippedAfter).toBeGreaterThan(0);
        if (receivedAfter !== undefined) expect(receivedAfter).toBeGreaterThan(shippedAfter);
        if (recountedAfter !== undefined)
          expect(recountedAfter).toBeGreaterThan(receivedAfter ?? 0);
        if (invoice === undefined) return;
        expect(invoice.datedAfter).toBeLessThanOrEqual(invoice.recordedAfter);
        expect(invoice.recordedAfter).toBeGreaterThan(shippedAfter);
        const { block, cancelled, recordedAfter, clearedAfter } = invoice;
        const steps = [
          recordedAfter,
          cancelled?.after,
          cancelled?.againAfter,
          block?.creditedAfter,
        ];
        const times = [...steps, block?.removedAfter, clearedAfter].filter(
          (at) => at !== undefined,
        );
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
      { numRuns: 500 },
    );
  });

  it('receives nothing for limit lines and invoices nothing for consignment', () => {
    fc.assert(
      fc.property(shipments, ({ batch, shipment }) => {
        expect(shipment.receivedAfter === undefined).toBe(batch.category === 'twoWay');
        expect(shipment.invoice === undefined).toBe(batch.category === 'consignment');
      }),
    );
  });

  it('never invoices before the receipt where the receipt must come first', () => {
    fc.assert(
      fc.property(shipments, ({ batch, shipment: { receivedAfter = 0, invoice } }) => {
        if (batch.category !== 'afterReceipt' || invoice === undefined) return;
        expect(batch.shipments).toHaveLength(1);
        expect(invoice.recordedAfter).toBeGreaterThan(receivedAfter);
        expect(invoice.datedAfter).toBeGreaterThan(receivedAfter);
      }),
    );
  });

  it('keeps to the caps asked for', () => {
    fc.assert(
      fc.property(seeds, indexes, (seed, index) => {
        const capped = planOrder(new KeyedRandom(seed), index, {
          mostLines: 5,
          mostShipments: 2,
          mostChanges: 1,
        });
        expect(capped.lines.length).toBeLessThanOrEqual(5);
        for (const { shipments: all, changes } of capped.batches) {
          expect(all.length).toBeLessThanOrEqual(2);
          const small = changes.filter(({ kind }) => kind === 'place' || kind === 'text');
          expect(small.length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('begins every item with its order, but for a requisition or a late order', () => {
    fc.assert(
      fc.property(batches, ({ plan, batch }) => {
        const codes = activitiesOf(plan, batch).map(([, code]) => code);
        expect(codes.filter((code) => code === 'P')).toHaveLength(1);
        const before = codes.slice(0, codes.indexOf('P'));
        expect(before.every((code) => code === 'Q' || code === 'V')).toBe(true);
      }),
    );
  });
});
