/** What must hold of the ERP after any sequence of commands, accepted or refused. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBalanced } from '../../domain/accounting-document.ts';
import {
  mayMove,
  orderMoves,
  invoiceMoves,
  type CanonicalState,
} from '../../domain/canonical-state.ts';
import { addDays } from '../../domain/calendar-date.ts';
import {
  add,
  decimal,
  multiply,
  negate,
  round,
  sum,
  zero,
  type Decimal,
} from '../../domain/decimal.ts';
import { BusinessError } from '../../harness/business-error.ts';
import type { ErpCore } from './erp-core.ts';
import { context, contextOn, invoiceDraft, line, testErp, today } from './erp-fixture.ts';
import type { MaterialDocument } from './erp-documents.ts';

type Step = ((erp: ErpCore, world: World) => void) & { [fc.toStringMethod]?: () => string };
interface World {
  refused: Map<string, number>;
  accepted: Map<string, number>;
}

const lineKinds = [
  {},
  { goodsReceiptBasedInvoiceVerification: true },
  { material: 'S' },
  {
    material: 'S',
    goodsReceiptBasedInvoiceVerification: true,
    overdeliveryTolerancePercent: decimal(10),
  },
  { accountAssignment: { category: 'costCenter', object: 'CC1', glAccount: '415000' } },
  {
    accountAssignment: { category: 'costCenter', object: 'CC1', glAccount: '415000' },
    goodsReceiptNonValuated: true,
  },
  { category: 'consignment' },
  { category: 'limit' },
  { unlimitedOverdelivery: true, underdeliveryTolerancePercent: decimal(20) },
] as const;

const pickOrder = (erp: ErpCore, pick: number) => {
  const orders = [...erp.purchaseOrders.documents.values()];
  return orders[pick % Math.max(1, orders.length)];
};
const pickOf = <T>(values: Iterable<T>, pick: number): T | undefined => {
  const all = [...values];
  return all[pick % Math.max(1, all.length)];
};

const n = fc.nat({ max: 1000 });
const quantity = fc.integer({ min: 1, max: 14 }).map((each) => decimal(each));
const cents = fc.integer({ min: 1, max: 9999 }).map((each) => decimal((each / 100).toFixed(2)));
const currency = fc.constantFrom('EUR', 'USD', 'JPY');

const step = (name: string, act: (erp: ErpCore) => void): Step =>
  Object.assign((erp: ErpCore, world: World) => run(name, act, erp, world), {
    [fc.toStringMethod]: () => name,
  });

const run = (name: string, act: (erp: ErpCore) => void, erp: ErpCore, world: World): void => {
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  const before = fingerprint(erp);
  try {
    act(erp);
    count(world.accepted, name);
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    count(world.refused, `${name}: ${error.rule}`);
    // A refused command changes nothing, used no number and said nothing.
    expect(fingerprint(erp)).toEqual(before);
  }
};

const fingerprint = (erp: ErpCore): string =>
  [...erp.store.collections]
    .map(
      (each) =>
        `${each.kind} ${each.size} ${[...each.entries()].map(([id, entry]) => `${id}@${entry.version}${JSON.stringify(entry.data)}`).join()}`,
    )
    .join('\n');

const create = fc
  .tuple(fc.array(fc.tuple(n, quantity, cents), { minLength: 1, maxLength: 3 }), currency)
  .map(([drafts, money]) =>
    step('create', (erp) => {
      const lines = drafts.map(([kind, quantity, netPrice]) =>
        line({
          ...lineKinds[kind % lineKinds.length],
          quantity,
          netPrice: money === 'JPY' ? round(add(netPrice, decimal(1)), 0) : netPrice,
        }),
      );
      erp.purchaseOrders.create(
        { companyCode: '1000', supplier: 'S1', currency: money, lines },
        context,
      );
    }),
  );

const receive = fc
  .tuple(n, n, quantity, fc.constantFrom('101', '103', '101'), fc.boolean())
  .map(([pick, at, quantity, movementType, done]) =>
    step(`receive ${movementType}`, (erp) => {
      const order = pickOrder(erp, pick);
      if (!order) return;
      const each = order.lines[at % order.lines.length];
      const lines = [
        {
          movementType,
          purchaseOrder: order.number,
          purchaseOrderLine: each?.line ?? '',
          quantity,
          deliveryCompleted: done && at % 5 === 0,
        },
      ] as const;
      erp.goodsMovements.post({ lines }, context);
    }),
  );

const receipts = (erp: ErpCore) => erp.goodsMovements.documents.values();

const reverse = fc.tuple(n).map(([pick]) =>
  step('reverse', (erp) => {
    const document = pickOf(receipts(erp), pick);
    if (document) erp.goodsMovements.cancel(document.year, document.number, today, context);
  }),
);

const takeBack = fc
  .tuple(n, fc.constantFrom('102', '122', '105'), fc.option(quantity))
  .map(([pick, movementType, quantity]) =>
    step(`take back ${movementType}`, (erp) => {
      const wanted = movementType === '105' ? ['103'] : ['101', '105'];
      const candidates = [...receipts(erp)].filter((each) =>
        wanted.includes(each.lines[0]?.movementType ?? ''),
      );
      const document = pickOf(candidates, pick);
      if (!document) return;
      const reversesLine = `${document.year}/${document.number}/${document.lines[0]?.line}`;
      erp.goodsMovements.post(
        { lines: [{ movementType, reversesLine, ...(quantity === null ? {} : { quantity }) }] },
        context,
      );
    }),
  );

const kinds = [
  'invoice',
  'invoice',
  'invoice',
  'creditMemo',
  'subsequentDebit',
  'subsequentCredit',
] as const;

const invoice = fc
  .tuple(n, n, quantity, cents, fc.constantFrom(...kinds), fc.boolean())
  .map(([pick, at, quantity, price, kind, atOrderPrice]) =>
    step(kind, (erp) => {
      const order = pickOrder(erp, pick);
      if (!order) return;
      const each = order.lines[at % order.lines.length];
      if (!each) return;
      const decimals = order.currency === 'JPY' ? 0 : 2;
      const amount = round(multiply(quantity, atOrderPrice ? each.netPrice : price), decimals);
      const tax = round(multiply(amount, decimal('0.19')), decimals);
      const draft = invoiceDraft(order.number, quantity, amount, { kind, line: each.line });
      erp.invoices.post(
        { ...draft, currency: order.currency, grossAmount: add(amount, tax) },
        context,
      );
    }),
  );

/** Invoices (or credits) exactly what makes a line even, so that closing is not left to chance. */
const settle = fc.tuple(n, n, cents, fc.boolean()).map(([pick, at, price, atOrderPrice]) =>
  step('settle', (erp) => {
    const order = pickOrder(erp, pick);
    const each = order?.lines[at % order.lines.length];
    if (!order || !each) return;
    const { received, invoiced } = erp.purchaseOrders.lineBalance(order.number, each.line);
    const open = add(received, negate(invoiced));
    if (open === '0') return;
    const size = decimal(open.replace('-', ''));
    const decimals = order.currency === 'JPY' ? 0 : 2;
    const amount = round(multiply(size, atOrderPrice ? each.netPrice : price), decimals);
    const tax = round(multiply(amount, decimal('0.19')), decimals);
    const kind = open.startsWith('-') ? 'creditMemo' : 'invoice';
    const draft = invoiceDraft(order.number, size, amount, { kind, line: each.line });
    erp.invoices.post(
      { ...draft, currency: order.currency, grossAmount: add(amount, tax) },
      context,
    );
  }),
);

