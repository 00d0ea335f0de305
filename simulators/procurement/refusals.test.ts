/** One example for every rule the suite refuses by, each leaving no trace; a rule without one fails. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { PurchaseOrder } from '../../domain/purchase-order.ts';
import { BusinessError, type Refusal } from '../../harness/business-error.ts';
import type { OrderLineDraft } from './drafts.ts';
import {
  type Fixture,
  day,
  dec,
  fixture,
  invoiceDraft,
  material,
  orderDraft,
  receiptDraft,
  shipNoticeDraft,
  supplier,
} from './procurement-fixture.ts';

/** Prepares, and hands back what must be refused. */
type Example = (f: Fixture) => () => unknown;
type Row = [refusal: Refusal, rule: string, example: Example, field?: string];

const issued = (f: Fixture, ...lines: Partial<OrderLineDraft>[]): PurchaseOrder =>
  f.core.orders.issue(orderDraft(lines.length ? lines : [{}]), f.as('buyer'));
const ordering =
  (line: Partial<OrderLineDraft>, more = {}): Example =>
  (f) =>
  () =>
    f.core.orders.issue(orderDraft([line], more), f.as('buyer'));
const changing =
  (
    change: object,
    prepare: (f: Fixture, order: PurchaseOrder) => void = () => {},
    line = {},
  ): Example =>
  (f) => {
    const order = issued(f, line);
    prepare(f, order);
    return () =>
      f.core.orders.change(order.number, { lines: [{ line: '1', ...change }] }, f.as('buyer'));
  };
const receive = (f: Fixture, order: PurchaseOrder, quantity = '10') =>
  f.core.receipts.create(receiptDraft(order, quantity), f.as('clerk'));
const capture = (f: Fixture, order: PurchaseOrder | undefined, line = {}, more = {}) =>
  f.core.invoices.capture(invoiceDraft(order, line, more), f.as('ap'));
const capturing =
  (line: object, more: object = {}): Example =>
  (f) => {
    const order = issued(f);
    return () => capture(f, order, line, more);
  };
const requisition = (f: Fixture, price = '6') =>
  f.core.requisitions.create(
    {
      companyCode: '1000',
      supplier: 'S1',
      currency: 'EUR',
      lines: [
        {
          material: 'M1',
          quantity: dec(1000),
          estimatedPrice: dec(price),
          plant: 'P1',
          requiredOn: day('2026-12-01'),
        },
      ],
    },
    f.as('requester'),
  ).number;
const submitted = (f: Fixture): string =>
  f.core.requisitions.submit(requisition(f), f.as('requester')).number;
const answer = (order: PurchaseOrder, more: object = {}, line: object = {}) => ({
  purchaseOrder: order.number,
  orderRevision: order.revision,
  supplier: 'S1',
  lines: [
    {
      line: '1',
      decision: 'accepted' as const,
      quantity: dec(10),
      unit: 'C62',
      deliveryDate: day('2026-12-01'),
      ...line,
    },
  ],
  ...more,
});
const answering =
  (more: object = {}, line: object = {}): Example =>
  (f) => {
    const order = issued(f);
    return () => f.core.orders.acknowledge(answer(order, more, line), f.as('supplier'));
  };
const settled =
  (
    act: (f: Fixture, number: string) => unknown,
    prepare: (f: Fixture, number: string) => void = () => {},
  ): Example =>
  (f) => {
    const order = issued(f);
    receive(f, order);
    const { number } = capture(f, order);
    prepare(f, number);
    return () => act(f, number);
  };
const pay = (f: Fixture, number: string, payment = 'PAY1') =>
  f.core.invoices.updateStatus(number, { status: 'paid', payment }, f.as('erp'));
const bounce = (f: Fixture, number: string, more = {}) =>
  f.core.invoices.updateStatus(
    number,
    { status: 'posted', paymentRejection: 'returned', ...more },
    f.as('erp'),
  );
const dispute = (f: Fixture, number: string) => f.core.invoices.dispute(number, 'why', f.as('ap'));

