/** Whatever people, partners and the integration do in whatever order, the suite's promises hold. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CanonicalState,
  invoiceMoves,
  mayMove,
  orderMoves,
} from '../../domain/canonical-state.ts';
import {
  type Decimal,
  compare,
  isLess,
  isPositive,
  maximum,
  percentOf,
  subtract,
  sum,
  zero,
} from '../../domain/decimal.ts';
import { matchLine } from '../../domain/three-way-match.ts';
import type { AcknowledgementLine } from '../../domain/order-acknowledgement.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../domain/purchase-order.ts';
import { BusinessError } from '../../harness/business-error.ts';
import type { CapturedLine, ExportedKind, Invoice } from './documents.ts';
import {
  type Fixture,
  day,
  dec,
  fixture,
  invoiceDraft,
  orderDraft,
  orderLine,
  receiptDraft,
  shipNoticeDraft,
} from './procurement-fixture.ts';

const lineKinds = [
  {},
  { overdeliveryTolerancePercent: dec(10), underdeliveryTolerancePercent: dec(10) },
  { goodsReceiptBasedInvoiceVerification: true },
  { goodsReceiptExpected: false },
  { category: 'consignment' as const },
  { unlimitedOverdelivery: true },
  { category: 'limit' as const },
];

/** `a` and `b` choose documents, `q` a quantity, `v` a variant. */
interface Step {
  readonly kind: string;
  readonly a: number;
  readonly b: number;
  readonly q: number;
  readonly v: number;
}

const chosen = <T>(list: Iterable<T>, n: number): T | undefined => {
  const all = [...list];
  return all[n % all.length];
};

type Doing = (f: Fixture, s: Step) => unknown;
const onOrder =
  (act: (f: Fixture, order: PurchaseOrder, s: Step, line: PurchaseOrderLine) => unknown): Doing =>
  (f, s) => {
    const order = chosen(f.core.orders.documents.values(), s.a);
    const line = order && chosen(order.lines, s.b);
    return order && line && act(f, order, s, line);
  };
const onInvoice =
  (act: (f: Fixture, invoice: Invoice, s: Step) => unknown): Doing =>
  (f, s) => {
    const invoice = chosen(f.core.invoices.documents.values(), s.a);
    return invoice && act(f, invoice, s);
  };

const decisions = [
  'accepted',
  'dateChanged',
  'quantityChanged',
  'backordered',
  'rejected',
] as const;