/** Receives exactly what is open. */
const complete = fc.tuple(n, n).map(([pick, at]) =>
  step('complete', (erp) => {
    const order = pickOrder(erp, pick);
    const each = order?.lines[at % order.lines.length];
    if (!order || !each) return;
    const { received, blocked } = erp.purchaseOrders.lineBalance(order.number, each.line);
    const quantity = add(each.quantity, negate(add(received, blocked)));
    const lines = [
      { movementType: '101', purchaseOrder: order.number, purchaseOrderLine: each.line, quantity },
    ] as const;
    erp.goodsMovements.post({ lines }, context);
  }),
);

const cancelInvoice = n.map((pick) =>
  step('cancel invoice', (erp) => {
    const document = pickOf(erp.invoices.documents.values(), pick);
    if (document) erp.invoices.cancel(document.year, document.number, today, context);
  }),
);

const releaseInvoice = n.map((pick) =>
  step('release invoice', (erp) => {
    const document = pickOf(erp.invoices.documents.values(), pick);
    if (document) erp.invoices.release(document.year, document.number, context);
  }),
);

const pay = fc.nat({ max: 60 }).map((days) =>
  step('pay', (erp) => {
    const runDate = addDays(today, days);
    erp.payments.run({ companyCode: '1000', runDate, houseBank: 'BANK1' }, contextOn(runDate));
  }),
);

