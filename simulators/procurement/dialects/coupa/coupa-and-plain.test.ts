/** One core behind two wires: what is written through one is read through the other. And the port's own duties. */
import { describe, expect, test } from 'vitest';
import type { PublishedEvent } from '../../../../harness/system.ts';
import { ContractCheck } from '../../../plain/testing/contract-check.ts';
import { CoupaBench, invoiceBody, receiptBody } from './testing/coupa-bench.ts';

const lines = [1, 2].map((index) => ({
  material: `M-${index}`,
  quantity: '24',
  netPrice: '4.50',
  plant: '1020',
  storageLocation: '0002',
  deliveryDate: '2026-12-24',
  overdeliveryTolerancePercent: '5',
  accountAssignment: { category: 'costCenter', object: 'CC7', glAccount: '400000' },
}));

/** The same documents, as the plain dialect sees them, without what names and times them. */
const bare = (document: Record<string, unknown>): object => {
  const { number: _n, createdAt: _c, changedAt: _h, buyer: _b, ...rest } = document;
  return rest;
};

describe('written through coupa, read through plain', () => {
  test('an order is the one that plain would have made', () => {
    const bench = new CoupaBench();
    const body = {
      companyCode: '1000',
      supplier: '100001',
      currency: 'EUR',
      orderDate: '2026-11-20',
      lines,
    };
    const own = bench.plain('POST', '/v1/purchase-orders', { body }).json;
    const shown = bench.get('/api/purchase_orders/1').json;
    // What one reads out of an order is enough to make the like of it.
    const made = bench.post('/api/purchase_orders', { ...shown, 'po-number': null }).json;
    bench.put(`/api/purchase_orders/${made.id}/issue`);
    const copied = bench.plain('GET', `/v1/purchase-orders/${made['po-number']}`).json;
    expect(bare(copied)).toEqual(bare(own));
  });

  test('a requisition, a supplier and an item come back as they were', () => {
    const bench = new CoupaBench();
    const requisitionLines = lines.map(({ material, quantity, plant, accountAssignment }) => ({
      material,
      quantity,
      plant,
      accountAssignment,
      estimatedPrice: '3.33',
      requiredOn: '2026-12-24',
    }));
    const body = {
      requester: 'eve',
      companyCode: '1000',
      supplier: '100002',
      currency: 'EUR',
      lines: requisitionLines,
    };
    const own = bench.plain('POST', '/v1/requisitions', { body }).json;
    const shown = bench.get('/api/requisitions/1').json;
    bench.post('/api/requisitions', { ...shown, supplier: { number: '100002' } });
    const copied = bench.plain('GET', '/v1/requisitions/RQ-0000002').json;
    expect(bare(copied)).toEqual(bare(own));

    const supplier = bench.get('/api/suppliers/1').json;
    bench.post('/api/suppliers', { ...supplier, number: '100077' });
    const original = bench.plain('GET', '/v1/suppliers/100001').json;
    expect(bench.plain('GET', '/v1/suppliers/100077').json).toEqual({
      ...original,
      number: '100077',
    });

    const item = bench.get('/api/items/1').json;
    bench.post('/api/items', { ...item, 'item-number': 'M-77' });
    const material = bench.plain('GET', '/v1/materials/M-1').json;
    expect(bench.plain('GET', '/v1/materials/M-77').json).toEqual({ ...material, number: 'M-77' });
  });

  test('a receipt has the external reference, the lines and the flag', () => {
    const bench = new CoupaBench();
    bench.order();
    bench.post('/api/receiving_transactions', {
      ...receiptBody(2),
      'match-reference': 'WR-0000001/2',
    });
    bench.put('/api/receiving_transactions/1001?exported=true');
    const [receipt] = bench.plain('GET', '/v1/receipts?externalReference=WR-0000001').json.items;
    expect(receipt).toMatchObject({
      number: 'RC-0000001',
      externalReference: 'WR-0000001',
      lines: [{ line: '2', purchaseOrder: 'PO-0000001', purchaseOrderLine: '2', quantity: '4' }],
    });
  });

  test('an invoice, and what the ERP told of it', () => {
    const bench = new CoupaBench();
    bench.order();
    bench.post('/api/invoices', invoiceBody);
    bench.put('/api/invoices/1', {
      'custom-fields': { 'erp-status': 'posted', 'erp-number': '2026/1' },
    });
    expect(bench.plain('GET', '/v1/invoices/IV-0000001').json).toMatchObject({
      supplierReference: 'INV-1',
      companyCode: '1000',
      status: 'posted',
      erpNumber: '2026/1',
      lines: [{ purchaseOrder: 'PO-0000001', purchaseOrderLine: '2', quantity: '4' }],
    });
    expect(bench.plain('GET', '/v1/purchase-orders/PO-0000001').json.lines).toHaveLength(3);
  });

  test('all of it is as the contract of plain says', () => {
    const bench = new CoupaBench();
    bench.order();
    bench.post('/api/receiving_transactions', receiptBody(2));
    bench.post('/api/invoices', invoiceBody);
    bench.put('/api/receiving_transactions/1001/void');
    const check = new ContractCheck(bench);
    for (const path of ['purchase-orders', 'receipts', 'invoices', 'suppliers', 'materials']) {
      const answered = bench.plain('GET', `/v1/${path}`);
      expect(
        check.complaint({ method: 'GET', path: `/v1/${path}` }, answered),
        path,
      ).toBeUndefined();
    }
  });
});

