/** Less of procure-to-pay: what is left goes as it went in the whole. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeyedRandom } from '../../../harness/random.ts';
import { excerpted } from './excerpted.ts';
import { planOrder } from './plan-order.ts';
import { procureToPay } from './procure-to-pay.ts';

const plans = fc
  .tuple(fc.string({ minLength: 1, maxLength: 6 }), fc.nat(2000))
  .map(([seed, index]) => planOrder(new KeyedRandom(seed), index, { mostLines: 12 }));

describe('lines taken away', () => {
  test('those that are left are as they were, each in one batch, with its batch’s story', () => {
    const cases = plans.chain((plan) =>
      fc.tuple(
        fc.constant(plan),
        fc.subarray(
          plan.lines.map((_, i) => i),
          { minLength: 1 },
        ),
      ),
    );
    fc.assert(
      fc.property(cases, ([plan, kept]) => {
        const less = excerpted(plan, { pieces: { [plan.index]: kept } });
        expect(less.lines).toEqual(kept.map((line) => plan.lines[line]));
        expect(less.batches.flatMap(({ lines }) => lines).sort((a, b) => a - b)).toEqual(
          kept.map((_, place) => place),
        );
        for (const batch of less.batches) {
          const line = kept[batch.lines[0] as number] as number;
          const { lines: _, ...story } = plan.batches.find((each) => each.lines.includes(line))!;
          expect(batch).toMatchObject(story);
        }
      }),
    );
  });

  test('an order of which nothing is said stays whole', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const less = excerpted(plan, { parts: [plan.index], pieces: { none: [0] } });
        expect(less).toEqual(plan);
      }),
    );
  });
});

test('every simplification is one: done twice it changes nothing more', () => {
  const { divisible } = procureToPay({ purchaseOrders: 3 });
  const names = divisible?.plainer ?? [];
  expect(names.length).toBeGreaterThan(5);
  fc.assert(
    fc.property(plans, fc.subarray([...names]), (plan, plain) => {
      const once = excerpted(plan, { plain });
      expect(excerpted(once, { plain })).toEqual(once);
    }),
  );
});

test('correlation ids say which order they are of', () => {
  const { divisible } = procureToPay({ purchaseOrders: 3 });
  const id = new KeyedRandom('s').uuid('correlation', 'order', 2);
  expect([divisible?.partOf('s', id), divisible?.partOf('t', id)]).toEqual([2, undefined]);
});