const doings: Record<string, Doing> = {
  issue: ({ core, as }, { a, b, q, v }) => {
    const lines = [{ quantity: dec(q), ...lineKinds[v % lineKinds.length] }];
    if (b % 2) lines.push({ quantity: dec(b + 1), ...lineKinds[a % lineKinds.length] });
    const draft = orderDraft(lines, v % 5 === 0 ? { supplier: 'S9' } : {});
    return v % 4 === 3
      ? core.orders.create(draft, as('buyer'))
      : core.orders.issue(draft, as('buyer'));
  },
  transmit: onOrder(({ core, as }, { number }) => core.orders.transmit(number, as('buyer'))),
  change: onOrder(({ core, as }, { number }, { q, v }, { line }) => {
    const change = [
      { quantity: dec(q) },
      { netPrice: dec(q) },
      { deliveryDate: day('2027-01-05') },
      { deleted: true as const },
      { quantity: dec(q), netPrice: dec('5.5') },
    ][v % 6];
    return change === undefined
      ? core.orders.change(number, { addLines: [orderLine({ quantity: dec(q) })] }, as('buyer'))
      : core.orders.change(number, { lines: [{ line, ...change }] }, as('buyer'));
  }),
  cancel: onOrder(({ core, as }, { number }) => core.orders.cancel(number, as('buyer'))),
  close: onOrder(({ core, as }, { number }) => core.orders.close(number, as('buyer'))),
  reopen: onOrder(({ core, as }, { number }) => core.orders.reopen(number, as('buyer'))),
  acknowledge: onOrder(({ core, as }, order, { v, q, b }) => {
    const decision = decisions[v % decisions.length] as (typeof decisions)[number];
    const lines = order.lines.map(({ line, unit, quantity }): AcknowledgementLine => {
      const given = decision === 'quantityChanged' ? dec(q) : quantity;
      return { line, unit, decision, quantity: given, deliveryDate: day('2026-12-09') };
    });
    const orderRevision = Math.max(1, order.revision - (b % 3 === 0 ? 1 : 0));
    const { number: purchaseOrder, supplier } = order;
    return core.orders.acknowledge(
      { purchaseOrder, orderRevision, supplier, lines },
      as('supplier'),
    );
  }),
  ship: onOrder(({ core, as }, order, { q }, { line }) =>
    core.shipNotices.create(shipNoticeDraft(order, String(q), line), as('supplier')),
  ),
  unship: ({ core, as }, { a }) => {
    const notice = chosen(core.shipNotices.documents.values(), a);
    return notice && core.shipNotices.cancel(notice.number, as('supplier'));
  },
  receive: onOrder(({ core, as }, order, { q, v, a }, { line, quantity }) => {
    const draft = receiptDraft(order, String(v % 3 ? quantity : q), line);
    const shipNotice = chosen(core.shipNotices.documents.values(), a)?.number;
    const lines = draft.lines.map((each) => ({
      ...each,
      ...(v % 4 ? {} : { deliveryCompleted: true }),
    }));
    const from = shipNotice === undefined ? {} : { shipNotice };
    return core.receipts.create({ ...draft, ...from, lines }, as('clerk'));
  }),
  unreceive: ({ core, as }, { a }) => {
    const receipt = chosen(core.receipts.documents.values(), a);
    return receipt && core.receipts.void(receipt.number, { reason: 'miscounted' }, as('clerk'));
  },
  invoice: onOrder(({ core, as }, order, { q, v, a }, { line, quantity }) => {
    const receipt = chosen(core.receipts.documents.values(), a);
    const named = v % 4 === 1 && receipt ? { goodsReceipt: `${receipt.number}/1` } : {};
    const draft = invoiceDraft(order, {
      purchaseOrderLine: line,
      quantity: v % 3 ? quantity : dec(q),
      netPrice: v % 7 ? dec(5) : dec(6),
      ...named,
    });
    const freight = { quantity: dec(1), netPrice: dec(7), taxCode: 'V0' };
    return core.invoices.capture(
      v % 9 ? draft : { ...draft, lines: [...draft.lines, freight] },
      as('ap'),
    );
  }),
  credit: onInvoice(({ core, as }, invoice, { q, v }) => {
    const kind = v % 5 ? 'creditMemo' : v % 2 ? 'subsequentDebit' : 'subsequentCredit';
    const [line] = invoice.lines;
    const order = core.orders.documents.get(line?.purchaseOrder ?? '');
    const { purchaseOrderLine = '1' } = line ?? {};
    const refersTo = v % 3 ? { refersTo: invoice.number } : {};
    const quantity = dec(v % 2 ? q : 1);
    const draft = invoiceDraft(order, { purchaseOrderLine, quantity }, { kind, ...refersTo });
    return core.invoices.capture(draft, as('ap'));
  }),
  approve: onInvoice(({ core, as }, { number }) => core.invoices.approve(number, as('ap'))),
  dispute: onInvoice(({ core, as }, { number }) => core.invoices.dispute(number, 'why', as('ap'))),
  resolve: onInvoice(({ core, as }, { number }) => core.invoices.resolveDispute(number, as('ap'))),
  uninvoice: onInvoice(({ core, as }, { number }) => core.invoices.void(number, 'wrong', as('ap'))),
  post: onInvoice(({ core, as }, { number }, { v }) =>
    core.invoices.updateStatus(
      number,
      { status: 'posted', erpNumber: 'E1', paymentBlocks: v % 2 ? ['price'] : [] },
      as('integration'),
    ),
  ),
  pay: onInvoice(({ core, as }, { number }, { v }) =>
    core.invoices.updateStatus(number, { status: 'paid', payment: `PAY${v}` }, as('integration')),
  ),
  bounce: onInvoice(({ core, as }, { number }) =>
    core.invoices.updateStatus(
      number,
      { status: 'posted', paymentRejection: 'account closed' },
      as('integration'),
    ),
  ),
  drop: onInvoice(({ core, as }, { number }, { v }) =>
    core.invoices.updateStatus(
      number,
      { status: v % 2 ? 'rejected' : 'cancelled' },
      as('integration'),
    ),
  ),
};