describe('written through plain, read through coupa', () => {
  test('a receipt of several lines is a transaction for each', () => {
    const bench = new CoupaBench();
    bench.order();
    const receiptLines = [1, 3].map((line) => ({
      purchaseOrder: 'PO-0000001',
      purchaseOrderLine: String(line),
      quantity: '2',
    }));
    const body = { externalReference: 'WR-0000009', lines: receiptLines };
    bench.plain('POST', '/v1/receipts', { body });
    const found = bench.get(
      '/api/receiving_transactions?match-reference[starts_with]=WR-0000009/',
    ).json;
    expect(found).toMatchObject([
      { id: 1001, 'match-reference': 'WR-0000009/1', 'order-line': { 'line-num': '1' } },
      { id: 1002, 'match-reference': 'WR-0000009/2', 'order-line': { 'line-num': '3' } },
    ]);
    bench.plain('POST', '/v1/purchase-orders/PO-0000001/exported', { body: { exported: true } });
    expect(bench.get('/api/purchase_orders/1').json.exported).toBe(true);
  });
});

describe('the port', () => {
  test('says what a request is about', () => {
    const bench = new CoupaBench();
    bench.order();
    bench.post('/api/receiving_transactions', receiptBody(2));
    bench.post('/api/invoices', invoiceBody);
    const identify = (method: string, target: string, body?: unknown) =>
      bench.system.identify(bench.request(method, target, { body }));
    expect(identify('POST', '/oauth2/token')).toEqual({ name: 'issueToken', safe: true });
    expect(identify('GET', '/api/nonsense')).toEqual({ name: 'unknown', safe: true });
    expect(identify('GET', '/api/purchase_orders')).toEqual({
      name: 'listPurchaseOrders',
      safe: true,
    });
    expect(identify('PUT', '/api/purchase_orders/1/cancel')).toEqual({
      name: 'cancelPurchaseOrder',
      key: 'PO-0000001',
      safe: false,
    });
    const posted = identify('POST', '/api/receiving_transactions', receiptBody(1));
    const lookedUp = identify('GET', '/api/receiving_transactions?match-reference=WR-0000001/1');
    expect(posted).toEqual({
      name: 'createReceivingTransaction',
      key: 'WR-0000001/1',
      safe: false,
    });
    expect(lookedUp).toEqual({
      name: 'listReceivingTransactions',
      key: 'WR-0000001/1',
      safe: true,
    });
    expect(identify('PUT', '/api/receiving_transactions/1001/void').key).toBe('WR-0000001/2');
    expect(identify('POST', '/api/invoices', invoiceBody).key).toBe('INV-1');
    expect(identify('PUT', '/api/invoices/1').key).toBe('IV-0000001');
    expect(identify('PUT', '/api/invoices/77').key).toBeUndefined();
    expect(identify('POST', '/api/suppliers', 'no json').key).toBeUndefined();
    expect(identify('POST', '/api/purchase_order_changes', { order_header_id: 1 }).key).toBe(
      'PO-0000001',
    );
  });

  test('refuses at the edge in the shape of Coupa', () => {
    const bench = new CoupaBench();
    const request = bench.request('GET', '/api/suppliers');
    const statuses = (
      [
        { kind: 'unavailable', retryAfterSeconds: 3 },
        { kind: 'serverError' },
        { kind: 'throttled', retryAfterSeconds: 2 },
        { kind: 'expiredToken' },
        { kind: 'locked' },
        { kind: 'businessError', rule: 'period-closed', message: 'The period is closed.' },
        { kind: 'tooLarge', limitBytes: 10 },
        { kind: 'gatewayTimeout' },
      ] as const
    ).map((refusal) => {
      const reply = bench.system.refuseAtEdge(refusal, request, bench.context());
      expect(JSON.parse(reply.body).errors.base[0]).toMatch(/\w/);
      return [reply.status, reply.headers['retry-after']];
    });
    expect(statuses).toEqual([
      [503, '3'],
      [500, undefined],
      [429, '2'],
      [401, undefined],
      [409, undefined],
      [422, undefined],
      [413, undefined],
      [504, undefined],
    ]);
  });

  test('renders each event as a CloudEvent that leads to its record', async () => {
    const bench = new CoupaBench();
    const published: PublishedEvent[] = [];
    bench.system.onMessage(({ event }) => published.push(event));
    bench.order();
    bench.post('/api/receiving_transactions', receiptBody(2));
    bench.post('/api/invoices', invoiceBody);
    bench.put('/api/receiving_transactions/1001/void');
    await bench.pass(1000);
    const events = published.map((event) => JSON.parse(bench.system.renderEvent(event).body));
    expect(events.map(({ type, subject }) => `${type} ${subject}`)).toEqual([
      'com.coupa.purchase_order.issued PO-0000001',
      'com.coupa.receiving_transaction.created RC-0000001',
      'com.coupa.invoice.captured IV-0000001',
      'com.coupa.receiving_transaction.voided RC-0000001',
    ]);
    expect(events[0]).toMatchObject({
      specversion: '1.0',
      version: 2,
      data: { id: 1, 'po-number': 'PO-0000001', version: 1, status: 'issued' },
    });
    expect(events[1].data).toEqual({ id: 1, 'receiving-transactions': [{ id: 1001 }] });
  });

  test('takes tokens back', () => {
    const bench = new CoupaBench();
    const { token } = bench;
    bench.system.revokeTokens();
    expect(bench.call('GET', '/api/suppliers', { token }).status).toBe(401);
  });

  test('answers out of an older view when asked to', async () => {
    const bench = new CoupaBench();
    bench.post('/api/suppliers', { number: '100009', name: 'New' });
    await bench.pass(5000);
    bench.put('/api/suppliers/3', { name: 'Newer' });
    const read = () => bench.get('/api/suppliers/3').json.name as string;
    expect(bench.system.store.asOf(bench.clock.now() - 3000, read)).toBe('New');
    expect(read()).toBe('Newer');
  });
});
