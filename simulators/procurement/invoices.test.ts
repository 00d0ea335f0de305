/** Receipts, the match that follows them, and what the ERP tells, by example. */
import { describe, expect, test } from 'vitest';
import type { InvoiceLineDraft } from './drafts.ts';
import {
  type Fixture,
  dec,
  fixture,
  invoiceDraft,
  orderDraft,
  receiptDraft,
} from './procurement-fixture.ts';

const issued = (f: Fixture, ...lines: NonNullable<Parameters<typeof orderDraft>[0]>) =>
  f.core.orders.issue(orderDraft(lines.length ? lines : [{}]), f.as('buyer'));
type Order = ReturnType<typeof issued>;
const receive = (f: Fixture, order: Order, quantity: string) =>
  f.core.receipts.create(receiptDraft(order, quantity), f.as('clerk'));
const capture = (
  f: Fixture,
  order: Order | undefined,
  line: Partial<InvoiceLineDraft> = {},
  more = {},
) => f.core.invoices.capture(invoiceDraft(order, line, more), f.as('ap'));
const matchOf = (f: Fixture, number: string) => f.core.invoices.documents.get(number)?.match;
const state = (f: Fixture, { number }: Order) => f.core.orders.documents.get(number)?.status;

describe('Receipts', () => {
  test('with the same external reference are stored twice, for all to see', () => {
    const f = fixture();
    const order = issued(f);
    const [first, second] = [receive(f, order, '5'), receive(f, order, '5')];
    expect(f.core.receipts.byExternalReference.find('WR-0000001')).toEqual([first, second]);
    expect(f.core.orders.lineBalance(order.number, '1').received).toBe('10');
    expect(state(f, order)).toBe('fullyReceived');
  });

  test('beyond the tolerance are accepted and flagged, unless any quantity is welcome', () => {
    const f = fixture();
    const order = issued(f, { overdeliveryTolerancePercent: dec(10) });
    expect(receive(f, order, '11').exceptions).toEqual([]);
    expect(receive(f, order, '2').exceptions).toEqual([
      {
        kind: 'overReceipt',
        line: '1',
        purchaseOrder: order.number,
        purchaseOrderLine: '1',
        excess: '2',
      },
    ]);
    expect(receive(f, issued(f, { unlimitedOverdelivery: true }), '99').exceptions).toEqual([]);
  });

  test('are kept in the order unit and the base unit', () => {
    const f = fixture();
    const order = issued(f, { quantity: dec(48) });
    const draft = receiptDraft(order, '2');
    const lines = draft.lines.map((line) => ({ ...line, unit: 'BX' }));
    const { lines: kept } = f.core.receipts.create({ ...draft, lines }, f.as('clerk'));
    expect(kept).toMatchObject([
      { quantity: '2', unit: 'BX', quantityInOrderUnit: '48', quantityInBaseUnit: '48' },
    ]);
  });

  test('are voided by a document of their own, which carries no reference but its own', () => {
    const f = fixture();
    const order = issued(f);
    const receipt = receive(f, order, '10');
    const taken = f.core.receipts.void(
      receipt.number,
      { reason: 'wrong pallet', externalReference: 'WR-2' },
      f.as('clerk'),
    );
    expect(taken).toMatchObject({
      reverses: receipt.number,
      externalReference: 'WR-2',
      lines: [{ movementType: '102', quantity: '10', reversesLine: `${receipt.number}/1` }],
    });
    expect(f.core.receipts.documents.get(receipt.number)?.reversedBy).toBe(taken.number);
    expect(f.core.orders.lineBalance(order.number, '1').received).toBe('0');
    expect(state(f, order)).toBe('transmitted');
    expect(f.events.at(-1)).toMatchObject({
      type: 'receipt.voided',
      key: receipt.number,
      version: 2,
    });
  });

  test('a last delivery completes the line, and its void opens it again', () => {
    const f = fixture();
    const order = issued(f);
    const draft = receiptDraft(order, '4');
    const lines = draft.lines.map((line) => ({ ...line, deliveryCompleted: true }));
    const { number } = f.core.receipts.create({ ...draft, lines }, f.as('clerk'));
    expect(state(f, order)).toBe('fullyReceived');
    f.core.receipts.void(number, { reason: 'r' }, f.as('clerk'));
    expect(f.core.orders.documents.get(order.number)?.lines[0]?.deliveryCompleted).toBe(false);
  });
});