const kinds = Object.keys(doings);
const often = ['issue', 'receive', 'receive', 'invoice', 'invoice', 'change', 'acknowledge'];
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...kinds, ...often),
  a: fc.nat(7),
  b: fc.nat(7),
  q: fc.integer({ min: 1, max: 14 }),
  v: fc.nat(59),
});
const first: Step = { kind: 'issue', a: 0, b: 1, q: 10, v: 1 };
const story = fc
  .array(step, { minLength: 5, maxLength: 60, size: 'max' })
  .map((steps) => [first, ...steps]);

/** Everything the store holds, housekeeping too. */
const snapshot = ({ core }: Fixture): string =>
  JSON.stringify(
    [...core.store.collections].map((each) => [
      each.kind,
      [...each.entries()].map(([id, { version, data }]) => [id, version, data]),
    ]),
  );

/** Does one step; a refusal must leave no trace. Any other error fails the test. */
function perform(f: Fixture, s: Step): 'done' | 'nothing' | string {
  const before = snapshot(f);
  const [records, events] = [f.history.length, f.events.length];
  try {
    return doings[s.kind]?.(f, s) === undefined ? 'nothing' : 'done';
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    expect([snapshot(f), f.history.length, f.events.length]).toEqual([before, records, events]);
    return error.rule;
  }
}

const telling = (
  steps: readonly Step[],
  after: (f: Fixture, s: Step, result: string) => void,
): Fixture => {
  const f = fixture();
  for (const each of steps) after(f, each, perform(f, each));
  return f;
};

interface Commit {
  readonly status: CanonicalState;
  readonly revision?: number;
}

function commitsOf(f: Fixture, document: string): Map<string, Commit[]> {
  const commits = new Map<string, Commit[]>();
  for (const record of f.history) {
    if (record.type !== 'commit' || record.document !== document) continue;
    commits.set(record.id, [...(commits.get(record.id) ?? []), record.data as Commit]);
  }
  return commits;
}

