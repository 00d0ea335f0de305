/** Orders, change orders, acknowledgements and ship notices by example. */
import { describe, expect, test } from 'vitest';
import type { AcknowledgementLine } from '../../domain/order-acknowledgement.ts';
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

const issued = (f: Fixture, ...lines: NonNullable<Parameters<typeof orderDraft>[0]>) =>
  f.core.orders.issue(orderDraft(lines.length ? lines : [{}]), f.as('buyer'));
const answer = (
  decision: AcknowledgementLine['decision'],
  quantity = '10',
  line = '1',
): AcknowledgementLine => ({
  line,
  decision,
  quantity: dec(quantity),
  unit: 'C62',
  deliveryDate: day('2026-12-05'),
});
const acknowledge = (
  f: Fixture,
  purchaseOrder: string,
  orderRevision: number,
  ...lines: AcknowledgementLine[]
) =>
  f.core.orders.acknowledge(
    { purchaseOrder, orderRevision, supplier: 'S1', lines },
    f.as('supplier'),
  );
const state = (f: Fixture, number: string) => f.core.orders.documents.get(number)?.status;

describe('PurchaseOrders', () => {
  test('are approved first and transmitted then; only the second is told', () => {
    const f = fixture();
    const created = f.core.orders.create(orderDraft(), f.as('buyer'));
    expect([created.status, f.events.length]).toEqual(['approved', 0]);
    const sent = f.core.orders.transmit(created.number, f.as('buyer'));
    expect(sent).toMatchObject({
      number: 'PO-0000001',
      status: 'transmitted',
      revision: 1,
      paymentTerms: 'N30',
    });
    expect(f.events).toEqual([
      {
        type: 'purchase-order.issued',
        document: 'PurchaseOrder',
        key: sent.number,
        version: 2,
        data: sent,
      },
    ]);
    expect(sent.number.length).toBeLessThanOrEqual(12);
  });

  test('fill a line from its material and category', () => {
    const f = fixture();
    const order = issued(f, {}, { category: 'limit' }, { category: 'consignment', unit: 'BX' });
    expect(order.lines).toMatchObject([
      {
        line: '1',
        unit: 'C62',
        taxCode: 'V1',
        storageLocation: '0001',
        goodsReceiptExpected: true,
        invoiceExpected: true,
      },
      { line: '2', goodsReceiptExpected: false },
      { line: '3', unit: 'BX', invoiceExpected: false },
    ]);
  });

  test('a change order raises the revision, records what changed and waits for an answer again', () => {
    const f = fixture();
    const { number } = issued(f);
    acknowledge(f, number, 1, answer('accepted'));
    expect(state(f, number)).toBe('acknowledged');
    const change = {
      lines: [{ line: '1', quantity: dec(12), netPrice: dec(6) }],
      addLines: [orderDraft().lines[0]!],
    };
    const changed = f.core.orders.change(number, change, f.as('buyer'));
    expect(changed).toMatchObject({ revision: 2, status: 'transmitted' });
    expect(changed).not.toHaveProperty('acknowledgement');
    expect(changed.changes.map(({ field, old, new: now, by }) => [field, old, now, by])).toEqual([
      ['lines[1].quantity', '10', '12', 'buyer'],
      ['lines[1].netPrice', '5', '6', 'buyer'],
      ['lines[2]', '', 'added', 'buyer'],
    ]);
    const { version } = f.core.orders.documents.entry(number)!;
    expect(f.events.at(-1)).toMatchObject({ type: 'purchase-order.changed', version });
  });

  test('a change order that asks for what is there makes no revision', () => {
    const f = fixture();
    const { number } = issued(f);
    const before = f.history.length;
    const same = { line: '1', quantity: dec(10), deliveryDate: day('2026-12-01') };
    expect(f.core.orders.change(number, { lines: [same] }, f.as('buyer')).revision).toBe(1);
    expect(f.history.length).toBe(before);
  });

  test('a new quantity goes to the latest schedule lines, a new date replaces them', () => {
    const f = fixture();
    const schedule = [
      { deliveryDate: day('2026-12-01'), quantity: dec(6) },
      { deliveryDate: day('2026-12-08'), quantity: dec(4) },
    ];
    const { number } = issued(f, { schedule });
    const scheduled = (change: object) =>
      f.core.orders
        .change(number, { lines: [{ line: '1', ...change }] }, f.as('buyer'))
        .lines[0]?.scheduleLines.map(({ deliveryDate, quantity }) => [deliveryDate, quantity]);
    expect(scheduled({ quantity: dec(12) })).toEqual([
      ['2026-12-01', '6'],
      ['2026-12-08', '6'],
    ]);
    expect(scheduled({ quantity: dec(5) })).toEqual([['2026-12-01', '5']]);
    expect(scheduled({ deliveryDate: day('2027-01-01') })).toEqual([['2027-01-01', '5']]);
  });

  test('closing completes the lines and reopening is a revision', () => {
    const f = fixture();
    const order = issued(f);
    const { number } = order;
    f.core.receipts.create(receiptDraft(order, '4'), f.as('clerk'));
    expect(f.core.orders.close(number, f.as('buyer')).status).toBe('fullyReceived');
    expect(f.core.orders.isClosed(number)).toBe(true);
    const { version } = f.core.orders.documents.entry(number)!;
    expect(f.events.at(-1)).toMatchObject({ type: 'purchase-order.closed', version });
    expect(f.core.orders.reopen(number, f.as('buyer'))).toMatchObject({
      revision: 2,
      status: 'partiallyReceived',
    });
    expect(f.core.orders.isClosed(number)).toBe(false);
  });

  test('cancelling an order that was never sent tells nobody', () => {
    const f = fixture();
    const { number } = f.core.orders.create(orderDraft(), f.as('buyer'));
    expect(f.core.orders.cancel(number, f.as('buyer')).status).toBe('cancelled');
    expect(f.events).toEqual([]);
  });

  test('an answer confirms dates and quantities of the current revision', () => {
    const f = fixture();
    const { number } = issued(f, {}, {});
    acknowledge(f, number, 1, answer('dateChanged'), answer('quantityChanged', '7', '2'));
    expect(f.core.orders.documents.get(number)).toMatchObject({
      status: 'acknowledged',
      acknowledgement: 'OA-0000001',
      lines: [
        {
          scheduleLines: [
            { deliveryDate: '2026-12-01', confirmedDate: '2026-12-05', confirmedQuantity: '10' },
          ],
        },
        { scheduleLines: [{ confirmedQuantity: '7' }] },
      ],
    });
  });

  test('an answer to an old revision is kept and told, but confirms nothing', () => {
    const f = fixture();
    const { number } = issued(f);
    f.core.orders.change(number, { lines: [{ line: '1', quantity: dec(12) }] }, f.as('buyer'));
    const before = f.core.orders.documents.entry(number);
    const late = acknowledge(f, number, 1, answer('accepted'));
    expect(f.core.orders.documents.entry(number)).toBe(before);
    expect(f.core.acknowledgements.byOrder.find(number)).toEqual([late]);
    expect(f.events.at(-1)).toMatchObject({
      type: 'order-acknowledgement.received',
      key: late.number,
    });
  });

  test('an order whose every line is rejected is rejected; one with a line left is acknowledged', () => {
    const f = fixture();
    const [whole, part] = [issued(f), issued(f, {}, {})];
    acknowledge(f, whole.number, 1, answer('rejected', '0'));
    acknowledge(f, part.number, 1, answer('rejected', '0'), answer('backordered', '10', '2'));
    expect([state(f, whole.number), state(f, part.number)]).toEqual(['rejected', 'acknowledged']);
  });

  test('a ship notice moves the order on, one too large is flagged, a cancelled one moves it back', () => {
    const f = fixture();
    const order = issued(f, { overdeliveryTolerancePercent: dec(10) });
    const first = f.core.shipNotices.create(shipNoticeDraft(order, '11'), f.as('supplier'));
    expect([first.exceptions, state(f, order.number)]).toEqual([[], 'shipped']);
    const second = f.core.shipNotices.create(shipNoticeDraft(order, '3'), f.as('supplier'));
    expect(second.exceptions).toMatchObject([{ kind: 'overShipment', line: '1', excess: '3' }]);
    for (const { number } of [first, second]) f.core.shipNotices.cancel(number, f.as('supplier'));
    expect(state(f, order.number)).toBe('transmitted');
  });

  test('keep the exported flag beside the document, and drop it on a change', () => {
    const f = fixture();
    const { number } = issued(f);
    const { version } = f.core.orders.documents.entry(number)!;
    const before = f.history.length;
    const context = f.as('integration');
    expect(f.core.orders.markExported(number, true, context).lastExportedAt).toBe(context.at);
    expect(f.core.orders.isExported(number)).toBe(true);
    expect([f.history.length, f.core.orders.documents.entry(number)?.version]).toEqual([
      before,
      version,
    ]);
    f.core.orders.change(number, { lines: [{ line: '1', quantity: dec(12) }] }, f.as('buyer'));
    expect(f.core.exports.get('PurchaseOrder', number)).toMatchObject({
      exported: false,
      lastExportedAt: context.at,
    });
  });

  test('carry 2,000 suppliers and 5,000 materials from the start, and a long line list', () => {
    const f = fixture();
    const suppliers = Array.from({ length: 2000 }, (_, n) => supplier(`V${n}`));
    const materials = Array.from({ length: 5000 }, (_, n) => material(`X${n}`));
    f.core.seed({ suppliers, materials }, f.as('migration'));
    expect([f.core.suppliers.documents.size, f.core.materials.documents.size]).toEqual([
      2003, 5003,
    ]);
    expect(f.events).toEqual([]);
    const order = issued(f, ...Array.from({ length: 429 }, (_, n) => ({ material: `X${n}` })));
    for (const { line } of order.lines)
      f.core.receipts.create(receiptDraft(order, '10', line), f.as('clerk'));
    const lines = order.lines.map(({ line }) => ({
      ...invoiceDraft(order).lines[0]!,
      purchaseOrderLine: line,
    }));
    expect(f.core.invoices.capture({ ...invoiceDraft(order), lines }, f.as('ap')).match).toBe(
      'matched',
    );
    expect(state(f, order.number)).toBe('matched');
  }, 5_000);
});
