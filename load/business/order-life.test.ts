import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Market, orderDraft, orderLife } from './order-life.ts';

const market: Market = {
  suppliers: Array.from({ length: 100 }, (_, n) => `S${n}`),
  materials: Array.from({ length: 50 }, (_, n) => `M${n}`),
  inLots: ['M3', 'M4'],
};
const seeds = fc.stringMatching(/^[a-z]{1,8}$/);
const orders = fc.nat({ max: 1_000_000 });

describe('the life of an order', () => {
  it('depends on the seed and its number only, whoever draws it and in whatever order', () => {
    fc.assert(
      fc.property(seeds, fc.uniqueArray(orders, { minLength: 2, maxLength: 20 }), (seed, all) => {
        const drawn = new Map(
          all.map((n) => [n, orderLife(n, { seed, market, mostLines: 20 })] as const),
        );
        for (const n of all.toReversed()) {
          expect(orderLife(n, { seed, market, mostLines: 20 })).toEqual(drawn.get(n));
        }
        expect(new Set([...drawn.values()].map((each) => each.correlationId)).size).toBe(
          all.length,
        );
      }),
    );
  });

  it('buys what there is, in whole quantities, within the lines that are allowed', () => {
    fc.assert(
      fc.property(seeds, orders, fc.integer({ min: 1, max: 30 }), (seed, n, mostLines) => {
        const { supplier, lines } = orderDraft(n, { seed, market, mostLines });
        expect(market.suppliers).toContain(supplier);
        expect(lines.length).toBeGreaterThanOrEqual(1);
        expect(lines.length).toBeLessThanOrEqual(mostLines);
        for (const { material, quantity } of lines) {
          expect(market.materials).toContain(material);
          expect(quantity).toMatch(/^[1-9]\d*$/);
        }
      }),
    );
  });

  it('announces what comes in lots, and changes a quantity to another one', () => {
    fc.assert(
      fc.property(seeds, orders, (seed, n) => {
        const life = orderLife(n, { seed, market, mostLines: 20 });
        const { lines } = life.draft;
        const inLots = lines.some(({ material }) => market.inLots.includes(material));
        expect(life.announced || !inLots).toBe(true);
        expect(life.changedQuantity).not.toBe(lines[0]?.quantity);
      }),
    );
  });

  it('has the published shape: most orders are small, few suppliers have most of them', () => {
    const drafts = Array.from({ length: 2000 }, (_, n) =>
      orderDraft(n, { seed: 'shape', market, mostLines: 429 }),
    );
    const single = drafts.filter(({ lines }) => lines.length === 1).length / drafts.length;
    expect(single).toBeGreaterThan(0.5);
    expect(single).toBeLessThan(0.7);
    const top = new Set(market.suppliers.slice(0, 20));
    const lines = (all: typeof drafts) => all.reduce((sum, each) => sum + each.lines.length, 0);
    expect(
      lines(drafts.filter(({ supplier }) => top.has(supplier))) / lines(drafts),
    ).toBeGreaterThan(0.8);
  });
});