describe('ProcurementCore', () => {
  const runs = { numRuns: 150 };

  test('moves documents only along the canonical tables', () => {
    fc.assert(
      fc.property(story, (steps) => {
        const f = telling(steps, () => {});
        for (const [document, moves] of [
          ['PurchaseOrder', orderMoves],
          ['Invoice', invoiceMoves],
        ] as const) {
          for (const [id, versions] of commitsOf(f, document)) {
            versions.reduce((from, to) => {
              expect(
                mayMove(moves, from.status, to.status),
                `${id} ${from.status} -> ${to.status}`,
              ).toBe(true);
              return to;
            });
          }
        }
      }),
      runs,
    );
  });

  test('raises the revision by one with each change order, and never else', () => {
    fc.assert(
      fc.property(story, (steps) => {
        const f = telling(steps, () => {});
        for (const [id, versions] of commitsOf(f, 'PurchaseOrder')) {
          const revisions = versions.map(({ revision }) => revision ?? 0);
          expect(revisions[0]).toBe(1);
          revisions.reduce((from, to) => {
            expect([from, from + 1], id).toContain(to);
            return to;
          });
        }
        const seen = new Map<string, number>();
        for (const { type, key, version } of f.events) {
          if (type === 'purchase-order.issued') expect(seen.has(key)).toBe(false);
          // Whoever orders what it hears by version loses nothing, not even a cancellation.
          if (type.startsWith('purchase-order.'))
            expect(version).toBeGreaterThan(seen.get(key) ?? 0);
          if (type.startsWith('purchase-order.')) seen.set(key, version);
        }
      }),
      runs,
    );
  });

  test('knows what was received and invoiced, and every match, as a recomputation from scratch does', () => {
    fc.assert(
      fc.property(story, (steps) => {
        telling(steps, (f) => {
          for (const order of f.core.orders.documents.values()) {
            for (const line of order.lines) {
              const expected = {
                received: receivedOf(f, order, line),
                invoiced: invoicedOf(f, order, line),
              };
              expect(f.core.orders.lineBalance(order.number, line.line)).toEqual(expected);
            }
          }
          for (const invoice of f.core.invoices.documents.values()) {
            if (!isLive(invoice)) continue;
            const matches = invoice.lines.map((line) => recomputed(f, invoice, line));
            expect(invoice.lineMatches.map(({ status }) => status)).toEqual(matches);
            if (invoice.match === 'disputed' || invoice.match === 'approved') continue;
            const order = ['exception', 'pendingReceipt', 'matched'] as const;
            expect(invoice.match).toBe(order.find((each) => matches.includes(each)));
          }
        });
      }),
      runs,
    );
  });

  test('puts an order where the facts put it, or one legal move on the way', () => {
    fc.assert(
      fc.property(story, (steps) => {
        telling(steps, (f) => {
          for (const [, entry] of f.core.orders.documents.entries()) {
            const { status } = entry.data;
            if (['approved', 'cancelled', 'rejected'].includes(status)) continue;
            const facts = factsOf(f, entry.data);
            if (status === facts) continue;
            let before = entry.previous;
            while (before !== undefined && before.data.status === status) before = before.previous;
            const direct = before !== undefined && mayMove(orderMoves, before.data.status, facts);
            const stuck = status === 'matched' && facts === 'fullyReceived';
            expect(direct && !stuck, `${status}, should be ${facts}`).toBe(false);
          }
        });
      }),
      runs,
    );
  });

  test('lets a document wait for export again after a change of its own, and only then', () => {
    fc.assert(
      fc.property(story, (steps) => {
        let told = 0;
        telling(steps, (f) => {
          const { exports, orders } = f.core;
          const news = f.events.slice(told);
          told = f.events.length;
          for (const { document, key } of news) {
            expect(exports.pending(document as ExportedKind)).toContain(key);
          }
          for (const [number, { data, previous }] of orders.documents.entries()) {
            const { status: _, changedAt: __, ...now } = data;
            const sameElse = previous !== undefined && sameBut(previous.data, now);
            const isOrderNews = news.some(
              (each) => each.document === 'PurchaseOrder' && each.key === number,
            );
            const isQuiet = sameElse && data.status !== 'cancelled' && !isOrderNews;
            if (isQuiet && exports.get('PurchaseOrder', number).lastExportedAt !== undefined) {
              expect(orders.isExported(number)).toBe(true);
            }
          }
          for (const kind of [
            'PurchaseOrder',
            'Receipt',
            'Invoice',
            'AdvanceShipNotice',
          ] as const) {
            for (const number of exports.pending(kind))
              exports.mark(kind, number, true, f.as('integration'));
            expect(exports.pending(kind)).toEqual([]);
          }
        });
      }),
      runs,
    );
  });

  test('reaches every state, match and most refusals in these stories', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(story, (steps) => {
        const f = telling(steps, (_, { kind }, result) => {
          seen.add(result === 'done' ? `done ${kind}` : result);
        });
        for (const [, all] of commitsOf(f, 'PurchaseOrder'))
          for (const { status } of all) seen.add(`order ${status}`);
        for (const { data } of f.events.filter(({ document }) => document === 'Invoice')) {
          seen.add(`invoice ${(data as Invoice).status}`).add(`match ${(data as Invoice).match}`);
        }
      }),
      { numRuns: 300, seed: 7 },
    );
    const states = [
      'transmitted',
      'acknowledged',
      'shipped',
      'partiallyReceived',
      'fullyReceived',
      'matched',
      'cancelled',
      'rejected',
    ];
    const matches = ['pendingReceipt', 'matched', 'exception', 'disputed', 'approved'];
    const expected = [
      ...kinds.map((kind) => `done ${kind}`),
      ...states.map((state) => `order ${state}`),
      ...matches.map((match) => `match ${match}`),
      'order-received',
      'order-invoiced',
      'order-cancelled',
      'order-closed',
      'quantity-below-received',
      'price-of-invoiced-line',
      'line-in-use',
      'already-voided',
      'void-of-void',
      'invoice-credited',
      'payment-not-rejected',
      'already-paid',
      'credit-above-invoiced',
      'supplier-blocked',
      'invoice-paid',
    ];
    expect(expected.filter((each) => !seen.has(each))).toEqual([]);
  });
});