const bank = fc.tuple(n, fc.boolean()).map(([pick, good]) =>
  step(good ? 'bank clears' : 'bank rejects', (erp) => {
    const payment = pickOf(erp.payments.documents.values(), pick);
    if (!payment) return;
    const id = `${payment.year}/${payment.number}`;
    if (good) erp.payments.clear(id, context);
    else erp.payments.reject(id, 'account closed', context);
  }),
);

const change = fc.tuple(n, n, quantity, cents).map(([pick, at, quantity, netPrice]) =>
  step('change', (erp) => {
    const order = pickOrder(erp, pick);
    if (!order) return;
    const each = order.lines[at % order.lines.length]?.line ?? '';
    const price = order.currency === 'JPY' ? decimal(7) : netPrice;
    const fields =
      at % 3 === 0
        ? { quantity }
        : at % 3 === 1
          ? { netPrice: price }
          : { quantity, netPrice: price };
    erp.purchaseOrders.change(order.number, { lines: [{ line: each, ...fields }] }, context);
  }),
);

const remove = fc.tuple(n, n).map(([pick, at]) =>
  step('delete', (erp) => {
    const order = pickOrder(erp, pick);
    if (order)
      erp.purchaseOrders.delete(
        order.number,
        context,
        at % 2 ? undefined : [order.lines[0]?.line ?? ''],
      );
  }),
);

const stock = fc
  .tuple(
    fc.constantFrom('V', 'S'),
    fc.constantFrom('201', '561', '701', '702', '301', '311'),
    quantity,
    fc.option(cents),
  )
  .map(([material, movementType, quantity, amount]) =>
    step(`stock ${movementType}`, (erp) => {
      const to =
        movementType === '301' ? { receivingPlant: '1020' } : { receivingStorageLocation: '0002' };
      const transfer = movementType === '301' || movementType === '311' ? to : {};
      const value = movementType === '561' && amount !== null ? { amount } : {};
      erp.goodsMovements.post(
        {
          lines: [
            {
              movementType,
              material,
              plant: '1010',
              quantity,
              costCenter: 'CC1',
              ...transfer,
              ...value,
            } as const,
          ],
        },
        context,
      );
    }),
  );

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: create },
    { weight: 8, arbitrary: receive },
    { weight: 3, arbitrary: reverse },
    { weight: 4, arbitrary: takeBack },
    { weight: 10, arbitrary: invoice },
    { weight: 10, arbitrary: settle },
    { weight: 6, arbitrary: complete },
    { weight: 3, arbitrary: cancelInvoice },
    { weight: 2, arbitrary: releaseInvoice },
    { weight: 2, arbitrary: pay },
    { weight: 2, arbitrary: bank },
    { weight: 3, arbitrary: change },
    { weight: 1, arbitrary: remove },
    { weight: 3, arbitrary: stock },
  ),
  { minLength: 5, maxLength: 50, size: 'max' },
);

const played = (sequence: readonly Step[], negativeStockAllowed = false) => {
  const world: World = { refused: new Map(), accepted: new Map() };
  const made = testErp();
  if (negativeStockAllowed) {
    const plants = [...made.erp.masterData.plants.values()].map((each) => ({
      ...each,
      negativeStockAllowed,
    }));
    made.erp.masterData.seed({ plants }, context);
  }
  for (const each of sequence) each(made.erp, world);
  return { ...made, ...world };
};

const stockSigns: Record<string, 1 | -1> = {
  '101': 1,
  '105': 1,
  '561': 1,
  '701': 1,
  '102': -1,
  '122': -1,
  '161': -1,
  '201': -1,
  '702': -1,
};

