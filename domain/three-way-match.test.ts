import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decimal, add, compare, decimal, subtract } from './decimal.ts';
import { textOf } from './testing/exact.ts';
import {
  type MatchInput,
  type MatchTolerances,
  matchLine,
  openQuantity,
} from './three-way-match.ts';
import { exact } from './tolerance.ts';

const none: MatchTolerances = { price: exact, quantity: exact };
const tenPercent = { upper: { percent: decimal(10) }, lower: { percent: decimal(10) } };
const generous: MatchTolerances = { price: tenPercent, quantity: tenPercent };

const amounts = fc
  .tuple(fc.bigInt(0n, 10_000n), fc.integer({ min: 0, max: 3 }))
  .map(([integer, places]) => textOf({ integer, places }) as Decimal);
const positive = amounts.filter((each) => each !== '0');
const anyInputs: fc.Arbitrary<MatchInput> = fc.record({
  orderedQuantity: positive,
  orderPrice: amounts,
  receivedQuantity: amounts,
  previouslyInvoiced: amounts,
  invoiceQuantity: positive,
  invoicePrice: amounts,
  receiptRequired: fc.boolean(),
});
/** Half of them at the agreed price, and half of all with nothing invoiced before: as most are. */
const inputs = fc.tuple(anyInputs, fc.boolean(), fc.boolean()).map(([input, agreed, first]) => ({
  ...input,
  ...(agreed ? { invoicePrice: input.orderPrice } : {}),
  ...(first ? { previouslyInvoiced: decimal(0), receivedQuantity: input.invoiceQuantity } : {}),
}));
const tolerances = fc.constantFrom(none, generous);

const line: MatchInput = {
  orderedQuantity: decimal(10),
  orderPrice: decimal(5),
  receivedQuantity: decimal(10),
  previouslyInvoiced: decimal(0),
  invoiceQuantity: decimal(10),
  invoicePrice: decimal(5),
  receiptRequired: true,
};

describe('a line', () => {
  it('matches when all three agree', () => {
    fc.assert(
      fc.property(positive, amounts, tolerances, (quantity, price, within) => {
        const agreed = {
          ...line,
          orderedQuantity: quantity,
          receivedQuantity: quantity,
          invoiceQuantity: quantity,
          orderPrice: price,
          invoicePrice: price,
        };
        expect(matchLine(agreed, within)).toEqual({ status: 'matched', exceptions: [] });
      }),
    );
  });

  it('is an exception exactly when it names a reason', () => {
    fc.assert(
      fc.property(inputs, tolerances, (input, within) => {
        const { status, exceptions } = matchLine(input, within);
        expect(status === 'exception').toBe(exceptions.length > 0);
      }),
    );
  });

  it('is never matched beyond what was received, or ordered where no receipt is asked for', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { status } = matchLine(input, none);
        const basis = input.receiptRequired ? input.receivedQuantity : input.orderedQuantity;
        const invoiced = add(input.previouslyInvoiced, input.invoiceQuantity);
        if (compare(invoiced, basis) > 0) expect(status).not.toBe('matched');
        else expect(status === 'matched').toBe(input.orderPrice === input.invoicePrice);
      }),
      { numRuns: 1000 },
    );
  });

  it('waits for the goods as long as nothing at all has come, and only then', () => {
    fc.assert(
      fc.property(inputs, tolerances, (input, within) => {
        const { status } = matchLine(input, within);
        if (status === 'pendingReceipt') {
          expect([input.receiptRequired, input.receivedQuantity]).toEqual([true, '0']);
        }
        const early = { ...input, receiptRequired: true, receivedQuantity: decimal(0) };
        expect(matchLine(early, within).exceptions).not.toContain('quantity');
      }),
    );
  });

  it('does not look at receipts in a two-way match', () => {
    fc.assert(
      fc.property(inputs, amounts, tolerances, (input, received, within) => {
        const twoWay = { ...input, receiptRequired: false };
        const other = { ...twoWay, receivedQuantity: received };
        expect(matchLine(other, within)).toEqual(matchLine(twoWay, within));
      }),
    );
  });

  it('gets no worse when more is received', () => {
    fc.assert(
      fc.property(inputs, amounts, tolerances, (input, more, within) => {
        const received = add(input.receivedQuantity, more);
        const before = matchLine(input, within).status;
        const after = matchLine({ ...input, receivedQuantity: received }, within).status;
        if (before === 'matched') expect(after).toBe('matched');
        // What waited for goods may be found to be too much once some have come.
        if (before === 'exception' && after === 'pendingReceipt') expect.unreachable();
      }),
    );
  });

  it('says price, quantity, or both', () => {
    const of = (change: Partial<MatchInput>) => matchLine({ ...line, ...change }, generous);
    expect(of({ invoicePrice: decimal('5.5') }).status).toBe('matched');
    expect(of({ invoicePrice: decimal('5.51') }).exceptions).toEqual(['price']);
    expect(of({ invoicePrice: decimal('4.49') }).exceptions).toEqual(['price']);
    expect(of({ receivedQuantity: decimal(9) }).exceptions).toEqual(['quantity']);
    expect(of({ previouslyInvoiced: decimal(10), invoicePrice: decimal(9) }).exceptions).toEqual([
      'price',
      'quantity',
    ]);
    expect(of({ receivedQuantity: decimal(0) })).toEqual({
      status: 'pendingReceipt',
      exceptions: [],
    });
    expect(of({ receivedQuantity: decimal(0), invoicePrice: decimal(9) }).exceptions).toEqual([
      'price',
    ]);
  });
});

it('an order line is open by what is missing, and never by less than nothing', () => {
  fc.assert(
    fc.property(amounts, amounts, (ordered, received) => {
      const open = openQuantity(ordered, received);
      const missing = subtract(ordered, received);
      expect(open).toBe(missing.startsWith('-') ? '0' : missing);
    }),
  );
});