const sameBut = (before: PurchaseOrder, now: Partial<PurchaseOrder>): boolean =>
  Object.entries(now).every(
    ([field, value]) =>
      JSON.stringify(before[field as keyof PurchaseOrder]) === JSON.stringify(value),
  );

// The oracle: slow, over all documents, and with no help from the core's indexes and totals.

const isLive = ({ status }: Invoice): boolean => status !== 'cancelled' && status !== 'rejected';
const isOn = (
  line: { purchaseOrder?: string; purchaseOrderLine?: string },
  order: PurchaseOrder,
  { line: number }: PurchaseOrderLine,
) => line.purchaseOrder === order.number && line.purchaseOrderLine === number;

const receivedOf = (f: Fixture, order: PurchaseOrder, line: PurchaseOrderLine): Decimal => {
  const all = [...f.core.receipts.documents.values()];
  const counted = (voids: boolean): Decimal =>
    sum(
      all
        .filter(({ reverses }) => (reverses !== undefined) === voids)
        .flatMap(({ lines }) => lines.filter((each) => isOn(each, order, line)))
        .map(({ quantity }) => quantity),
    );
  return subtract(counted(false), counted(true));
};

const quantityOn = (invoice: Invoice, order: PurchaseOrder, line: PurchaseOrderLine): Decimal =>
  sum(invoice.lines.filter((each) => isOn(each, order, line)).map(({ quantity }) => quantity));

const liveOf = (f: Fixture, kind: Invoice['kind']): Invoice[] =>
  [...f.core.invoices.documents.values()].filter((each) => each.kind === kind && isLive(each));

const invoicedOf = (f: Fixture, order: PurchaseOrder, line: PurchaseOrderLine): Decimal => {
  const total = (kind: Invoice['kind']): Decimal =>
    sum(liveOf(f, kind).map((each) => quantityOn(each, order, line)));
  return subtract(total('invoice'), total('creditMemo'));
};

/** An invoice's quantity on the line less the memos that name it; stories put one line on an order line. */
const netOf = (
  f: Fixture,
  invoice: Invoice,
  order: PurchaseOrder,
  line: PurchaseOrderLine,
): Decimal => {
  const memos = liveOf(f, 'creditMemo').filter(({ refersTo }) => refersTo === invoice.number);
  const credited = sum(memos.map((memo) => quantityOn(memo, order, line)));
  return maximum(subtract(quantityOn(invoice, order, line), credited), zero);
};