describe('Invoices', () => {
  test('before the goods wait for the receipt, match with it, and say so', () => {
    const f = fixture();
    const order = issued(f);
    const { number, status, match, grossAmount, dueDate } = capture(f, order);
    expect([status, match, grossAmount, dueDate]).toEqual([
      'draft',
      'pendingReceipt',
      '59.5',
      '2026-12-20',
    ]);
    receive(f, order, '10');
    expect(f.core.invoices.documents.get(number)).toMatchObject({
      status: 'matched',
      match: 'matched',
    });
    expect(f.events.at(-1)).toMatchObject({ type: 'invoice.matched', key: number });
  });

  test.each([
    ['quantity above what was received', { quantity: dec(8) }, ['quantity']],
    ['price above its tolerance', { quantity: dec(5), netPrice: dec('5.11') }, ['price']],
    ['both', { quantity: dec(8), netPrice: dec('5.11') }, ['price', 'quantity']],
  ])('%s is an exception', (_, line, exceptions) => {
    const f = fixture();
    const order = issued(f);
    receive(f, order, '5');
    const invoice = capture(f, order, line);
    expect(invoice).toMatchObject({
      match: 'exception',
      lineMatches: [{ status: 'exception', exceptions }],
    });
    expect(f.core.invoices.approve(invoice.number, f.as('ap'))).toMatchObject({
      match: 'approved',
      status: 'matched',
    });
  });

  test('a price on its tolerance matches, also in another unit', () => {
    const f = fixture();
    const order = issued(f, { quantity: dec(48) });
    receive(f, order, '48');
    expect(capture(f, order, { quantity: dec(24), netPrice: dec('5.1') }).match).toBe('matched');
    const boxes = capture(f, order, { quantity: dec(1), unit: 'BX', netPrice: dec(120) });
    expect(boxes).toMatchObject({
      match: 'matched',
      lines: [{ quantityInOrderUnit: '24', comparablePrice: '5' }],
    });
  });

  test('a voided receipt takes the match back but not the status, which has no such move', () => {
    const f = fixture();
    const order = issued(f);
    const receipt = receive(f, order, '10');
    const { number } = capture(f, order);
    expect([matchOf(f, number), state(f, order)]).toEqual(['matched', 'matched']);
    f.core.receipts.void(receipt.number, { reason: 'r' }, f.as('clerk'));
    expect(f.core.invoices.documents.get(number)).toMatchObject({
      status: 'matched',
      match: 'pendingReceipt',
    });
  });

  test('a second invoice over the same goods is the exception, not the first; voiding the first clears it', () => {
    const f = fixture();
    const order = issued(f);
    receive(f, order, '10');
    const [first, second] = [capture(f, order), capture(f, order)];
    expect([matchOf(f, first.number), matchOf(f, second.number)]).toEqual(['matched', 'exception']);
    f.core.invoices.void(first.number, 'wrong', f.as('ap'));
    expect(matchOf(f, second.number)).toBe('matched');
  });

  test('a credit memo makes the invoice it names smaller', () => {
    const f = fixture();
    const order = issued(f);
    receive(f, order, '8');
    const { number } = capture(f, order);
    expect(matchOf(f, number)).toBe('exception');
    const memo = capture(f, order, { quantity: dec(2) }, { kind: 'creditMemo', refersTo: number });
    expect([memo.match, matchOf(f, number)]).toEqual(['matched', 'matched']);
    expect(f.core.orders.lineBalance(order.number, '1').invoiced).toBe('8');
  });

  test('a change order is matched against at once', () => {
    const f = fixture();
    const order = issued(f);
    receive(f, order, '10');
    const { number } = capture(f, order, { netPrice: dec(6) });
    expect(matchOf(f, number)).toBe('exception');
    f.core.orders.change(order.number, { lines: [{ line: '1', netPrice: dec(6) }] }, f.as('buyer'));
    expect(matchOf(f, number)).toBe('matched');
  });

  test('a two-way line needs no receipt, and a charge on no order needs approval', () => {
    const f = fixture();
    expect(capture(f, issued(f, { goodsReceiptExpected: false })).match).toBe('matched');
    expect(capture(f, undefined)).toMatchObject({
      match: 'exception',
      lineMatches: [{ exceptions: ['charge'] }],
    });
  });

  test('an invoice of one receipt may not take more than that receipt', () => {
    const f = fixture();
    const order = issued(f);
    const [small] = [receive(f, order, '4'), receive(f, order, '6')];
    const goodsReceipt = `${small.number}/1`;
    expect(capture(f, order, { quantity: dec(4), goodsReceipt }).match).toBe('matched');
    expect(capture(f, order, { quantity: dec(1), goodsReceipt }).match).toBe('exception');
  });

  test('an invoice of a receipt that was voided waits, though other receipts would cover it', () => {
    const f = fixture();
    const order = issued(f);
    const [small] = [receive(f, order, '4'), receive(f, order, '6')];
    const { number } = capture(f, order, { quantity: dec(4), goodsReceipt: `${small.number}/1` });
    f.core.receipts.void(small.number, { reason: 'r' }, f.as('clerk'));
    expect(matchOf(f, number)).toBe('pendingReceipt');
  });

  test('an order is no longer matched when its invoice falls away', () => {
    const f = fixture();
    const order = issued(f);
    receive(f, order, '10');
    const { number } = capture(f, order);
    f.core.invoices.void(number, 'wrong', f.as('ap'));
    expect(state(f, order)).toBe('fullyReceived');
  });

  test('a dispute stands through receipts and is resolved once the lines match', () => {
    const f = fixture();
    const order = issued(f);
    const { number } = capture(f, order);
    f.core.invoices.dispute(number, 'not delivered', f.as('ap'));
    receive(f, order, '10');
    expect(matchOf(f, number)).toBe('disputed');
    const resolved = f.core.invoices.resolveDispute(number, f.as('ap'));
    expect(resolved).toMatchObject({ status: 'matched', match: 'matched' });
    expect(resolved).not.toHaveProperty('disputeReason');
  });

  test('the ERP posts, blocks, pays, and takes back only a payment the bank returned', () => {
    const f = fixture();
    const order = issued(f);
    receive(f, order, '10');
    const { number } = capture(f, order);
    const tell = (update: Parameters<typeof f.core.invoices.updateStatus>[1]) =>
      f.core.invoices.updateStatus(number, update, f.as('integration'));
    f.core.exports.mark('Invoice', number, true, f.as('integration'));
    const blocked = tell({
      status: 'posted',
      erpNumber: '5105600001',
      paymentBlocks: ['price'],
      reason: 'too dear',
    });
    expect(blocked).toMatchObject({
      status: 'posted',
      erpNumber: '5105600001',
      paymentBlocks: ['price'],
    });
    const before = f.history.length;
    expect(tell({ status: 'posted', erpNumber: '5105600001' })).toBe(blocked);
    expect(f.history.length).toBe(before);
    expect(tell({ status: 'paid', payment: 'PAY1' })).toMatchObject({
      paidAmount: '59.5',
      paymentBlocks: [],
    });
    const returned = tell({ status: 'posted', paymentRejection: 'account closed' });
    expect(returned).toMatchObject({
      status: 'posted',
      paidAmount: '0',
      payments: [{ status: 'rejected' }],
    });
    expect(returned).not.toHaveProperty('payment');
    expect(tell({ status: 'paid', payment: 'PAY2' }).payments).toHaveLength(2);
    expect(state(f, order)).toBe('matched');
    expect(f.core.exports.isExported('Invoice', number)).toBe(true);
  });

  test('a second invoice with one reference is captured where the settings say so', () => {
    const f = fixture({ duplicateInvoices: 'capture' });
    const order = issued(f);
    for (const _ of [1, 2]) capture(f, order, {}, { supplierReference: 'SAME' });
    expect(f.core.invoices.bySupplierReference.find('SAME')).toHaveLength(2);
  });
});