function movedTo(
  documents: Iterable<MaterialDocument>,
  material: string,
  plant: string,
  place: string,
): Decimal {
  const parts: Decimal[] = [];
  for (const document of documents) {
    for (const each of document.lines) {
      if (each.material !== material || each.consumed) continue;
      const sign = stockSigns[each.movementType] ?? 0;
      const here = each.plant === plant && each.storageLocation === place;
      const there = each.receivingPlant === plant && each.receivingStorageLocation === place;
      if (here && sign !== 0)
        parts.push(sign === 1 ? each.quantityInBaseUnit : negate(each.quantityInBaseUnit));
      if (here && each.receivingPlant) parts.push(negate(each.quantityInBaseUnit));
      if (there) parts.push(each.quantityInBaseUnit);
    }
  }
  return sum(parts);
}

const runs = { numRuns: 150 };

describe('whatever is done', () => {
  test('every accounting document balances and the trial balance is zero', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const { erp } = played(sequence);
        const documents = [...erp.ledger.documents.values()];
        for (const each of documents) expect(isBalanced(each.lines)).toBe(true);
        const trial = erp.ledger.trialBalance('1000');
        expect(trial.total).toBe('0');
        for (const { account, balance } of trial.accounts) {
          const lines = documents
            .flatMap((each) => each.lines)
            .filter((each) => each.account === account);
          expect(balance).toBe(sum(lines.map((each) => each.amount)));
        }
      }),
      runs,
    );
  });

  test('GR/IR of a line is value invoiced minus value received, and zero once the line is even', () => {
    let even = 0;
    fc.assert(
      fc.property(steps, (sequence) => {
        const { erp } = played(sequence);
        for (const order of erp.purchaseOrders.documents.values()) {
          for (const each of order.lines) {
            const cleared = each.goodsReceiptExpected && !each.goodsReceiptNonValuated;
            const balance = erp.purchaseOrders.lineBalance(order.number, each.line);
            const open = erp.ledger.openGrIr(order.number, each.line);
            if (!cleared) {
              expect(open).toBe('0');
              continue;
            }
            expect(open).toBe(add(balance.invoicedValue, negate(balance.receivedValue)));
            if (balance.received !== balance.invoiced) continue;
            // With receipt-based verification every receipt is even of itself, or the line is not.
            if (each.goodsReceiptBasedInvoiceVerification && returned(erp, order.number)) continue;
            if (balance.received !== '0') even++;
            expect(open).toBe('0');
          }
        }
      }),
      runs,
    );
    expect(even).toBeGreaterThan(3);
  });

  test('one line under changing prices, receipts and reversals ends even at zero', () => {
    let even = 0;
    const moves = fc.array(
      fc.oneof(receive, reverse, takeBack, invoice, settle, settle, cancelInvoice, change),
      { minLength: 6, maxLength: 30, size: 'max' },
    );
    fc.assert(
      fc.property(moves, (sequence) => {
        const open = step('create', (erp) => {
          const lines = [line({ unlimitedOverdelivery: true })];
          erp.purchaseOrders.create({ companyCode: '1000', supplier: 'S1', lines }, context);
        });
        const { erp } = played([open, ...sequence]);
        const balance = erp.purchaseOrders.lineBalance('4500000001', '10');
        if (balance.received !== balance.invoiced) return;
        if (erp.invoices.documents.size > 0) even++;
        expect(erp.ledger.openGrIr('4500000001', '10')).toBe('0');
      }),
      { numRuns: 400 },
    );
    expect(even).toBeGreaterThan(20);
  });

  test.each([false, true])(
    'stock is the sum of movements and worth its quantity at its price (negative allowed: %s)',
    (negative) => {
      fc.assert(
        fc.property(steps, (sequence) => {
          const { erp } = played(sequence, negative);
          const own = new Map<string, Decimal>();
          for (const {
            material,
            plant,
            storageLocation,
            quantity,
            consignment,
            blocked,
          } of erp.stock.balances.values()) {
            expect(quantity).toBe(movedTo(receipts(erp), material, plant, storageLocation));
            if (!negative) expect(quantity.startsWith('-')).toBe(false);
            expect(blocked.startsWith('-')).toBe(false);
            const key = `${material}/${plant}`;
            own.set(key, add(own.get(key) ?? zero, add(quantity, negate(consignment))));
          }
          for (const each of erp.stock.valuations.values()) {
            const id = `${each.material}/${each.plant}`;
            expect(each.quantity).toBe(own.get(id) ?? '0');
            expect(each.value).toBe(round(multiply(each.quantity, each.movingAverage), 2));
            const posted = [...erp.ledger.documents.values()]
              .flatMap((document) => document.lines)
              .filter(
                (entry) =>
                  entry.key === 'BSX' &&
                  entry.material === each.material &&
                  entry.plant === each.plant,
              );
            expect(each.value).toBe(sum(posted.map((entry) => entry.amount)));
          }
        }),
        runs,
      );
    },
  );

  test('the vendor is owed what is open: posted invoices less posted credits', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const { erp } = played(sequence);
        const open = [...erp.invoices.documents.values()].filter(
          (each) => each.status === 'posted',
        );
        const owed = sum(
          open.flatMap((each) =>
            (erp.ledger.documents.get(each.accountingDocument ?? '')?.lines ?? [])
              .filter((entry) => entry.key === 'KBS')
              .map((entry) => entry.amount),
          ),
        );
        const vendor = erp.ledger
          .trialBalance('1000')
          .accounts.find((each) => each.account === '160000');
        expect(vendor?.balance ?? '0').toBe(owed);
        // Cleared items are exactly those that are not open.
        for (const each of erp.ledger.documents.values()) {
          const isOpen = open.some(
            (invoice) => each.source === `SupplierInvoice ${invoice.year}/${invoice.number}`,
          );
          for (const entry of each.lines) {
            if (entry.key === 'KBS') expect(entry.clearedBy === undefined).toBe(isOpen);
          }
        }
      }),
      runs,
    );
  });

  test('numbers run without gaps, and states move along their table', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const { erp, history } = played(sequence);
        const gapless = (numbers: readonly string[], first: number) =>
          expect(numbers.map(Number)).toEqual(numbers.map((_, index) => first + index));
        gapless(
          [...erp.purchaseOrders.documents.values()].map((each) => each.number),
          4_500_000_001,
        );
        gapless(
          [...receipts(erp)].map((each) => each.number),
          5_000_000_001,
        );
        gapless(
          [...erp.invoices.documents.values()].map((each) => each.number),
          5_105_600_001,
        );
        const last = new Map<string, CanonicalState>();
        for (const record of history) {
          if (record.type !== 'commit') continue;
          const moves =
            record.document === 'PurchaseOrder'
              ? orderMoves
              : record.document === 'SupplierInvoice'
                ? invoiceMoves
                : undefined;
          if (moves === undefined) continue;
          const { status } = record.data as { status: CanonicalState };
          const before = last.get(`${record.document}/${record.id}`);
          if (before !== undefined)
            expect([before, status, mayMove(moves, before, status)]).toEqual([
              before,
              status,
              true,
            ]);
          last.set(`${record.document}/${record.id}`, status);
        }
      }),
      runs,
    );
  });

  test('the sequences exercise every command, accepted and refused', () => {
    const accepted = new Map<string, number>();
    const refused = new Set<string>();
    for (const sequence of fc.sample(steps, { numRuns: 200, seed: 7 })) {
      const world = played(sequence);
      for (const [name, times] of world.accepted)
        accepted.set(name, (accepted.get(name) ?? 0) + times);
      for (const name of world.refused.keys()) refused.add(name);
    }
    const commands = [
      'create',
      'receive 101',
      'receive 103',
      'reverse',
      'take back 102',
      'take back 122',
      'take back 105',
      'invoice',
      'creditMemo',
      'subsequentDebit',
      'subsequentCredit',
      'cancel invoice',
      'release invoice',
      'pay',
      'bank clears',
      'bank rejects',
      'change',
      'delete',
    ];
    for (const each of commands)
      expect([each, (accepted.get(each) ?? 0) > 3]).toEqual([each, true]);
    for (const rule of [
      'receive 101: over-delivery',
      'invoice: consignment-not-invoiced',
      'change: below-received',
      'reverse: already-reversed',
      'stock 201: negative-stock',
      'cancel invoice: already-paid',
      'delete: deletion-blocked',
    ]) {
      expect([rule, refused.has(rule)]).toEqual([rule, true]);
    }
  });
});

const returned = (erp: ErpCore, order: string): boolean =>
  erp.goodsMovements.byPurchaseOrder
    .find(order)
    .some((each) => each.lines.some((entry) => entry.movementType === '122'));