function recomputed(f: Fixture, invoice: Invoice, invoiceLine: CapturedLine): string {
  const order = f.core.orders.documents.get(invoiceLine.purchaseOrder ?? '');
  const line = order?.lines.find((each) => isOn(invoiceLine, order, each));
  if (invoice.kind === 'creditMemo' || invoice.kind === 'subsequentCredit') return 'matched';
  if (order === undefined || line === undefined || invoice.kind === 'subsequentDebit')
    return 'exception';
  const isEarlier = (each: Invoice): boolean => each.number < invoice.number;
  const earlier = liveOf(f, 'invoice').filter(isEarlier);
  const loose = liveOf(f, 'creditMemo').filter(
    (memo) =>
      isEarlier(memo) &&
      !liveOf(f, 'invoice').some(
        (each) => each.number === memo.refersTo && quantityOn(each, order, line) !== zero,
      ),
  );
  const previously = (among: readonly Invoice[], memos: readonly Invoice[]): Decimal =>
    subtract(
      sum(among.map((each) => netOf(f, each, order, line))),
      sum(memos.map((memo) => quantityOn(memo, order, line))),
    );
  const match = (receivedQuantity: Decimal, previouslyInvoiced: Decimal): string =>
    matchLine(
      {
        orderedQuantity: line.quantity,
        orderPrice: line.netPrice,
        receivedQuantity,
        previouslyInvoiced,
        invoiceQuantity: netOf(f, invoice, order, line),
        invoicePrice: invoiceLine.netPrice,
        receiptRequired: line.goodsReceiptExpected,
      },
      f.core.settings.matchTolerances,
    ).status;
  const results = [match(receivedOf(f, order, line), previously(earlier, loose))];
  const { goodsReceipt } = invoiceLine;
  if (goodsReceipt !== undefined) {
    const receipt = f.core.receipts.documents.get(goodsReceipt.slice(0, -2));
    const voided = [...f.core.receipts.documents.values()].some(
      ({ reverses }) => reverses === receipt?.number,
    );
    const sameReceipt = earlier.filter((each) =>
      each.lines.some((its) => its.goodsReceipt === goodsReceipt),
    );
    const quantity = voided ? zero : (receipt?.lines[0]?.quantity ?? zero);
    results.push(match(quantity, previously(sameReceipt, [])));
  }
  return ['exception', 'pendingReceipt'].find((each) => results.includes(each)) ?? 'matched';
}

function factsOf(f: Fixture, order: PurchaseOrder): CanonicalState {
  const receivable = order.lines.filter((line) => !line.deleted && line.goodsReceiptExpected);
  const received = (line: PurchaseOrderLine): Decimal => receivedOf(f, order, line);
  if (receivable.some((line) => isPositive(received(line)))) {
    const least = (line: PurchaseOrderLine): Decimal =>
      subtract(line.quantity, percentOf(line.quantity, line.underdeliveryTolerancePercent));
    const open = receivable.some(
      (line) => !line.deliveryCompleted && isLess(received(line), least(line)),
    );
    if (open) return 'partiallyReceived';
    return isSettled(f, order) ? 'matched' : 'fullyReceived';
  }
  const answers = [...f.core.acknowledgements.documents.values()].filter(
    (each) => each.purchaseOrder === order.number && each.orderRevision === order.revision,
  );
  const confirmed = answers.at(-1)?.lines.some(({ decision }) => decision !== 'rejected') ?? false;
  const underWay = [...f.core.shipNotices.documents.values()].filter(
    ({ lines, status }) =>
      status !== 'cancelled' && lines.some(({ purchaseOrder }) => purchaseOrder === order.number),
  );
  const shipped = underWay.some(
    (each) => confirmed || each.orderRevisions[order.number] === order.revision,
  );
  if (shipped) return 'shipped';
  return confirmed ? 'acknowledged' : 'transmitted';
}

function isSettled(f: Fixture, order: PurchaseOrder): boolean {
  const invoices = [...f.core.invoices.documents.values()].filter(
    (each) =>
      isLive(each) && each.lines.some(({ purchaseOrder }) => purchaseOrder === order.number),
  );
  const agreed = invoices.every(({ match }) => match === 'matched' || match === 'approved');
  const owed = order.lines.filter((line) => {
    if (line.deleted || line.finalInvoice || !line.invoiceExpected) return false;
    const basis = receivedOf(f, order, line) === zero ? line.quantity : receivedOf(f, order, line);
    return compare(invoicedOf(f, order, line), basis) < 0;
  });
  return invoices.length > 0 && agreed && owed.length === 0;
}