const rows: Row[] = [
  // Orders
  ['invalid', 'unknown-supplier', ordering({}, { supplier: 'X' }), 'supplier'],
  ['invalid', 'supplier-blocked', ordering({}, { supplier: 'S9' }), 'supplier'],
  ['invalid', 'unknown-company-code', ordering({}, { companyCode: 'X' }), 'companyCode'],
  ['invalid', 'unknown-currency', ordering({}, { currency: 'XXX' }), 'currency'],
  ['invalid', 'unknown-payment-terms', ordering({}, { paymentTerms: 'X' }), 'paymentTerms'],
  ['invalid', 'unknown-material', ordering({ material: 'X' }), 'lines[0].material'],
  ['invalid', 'material-deleted', ordering({ material: 'M9' }), 'lines[0].material'],
  ['invalid', 'unknown-plant', ordering({ plant: 'X' }), 'lines[0].plant'],
  ['invalid', 'plant-of-other-company', ordering({ plant: 'P9' }), 'lines[0].plant'],
  [
    'invalid',
    'unknown-storage-location',
    ordering({ storageLocation: 'X' }),
    'lines[0].storageLocation',
  ],
  ['invalid', 'unknown-tax-code', ordering({ taxCode: 'X' }), 'lines[0].taxCode'],
  ['invalid', 'unknown-unit', ordering({ unit: 'KGM' }), 'lines[0].unit'],
  ['invalid', 'quantity-not-positive', ordering({ quantity: dec(0) }), 'lines[0].quantity'],
  ['invalid', 'quantity-not-positive', ordering({ quantity: dec(-1) }), 'lines[0].quantity'],
  ['invalid', 'quantity-decimals', ordering({ quantity: dec('1.5') }), 'lines[0].quantity'],
  ['invalid', 'negative-amount', ordering({ netPrice: dec(-1) }), 'lines[0].netPrice'],
  ['invalid', 'amount-decimals', ordering({ netPrice: dec('1.005') }), 'lines[0].netPrice'],
  [
    'invalid',
    'price-quantity-not-positive',
    ordering({ priceQuantity: dec(0) }),
    'lines[0].priceQuantity',
  ],
  ['invalid', 'negative-tolerance', ordering({ overdeliveryTolerancePercent: dec(-1) })],
  [
    'invalid',
    'schedule-quantity',
    ordering({ schedule: [{ deliveryDate: day('2026-12-01'), quantity: dec(9) }] }),
  ],
  [
    'invalid',
    'duplicate-line',
    (f) => () => issued(f, { line: '1' }, { line: '1' }),
    'lines[1].line',
  ],
  [
    'invalid',
    'no-lines',
    (f) => () => f.core.orders.issue({ ...orderDraft(), lines: [] }, f.as('buyer')),
  ],
  ['notFound', 'not-found', (f) => () => f.core.orders.cancel('PO-0000099', f.as('buyer'))],
  [
    'conflict',
    'order-already-issued',
    (f) => {
      const { number } = issued(f);
      return () => f.core.orders.transmit(number, f.as('buyer'));
    },
  ],
  [
    'conflict',
    'order-not-issued',
    (f) => {
      const order = f.core.orders.create(orderDraft(), f.as('buyer'));
      return () => receive(f, order);
    },
  ],
  [
    'conflict',
    'order-not-closed',
    (f) => {
      const { number } = issued(f);
      return () => f.core.orders.reopen(number, f.as('buyer'));
    },
  ],
  [
    'conflict',
    'order-cancelled',
    changing({ quantity: dec(12) }, (f, { number }) => f.core.orders.cancel(number, f.as('buyer'))),
  ],
  [
    'conflict',
    'order-cancelled',
    (f) => {
      const { number } = issued(f);
      f.core.orders.cancel(number, f.as('buyer'));
      return () => f.core.orders.cancel(number, f.as('buyer'));
    },
  ],
  [
    'conflict',
    'order-closed',
    changing({ quantity: dec(12) }, (f, { number }) => f.core.orders.close(number, f.as('buyer'))),
  ],
  [
    'conflict',
    'order-rejected',
    changing({ quantity: dec(12) }, (f, order) =>
      f.core.orders.acknowledge(
        answer(order, {}, { decision: 'rejected', quantity: dec(0) }),
        f.as('supplier'),
      ),
    ),
  ],
  ['invalid', 'unknown-line', changing({ line: '9', quantity: dec(12) }), 'lines[0].line'],
  [
    'conflict',
    'line-deleted',
    (f) => {
      const order = issued(f, {}, {});
      const change = { lines: [{ line: '1', deleted: true as const }] };
      f.core.orders.change(order.number, change, f.as('buyer'));
      return () => f.core.orders.change(order.number, change, f.as('buyer'));
    },
  ],
  ['invalid', 'no-lines', changing({ deleted: true }), 'lines'],
  [
    'conflict',
    'line-in-use',
    changing({ deleted: true }, (f, order) => receive(f, order)),
    'lines[0].deleted',
  ],
  [
    'conflict',
    'quantity-below-received',
    changing({ quantity: dec(9) }, (f, order) => receive(f, order)),
    'lines[0].quantity',
  ],
  [
    'conflict',
    'quantity-below-invoiced',
    changing({ quantity: dec(9) }, (f, order) => capture(f, order)),
    'lines[0].quantity',
  ],
  [
    'conflict',
    'price-of-invoiced-line',
    changing({ netPrice: dec(6) }, (f, order) => capture(f, order), {
      goodsReceiptBasedInvoiceVerification: true,
    }),
    'lines[0].netPrice',
  ],
  [
    'conflict',
    'order-received',
    (f) => {
      const order = issued(f);
      receive(f, order, '1');
      return () => f.core.orders.cancel(order.number, f.as('buyer'));
    },
  ],
  [
    'conflict',
    'order-invoiced',
    (f) => {
      const order = issued(f);
      capture(f, order);
      return () => f.core.orders.cancel(order.number, f.as('buyer'));
    },
  ],
  // Requisitions
  [
    'conflict',
    'requisition-not-approved',
    (f) => {
      const number = submitted(f);
      return () => f.core.orders.issue(number, f.as('buyer'));
    },
  ],
  [
    'conflict',
    'not-a-draft',
    (f) => {
      const number = submitted(f);
      return () => f.core.requisitions.submit(number, f.as('requester'));
    },
  ],
  [
    'conflict',
    'not-pending-approval',
    (f) => {
      const number = requisition(f);
      return () => f.core.requisitions.approve(number, f.as('team-lead'));
    },
  ],
  [
    'conflict',
    'requisition-decided',
    (f) => {
      const number = submitted(f);
      f.core.requisitions.reject(number, 'no money', f.as('team-lead'));
      return () => f.core.requisitions.withdraw(number, f.as('requester'));
    },
  ],
  [
    'forbidden',
    'not-the-approver',
    (f) => {
      const number = submitted(f);
      return () => f.core.requisitions.approve(number, f.as('cfo'));
    },
  ],
  [
    'forbidden',
    'own-requisition',
    (f) => {
      const draft = f.core.requisitions.documents.get(requisition(f));
      const { lines = [], companyCode = '' } = draft ?? {};
      const own = { requester: 'team-lead', companyCode, supplier: 'S1', currency: 'EUR', lines };
      const { number } = f.core.requisitions.create(own, f.as('team-lead'));
      f.core.requisitions.submit(number, f.as('team-lead'));
      return () => f.core.requisitions.approve(number, f.as('team-lead'));
    },
  ],
  [
    'invalid',
    'delegate-is-requester',
    (f) => {
      const number = submitted(f);
      return () => f.core.requisitions.delegate(number, 'requester', f.as('team-lead'));
    },
  ],
  [
    'invalid',
    'delegate-unchanged',
    (f) => {
      const number = submitted(f);
      return () => f.core.requisitions.delegate(number, 'team-lead', f.as('team-lead'));
    },
  ],
  [
    'invalid',
    'reason-required',
    (f) => {
      const number = submitted(f);
      return () => f.core.requisitions.reject(number, ' ', f.as('team-lead'));
    },
  ],
  [
    'invalid',
    'no-approver',
    () => {
      const f = fixture({ approvers: [{ approver: 'team-lead', limit: dec(100) }] });
      const number = requisition(f);
      return () => f.core.requisitions.submit(number, f.as('requester'));
    },
  ],
  // Acknowledgements and ship notices
  ['invalid', 'unknown-order', answering({ purchaseOrder: 'X' }), 'purchaseOrder'],
  ['invalid', 'wrong-supplier', answering({ supplier: 'S2' }), 'supplier'],
  ['invalid', 'unknown-revision', answering({ orderRevision: 2 }), 'orderRevision'],
  ['invalid', 'number-required', answering({ number: '' }), 'number'],
  ['invalid', 'no-lines', answering({ lines: [] }), 'lines'],
  ['invalid', 'acknowledged-quantity', answering({}, { quantity: dec(9) }), 'lines[0].quantity'],
  ['invalid', 'quantity-negative', answering({}, { quantity: dec(-9) }), 'lines[0].quantity'],
  [
    'invalid',
    'quantity-not-positive',
    answering({}, { decision: 'quantityChanged', quantity: dec(0) }),
  ],
  [
    'invalid',
    'duplicate-line',
    (f) => {
      const order = issued(f);
      const { lines } = answer(order);
      return () =>
        f.core.orders.acknowledge(
          { ...answer(order), lines: [...lines, ...lines] },
          f.as('supplier'),
        );
    },
  ],
  [
    'duplicate',
    'duplicate',
    (f) => {
      const order = issued(f);
      f.core.orders.acknowledge(answer(order, { number: 'A1' }), f.as('supplier'));
      return () => f.core.orders.acknowledge(answer(order, { number: 'A1' }), f.as('supplier'));
    },
    'number',
  ],
  [
    'duplicate',
    'duplicate',
    (f) => {
      const order = issued(f);
      const notice = { ...shipNoticeDraft(order), number: 'N1' };
      f.core.shipNotices.create(notice, f.as('supplier'));
      return () => f.core.shipNotices.create(notice, f.as('supplier'));
    },
    'number',
  ],
  [
    'invalid',
    'wrong-plant',
    (f) => {
      const order = issued(f, { plant: 'P2' });
      return () => f.core.shipNotices.create(shipNoticeDraft(order), f.as('supplier'));
    },
    'plant',
  ],
  [
    'invalid',
    'quantity-rounds-to-zero',
    (f) => {
      const order = issued(f, { material: 'M2', unit: 'TNE', quantity: dec(1) });
      const draft = shipNoticeDraft(order);
      const lines = draft.lines.map((line) => ({ ...line, unit: 'GRM', quantity: dec(1) }));
      return () => f.core.shipNotices.create({ ...draft, lines }, f.as('supplier'));
    },
  ],
  [
    'conflict',
    'ship-notice-not-in-transit',
    (f) => {
      const { number } = f.core.shipNotices.create(shipNoticeDraft(issued(f)), f.as('supplier'));
      f.core.shipNotices.cancel(number, f.as('supplier'));
      return () => f.core.shipNotices.cancel(number, f.as('supplier'));
    },
  ],
  // Receipts
  [
    'invalid',
    'reference-length',
    (f) => {
      const draft = { ...receiptDraft(issued(f)), externalReference: 'WR-00000000000017' };
      return () => f.core.receipts.create(draft, f.as('clerk'));
    },
    'externalReference',
  ],
  [
    'invalid',
    'unknown-ship-notice',
    (f) => {
      const draft = { ...receiptDraft(issued(f)), shipNotice: 'X' };
      return () => f.core.receipts.create(draft, f.as('clerk'));
    },
    'shipNotice',
  ],
  [
    'invalid',
    'wrong-material',
    (f) => {
      const draft = receiptDraft(issued(f));
      const lines = draft.lines.map((line) => ({ ...line, material: 'M2' }));
      return () => f.core.receipts.create({ ...draft, lines }, f.as('clerk'));
    },
    'lines[0].material',
  ],
  [
    'conflict',
    'receipt-not-expected',
    (f) => {
      const order = issued(f, { category: 'limit' });
      return () => receive(f, order);
    },
  ],
  [
    'conflict',
    'order-closed',
    (f) => {
      const order = issued(f);
      f.core.orders.close(order.number, f.as('buyer'));
      return () => receive(f, order);
    },
    'lines[0].purchaseOrder',
  ],
  [
    'conflict',
    'already-voided',
    (f) => {
      const { number } = receive(f, issued(f));
      f.core.receipts.void(number, { reason: 'r' }, f.as('clerk'));
      return () => f.core.receipts.void(number, { reason: 'r' }, f.as('clerk'));
    },
  ],
  [
    'conflict',
    'void-of-void',
    (f) => {
      const { number } = f.core.receipts.void(
        receive(f, issued(f)).number,
        { reason: 'r' },
        f.as('clerk'),
      );
      return () => f.core.receipts.void(number, { reason: 'r' }, f.as('clerk'));
    },
  ],
  // Invoices
  ['invalid', 'reference-length', capturing({}, { supplierReference: '' }), 'supplierReference'],
  ['invalid', 'unknown-order', capturing({ purchaseOrder: 'X' }), 'lines[0].purchaseOrder'],
  ['invalid', 'wrong-supplier', capturing({}, { supplier: 'S2' })],
  ['invalid', 'wrong-currency', capturing({}, { currency: 'USD' }), 'currency'],
  ['invalid', 'wrong-company-code', capturing({}, { companyCode: '2000' }), 'companyCode'],
  ['invalid', 'line-amount', capturing({ amount: dec('50.06') }), 'lines[0].amount'],
  ['invalid', 'gross-not-balanced', capturing({}, { grossAmount: dec('59.56') }), 'grossAmount'],
  ['invalid', 'unknown-receipt', capturing({ goodsReceipt: 'X/1' }), 'lines[0].goodsReceipt'],
  [
    'invalid',
    'wrong-receipt',
    (f) => {
      const { number } = receive(f, issued(f));
      const other = issued(f);
      return () => capture(f, other, { goodsReceipt: `${number}/1` });
    },
    'lines[0].goodsReceipt',
  ],
  [
    'conflict',
    'receipt-voided',
    (f) => {
      const order = issued(f);
      const { number } = receive(f, order);
      f.core.receipts.void(number, { reason: 'r' }, f.as('clerk'));
      return () => capture(f, order, { goodsReceipt: `${number}/1` });
    },
    'lines[0].goodsReceipt',
  ],
  [
    'conflict',
    'invoice-not-expected',
    (f) => {
      const order = issued(f, { category: 'consignment' });
      return () => capture(f, order);
    },
  ],
  [
    'invalid',
    'unknown-tax-code',
    (f) => () => capture(f, undefined, { taxCode: 'X' }),
    'lines[0].taxCode',
  ],
  ['invalid', 'quantity-not-positive', (f) => () => capture(f, undefined, { quantity: dec(0) })],
  [
    'duplicate',
    'duplicate-invoice',
    (f) => {
      const order = issued(f);
      capture(f, order, {}, { supplierReference: 'SAME' });
      return () => capture(f, order, {}, { supplierReference: 'SAME' });
    },
    'supplierReference',
  ],
  ['invalid', 'unknown-invoice', capturing({}, { kind: 'creditMemo', refersTo: 'X' }), 'refersTo'],
  ['invalid', 'credit-above-invoiced', capturing({}, { kind: 'creditMemo' })],
  [
    'invalid',
    'credit-above-invoiced',
    (f) => {
      const order = issued(f);
      const { number } = capture(f, order);
      capture(f, order, { quantity: dec(4) }, { kind: 'creditMemo', refersTo: number });
      return () =>
        capture(f, order, { quantity: dec(7) }, { kind: 'creditMemo', refersTo: number });
    },
    'lines[0].quantity',
  ],
  [
    'conflict',
    'invoice-not-creditable',
    (f) => {
      const order = issued(f);
      const { number } = capture(f, order);
      f.core.invoices.void(number, 'wrong', f.as('ap'));
      return () => capture(f, order, {}, { kind: 'creditMemo', refersTo: number });
    },
  ],
  [
    'conflict',
    'invoice-credited',
    (f) => {
      const order = issued(f);
      const { number } = capture(f, order);
      capture(f, order, { quantity: dec(4) }, { kind: 'creditMemo', refersTo: number });
      return () => f.core.invoices.void(number, 'wrong', f.as('ap'));
    },
  ],
  [
    'conflict',
    'receipt-pending',
    (f) => {
      const { number } = capture(f, issued(f));
      return () => f.core.invoices.approve(number, f.as('ap'));
    },
  ],
  [
    'conflict',
    'nothing-to-approve',
    settled((f, number) => f.core.invoices.approve(number, f.as('ap'))),
  ],
  ['conflict', 'already-disputed', settled(dispute, dispute)],
  [
    'conflict',
    'not-disputed',
    settled((f, number) => f.core.invoices.resolveDispute(number, f.as('ap'))),
  ],
  [
    'conflict',
    'dispute-stands',
    (f) => {
      const { number } = capture(f, issued(f));
      dispute(f, number);
      return () => f.core.invoices.resolveDispute(number, f.as('ap'));
    },
  ],
  ['conflict', 'invoice-paid', settled(dispute, pay)],
  [
    'conflict',
    'invoice-cancelled',
    settled(dispute, (f, number) => f.core.invoices.void(number, 'r', f.as('ap'))),
  ],
  [
    'conflict',
    'invoice-rejected',
    settled(dispute, (f, number) =>
      f.core.invoices.updateStatus(number, { status: 'rejected' }, f.as('erp')),
    ),
  ],
  [
    'conflict',
    'illegal-move',
    settled(pay, (f, number) => f.core.invoices.void(number, 'r', f.as('ap'))),
    'status',
  ],
  [
    'conflict',
    'not-posted',
    (f) => {
      const { number } = capture(f, issued(f));
      return () => pay(f, number);
    },
    'status',
  ],
  [
    'invalid',
    'payment-required',
    settled((f, number) => f.core.invoices.updateStatus(number, { status: 'paid' }, f.as('erp'))),
    'payment',
  ],
  ['conflict', 'already-paid', settled((f, number) => pay(f, number, 'PAY2'), pay), 'payment'],
  [
    'conflict',
    'payment-returned',
    settled(pay, (f, number) => {
      pay(f, number);
      bounce(f, number);
    }),
    'payment',
  ],
  [
    'conflict',
    'payment-not-rejected',
    settled(
      (f, number) => f.core.invoices.updateStatus(number, { status: 'posted' }, f.as('erp')),
      pay,
    ),
  ],
  [
    'conflict',
    'unknown-payment',
    settled((f, number) => bounce(f, number, { payment: 'PAY9' }), pay),
    'payment',
  ],
  // Master data
  [
    'invalid',
    'number-required',
    (f) => () => f.core.suppliers.upsert(supplier(''), f.as('erp')),
    'number',
  ],
  [
    'invalid',
    'unknown-currency',
    (f) => () => f.core.suppliers.upsert(supplier('S3', { currency: '?' }), f.as('erp')),
  ],
  [
    'invalid',
    'unknown-payment-terms',
    (f) => () => f.core.suppliers.upsert(supplier('S3', { paymentTerms: '?' }), f.as('erp')),
  ],
  [
    'invalid',
    'unknown-unit',
    (f) => () => f.core.materials.upsert(material('M3', { baseUnit: '?' }), f.as('erp')),
    'baseUnit',
  ],
  [
    'invalid',
    'unknown-unit',
    (f) => () => f.core.materials.upsert(material('M3', { orderUnit: 'KGM' }), f.as('erp')),
    'orderUnit',
  ],
  [
    'invalid',
    'negative-amount',
    (f) => () => f.core.materials.upsert(material('M3', { price: dec(-1) }), f.as('erp')),
    'price',
  ],
  [
    'invalid',
    'unknown-tax-code',
    (f) => () => f.core.materials.upsert(material('M3', { taxCode: '?' }), f.as('erp')),
    'taxCode',
  ],
];

describe('refusals', () => {
  test.each(rows)('%s: %s', (kind, rule, example, field) => {
    const f = fixture();
    const act = example(f);
    const before = f.history.length;
    let refused: unknown;
    try {
      act();
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(BusinessError);
    const error = refused as BusinessError;
    expect([error.refusal, error.rule]).toEqual([kind, rule]);
    if (field !== undefined) expect(error.field).toBe(field);
    expect(f.history.length).toBe(before);
  });

  test('every rule in the code has an example', () => {
    const room = import.meta.dirname;
    const code = readdirSync(room)
      .filter((file) => file.endsWith('.ts') && !/test|fixture/.test(file))
      .map((file) => readFileSync(`${room}/${file}`, 'utf8'))
      .join('\n');
    const named = [...code.matchAll(/refusal\(\s*'\w+',\s*'([a-z-]+)'/g)].map((match) => match[1]);
    const shown = new Set(rows.map(([, rule]) => rule));
    expect(new Set(named).size).toBeGreaterThan(50);
    expect([...new Set(named)].filter((rule) => !shown.has(rule ?? ''))).toEqual([]);
  });
});
