/** The `coupa` dialect of the procurement suite, resource by resource. */
import { describe, expect, test } from 'vitest';
import { CoupaBench, invoiceBody, orderBody, receiptBody } from './testing/coupa-bench.ts';

describe('tokens and scopes', () => {
  test('are issued for a day less a second and open what their scopes say', () => {
    const bench = new CoupaBench();
    const answered = bench.issue('core.purchase_order.read');
    expect(answered.json).toMatchObject({ expires_in: 86_399, scope: 'core.purchase_order.read' });
    const token = answered.json.access_token as string;
    expect(bench.call('GET', '/api/purchase_orders', { token }).status).toBe(200);
    const refused = bench.call('POST', '/api/purchase_orders', { token, body: orderBody });
    expect(refused.status).toBe(403);
    expect(refused.json.errors.base[0]).toContain('core.purchase_order.write');
    expect(bench.call('GET', '/api/invoices', { token }).status).toBe(403);
  });

  test('are refused when unknown, expired, missing, or of the legacy kind', async () => {
    const bench = new CoupaBench();
    const { token } = bench;
    expect(bench.call('GET', '/api/suppliers', { token: 'x' }).status).toBe(401);
    expect(bench.call('GET', '/api/suppliers', { token: null }).status).toBe(401);
    const legacy = { 'x-coupa-api-key': 'c34752e9' };
    const refused = bench.call('GET', '/api/suppliers', { token: null, headers: legacy });
    expect(refused.status).toBe(401);
    expect(refused.json.errors.base[0]).toContain('OAuth');
    expect(bench.call('GET', '/api/suppliers', { token }).status).toBe(200);
    await bench.pass(86_400_000);
    expect(bench.call('GET', '/api/suppliers', { token }).status).toBe(401);
  });

  test('are refused for an unknown scope and a wrong secret', () => {
    const bench = new CoupaBench();
    expect(bench.issue('core.nonsense.read').json).toMatchObject({ error: 'invalid_scope' });
    const body = `grant_type=client_credentials&client_id=${bench.system.access.clientId}&client_secret=x`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(bench.call('POST', '/oauth2/token', { body, headers, token: null }).status).toBe(401);
  });
});

describe('formats', () => {
  test('XML unless JSON is wanted, by header or suffix', () => {
    const bench = new CoupaBench();
    const get = (path: string, accept: string) => {
      const { status, headers } = bench.call('GET', path, { headers: { accept } });
      return [status, /json|xml/.exec(String(headers['content-type']))?.[0]];
    };
    expect(get('/api/suppliers', 'application/json')).toEqual([200, 'json']);
    expect(get('/api/suppliers', 'application/json, text/plain, */*')).toEqual([200, 'json']);
    expect(get('/api/suppliers', '*/*')).toEqual([200, 'xml']);
    expect(get('/api/suppliers', '')).toEqual([200, 'xml']);
    expect(get('/api/suppliers', 'application/xml')).toEqual([200, 'xml']);
    expect(get('/api/suppliers.json', 'text/html')).toEqual([200, 'json']);
    expect(get('/api/suppliers.xml', 'application/json')).toEqual([200, 'xml']);
    expect(get('/api/suppliers', 'text/html')).toEqual([406, 'json']);
  });

  test('errors name the attribute; unknown paths, ids and methods have their status', () => {
    const bench = new CoupaBench();
    expect(bench.get('/api/nonsense').status).toBe(404);
    expect(bench.get('/api/purchase_orders/99').json.errors.base[0]).toContain("'id'=99");
    expect(bench.call('DELETE', '/api/suppliers/1').status).toBe(405);
    const unknown = { ...orderBody, supplier: { name: 'Nobody' } };
    const answered = bench.post('/api/purchase_orders', unknown);
    expect(answered.status).toBe(400);
    expect(answered.json.errors.supplier[0]).toBe(
      'Unable to find valid Supplier record for supplier with keys {"name"=>"Nobody"}. ' +
        'Possible keys are ["id","name","number"]. Please verify your json.',
    );
    expect(bench.post('/api/purchase_orders', '{"supplier":').status).toBe(400);
    const currency = bench.post('/api/purchase_orders', {
      ...orderBody,
      currency: { code: 'XXX' },
    });
    expect(currency.status).toBe(422);
    expect(currency.json).toEqual({ errors: { currency: ['Currency XXX is unknown.'] } });
  });
});

describe('throttling', () => {
  test('lets 20 requests through at once and 25 a second, then says when to come again', async () => {
    const bench = new CoupaBench({});
    const statuses = (count: number) =>
      Array.from({ length: count }, () => bench.get('/api/suppliers?limit=1'));
    const first = statuses(22);
    expect(first.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(first.at(-1)).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    expect(first.at(-1)?.json.errors.base).toEqual(['API rate limit exceeded']);
    await bench.pass(200);
    expect(statuses(10).filter(({ status }) => status === 200)).toHaveLength(5);
    await bench.pass(1000);
    expect(statuses(30).filter(({ status }) => status === 200)).toHaveLength(20);
  });

  test('counts refused requests, too', () => {
    const bench = new CoupaBench({});
    for (let i = 0; i < 20; i++) expect(bench.get('/api/suppliers/99').status).toBe(404);
    expect(bench.get('/api/suppliers/99').status).toBe(429);
  });
});

describe('purchase orders', () => {
  test('are drafted, issued, pulled, marked, changed and pulled again', () => {
    const bench = new CoupaBench();
    const draft = bench.post('/api/purchase_orders', orderBody);
    expect(draft.status).toBe(201);
    expect(draft.json).toMatchObject({ id: 1, status: 'draft', 'po-number': 'PO-0000001' });
    expect(bench.put('/api/purchase_orders/1/issue').json).toMatchObject({
      status: 'issued',
      version: 1,
      exported: false,
    });
    const pull = '/api/purchase_orders?exported=false&status=issued';
    expect(bench.get(pull).json).toHaveLength(1);
    const marked = bench.put('/api/purchase_orders/1?exported=true').json;
    expect(marked).toMatchObject({
      exported: true,
      'last-exported-at': '2026-11-21T09:00:00+00:00',
    });
    expect(bench.get(pull).json).toEqual([]);
    expect(bench.put('/api/purchase_orders/1', { exported: false }).json.exported).toBe(false);
    bench.put('/api/purchase_orders/1', { exported: 'true', 'payment-term': { code: 'NT60' } });
    expect(bench.get('/api/purchase_orders/1').json).toMatchObject({ exported: true, version: 1 });
    const changed = bench.put('/api/purchase_orders/1', {
      'order-lines': [
        { id: 1001, quantity: 12 },
        { 'line-num': '2', status: 'cancelled' },
        { ...orderBody['order-lines'][0], 'line-num': '4' },
      ],
    }).json;
    expect(changed).toMatchObject({ version: 2, exported: false, 'change-type': 'change' });
    expect(
      changed['order-lines'].map((line: Record<string, unknown>) => [
        line['quantity'],
        line['status'],
      ]),
    ).toEqual([
      ['12.0', 'created'],
      ['10.0', 'cancelled'],
      ['10.0', 'created'],
      ['10.0', 'created'],
    ]);
    expect(bench.get(pull).json).toHaveLength(1);
  });

  test('show what an integration needs of a line', () => {
    const bench = new CoupaBench();
    const [line] = bench.order().json['order-lines'];
    expect(line).toMatchObject({
      id: 1001,
      'line-num': '1',
      'order-header-id': 1,
      quantity: '10.0',
      price: '5.00',
      total: '50.00',
      received: '0.0',
      'need-by-date': '2026-12-01T00:00:00+00:00',
      uom: { code: 'C62' },
      item: { 'item-number': 'M-1' },
      account: { 'segment-1': '1000' },
      'custom-fields': { plant: '1010', 'storage-location': '0001', 'tax-code': 'V1' },
    });
    expect(bench.get('/api/purchase_order_lines/1002').json).toMatchObject({ 'line-num': '2' });
    expect(bench.get('/api/purchase_order_lines?order-header-number=PO-0000001').json).toHaveLength(
      3,
    );
  });

  test('are closed, reopened and cancelled', () => {
    const bench = new CoupaBench();
    bench.order();
    expect(bench.put('/api/purchase_orders/1/issue').status).toBe(422);
    expect(bench.put('/api/purchase_orders/1/release_from_buyer_hold').status).toBe(422);
    expect(bench.put('/api/purchase_orders/1/reopen').status).toBe(422);
    expect(bench.put('/api/purchase_orders/1/close').json.status).toBe('closed');
    expect(bench.put('/api/purchase_orders/1/reopen').json).toMatchObject({
      status: 'issued',
      version: 2,
    });
    expect(bench.put('/api/purchase_orders/1/cancel').json.status).toBe('cancelled');
    expect(bench.put('/api/purchase_orders/1/cancel').status).toBe(422);
  });

  test('are issued without being sent, and past a window, too', () => {
    const bench = new CoupaBench();
    for (const [id, action] of [
      [1, 'issue_without_send'],
      [2, 'ignore_window_and_issue'],
    ] as const) {
      bench.post('/api/purchase_orders', orderBody);
      expect(bench.put(`/api/purchase_orders/${id}/${action}`).json.status).toBe('issued');
    }
  });

  test('show their changes, which apply as they are created', () => {
    const bench = new CoupaBench();
    bench.order();
    const change = bench.post('/api/purchase_order_changes', {
      'order-header-id': 1,
      'order-line-changes': [{ 'order-line-id': 1001, price: '4.50' }],
    });
    expect(change.status).toBe(201);
    expect(change.json).toMatchObject({ id: 1002, status: 'approved', version: 2 });
    expect(change.json['attribute-changes']).toEqual([
      { field: 'lines[1].netPrice', old: '5', new: '4.5' },
    ]);
    bench.post('/api/purchase_order_changes', {
      'po-number': 'PO-0000001',
      'payment-term': { code: 'NT60' },
    });
    bench.post('/api/receiving_transactions', receiptBody(1));
    const listed = bench.get(
      '/api/purchase_order_changes?po-number=PO-0000001&fields=["id","version"]',
    );
    expect(listed.json).toEqual([
      { id: 1002, version: 2 },
      { id: 1003, version: 3 },
    ]);
    expect(bench.get('/api/purchase_order_changes/1003').json['order-line-changes']).toEqual([]);
    const same = {
      'order-header-id': 1,
      'order-line-changes': [{ 'line-num': '1', price: '4.5' }],
    };
    expect(bench.post('/api/purchase_order_changes', same).status).toBe(422);
    expect(bench.put('/api/purchase_order_changes/1002/submit_for_approval').status).toBe(422);
  });
});

describe('requisitions', () => {
  const body = {
    supplier: { number: '100001' },
    currency: { code: 'EUR' },
    'ship-to-address': { 'location-code': '1010' },
    'requested-by': { login: 'ejohnson' },
    'requisition-lines': [
      {
        item: { 'item-number': 'M-1' },
        quantity: '2000',
        'unit-price': '5.00',
        'need-by-date': '2026-12-01',
      },
    ],
  };

  test('climb their approvals and become an order', () => {
    const bench = new CoupaBench();
    const made = bench.post('/api/requisitions', body).json;
    expect(made).toMatchObject({ id: 1, status: 'draft', total: '10000.00', approvals: [] });
    const submitted = bench.put('/api/requisitions/1/submit_for_approval').json;
    expect(submitted).toMatchObject({ status: 'pending_approval' });
    expect(submitted['current-approval'].approver.login).toBe('team-lead');
    const [first, second] = submitted.approvals as { id: number }[];
    expect(bench.put(`/api/approvals/${second?.id}/approve`).status).toBe(422);
    expect(bench.put(`/api/approvals/${first?.id}/approve`).json).toMatchObject({
      status: 'approved',
      'approved-by': { login: 'team-lead' },
    });
    bench.put(`/api/approvals/${second?.id}/approve`);
    expect(bench.get('/api/requisitions?status=approved').json).toHaveLength(1);
    const order = bench.post('/api/purchase_orders', { 'requisition-header': { id: 1 } }).json;
    expect(order).toMatchObject({ status: 'draft', 'requisition-header': { id: 1 } });
    expect(bench.get('/api/requisitions/1').json).toMatchObject({
      status: 'ordered',
      'purchase-orders': [{ id: 1, 'po-number': 'PO-0000001' }],
    });
  });

  test('are submitted as they are created, rejected with a reason, withdrawn, marked', () => {
    const bench = new CoupaBench();
    const made = bench.post('/api/requisitions/new/submit_for_approval', body);
    expect(made).toMatchObject({ status: 201, json: { status: 'pending_approval' } });
    const { id } = made.json['current-approval'] as { id: number };
    expect(bench.put(`/api/approvals/${id}/reject`).status).toBe(422);
    bench.put(`/api/approvals/${id}/reject?reason=too%20much`);
    expect(bench.get('/api/requisitions/1').json).toMatchObject({
      status: 'rejected',
      'reject-reason-comment': 'too much',
    });
    bench.post('/api/requisitions', body);
    expect(bench.put('/api/requisitions/2/withdraw').json.status).toBe('withdrawn');
    expect(bench.put('/api/requisitions/2?exported=true').json.exported).toBe(true);
    expect(bench.put('/api/requisitions/2', { currency: { code: 'USD' } }).status).toBe(422);
  });
});

describe('receiving transactions', () => {
  test('carry number and line of the confirmation in match-reference, and are found by it', () => {
    const bench = new CoupaBench();
    bench.order();
    const made = bench.post('/api/receiving_transactions', receiptBody(1));
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      id: 1001,
      type: 'ReceivingQuantityConsumption',
      status: 'created',
      quantity: '4.0',
      total: '20.00',
      'match-reference': 'WR-0000001/1',
      'order-line': { 'line-num': '1', received: '4.0', status: 'partially_received' },
    });
    bench.post('/api/inventory_transactions', receiptBody(2));
    bench.post('/api/receiving_transactions', { ...receiptBody(3), 'match-reference': 'LOOSE' });
    const find = (value: string) =>
      bench.get(`/api/receiving_transactions?${value}&fields=["id"]`).json;
    expect(find('match-reference=WR-0000001/2')).toEqual([{ id: 2001 }]);
    expect(find('match_reference[in]=WR-0000001/1,WR-0000001/2')).toEqual([
      { id: 1001 },
      { id: 2001 },
    ]);
    expect(find('match-reference[starts_with]=WR-0000001/')).toHaveLength(2);
    expect(find('match-reference=LOOSE')).toEqual([{ id: 3001 }]);
    expect(find('order-line[order-header-number]=PO-0000001')).toHaveLength(3);
    expect(bench.get('/api/inventory_transactions/3001').json['match-reference']).toBe('LOOSE');
  });

  test('take nothing but the export flag, and are voided once', () => {
    const bench = new CoupaBench();
    bench.order();
    bench.post('/api/receiving_transactions', {
      ...receiptBody(1),
      type: 'InventoryReceipt',
      barcode: '44',
    });
    const path = '/api/receiving_transactions/1001';
    expect(bench.put(path, { quantity: '5' }).status).toBe(400);
    expect(bench.put(path, { exported: true }).json).toMatchObject({
      exported: true,
      barcode: '44',
    });
    const voided = bench.put(`${path}/void`, {
      comments: 'wrong goods',
      'match-reference': 'WR-0000002',
    });
    expect(voided.json).toMatchObject({ id: 1001, status: 'voided', 'voided-value': '20.00' });
    expect(bench.put(`${path}/void`).status).toBe(422);
    expect(bench.get('/api/receiving_transactions/2001').json).toMatchObject({
      type: 'VoidInventoryReceipt',
      quantity: '-4.0',
      'original-transaction-id': 1001,
      'match-reference': 'WR-0000002/1',
      'order-line': { received: '0.0' },
    });
  });

  test('name an order line that is there, a type and a quantity', () => {
    const bench = new CoupaBench();
    bench.order();
    const post = (more: object) =>
      bench.post('/api/receiving_transactions', { ...receiptBody(1), ...more });
    expect(post({ type: null }).json).toEqual({ errors: { type: ["can't be blank"] } });
    expect(post({ type: 'ReceivingQuantityReturnToSupplier' }).status).toBe(422);
    expect(post({ 'order-line': { id: 9 } }).json.errors['order-line'][0]).toContain('OrderLine');
    expect(post({ quantity: '-1' }).status).toBe(422);
    expect(post({ quantity: 'many' }).json).toEqual({ errors: { quantity: ['is not a number'] } });
    expect(post({ 'order-line': { id: 1003 } }).json['order-line']['line-num']).toBe('3');
    expect(post({ 'order-line': { 'line-num': 2, 'order-header-id': 1 } }).status).toBe(201);
  });
});

describe('invoices', () => {
  const captured = (bench: CoupaBench) => {
    bench.order();
    return bench.post('/api/invoices', invoiceBody);
  };

  test('are captured, wait for the receipt, and match', () => {
    const bench = new CoupaBench();
    const made = captured(bench);
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      id: 1,
      status: 'pending_receipt',
      'document-type': 'Invoice',
      'invoice-number': 'INV-1',
      'invoice-date': '2026-11-21T00:00:00+00:00',
      'total-with-taxes': '23.80',
      'tax-amount': '3.80',
      paid: false,
      payments: [],
      'invoice-lines': [{ 'po-number': 'PO-0000001', 'order-line-id': 1002, total: '20.00' }],
    });
    expect(bench.put('/api/invoices/1/submit').json.status).toBe('pending_receipt');
    bench.post('/api/receiving_transactions', receiptBody(2));
    expect(bench.get('/api/invoices/1').json.status).toBe('approved');
    expect(bench.put('/api/invoices/1/submit').status).toBe(422);
    expect(bench.post('/api/invoices', invoiceBody).status).toBe(422);
    expect(bench.get('/api/invoices?invoice-lines[po-number]=PO-0000001').json).toHaveLength(1);
  });

  test('are told what became of them in the ERP, as often as one likes', () => {
    const bench = new CoupaBench();
    captured(bench);
    bench.post('/api/receiving_transactions', receiptBody(2));
    bench.put('/api/invoices/1?exported=true');
    const posted = {
      'custom-fields': { 'erp-number': '2026/5105600001', 'payment-blocks': ['price'] },
    };
    expect(bench.put('/api/invoices/1', posted).json).toMatchObject({
      paid: false,
      exported: true,
      'custom-fields': { 'erp-status': 'posted', 'payment-blocks': ['price'] },
    });
    const payment = { notes: '2026/1', 'amount-paid': '23.80', 'payment-date': '2026-12-05' };
    const paid = { paid: true, 'payment-date': '2026-12-05', payments: [payment] };
    for (let i = 0; i < 2; i++) {
      expect(bench.put('/api/invoices/1', paid).json).toMatchObject({
        paid: true,
        'payment-date': '2026-12-05T00:00:00+00:00',
        'payment-notes': '2026/1',
        payments: [{ 'amount-paid': '23.80', notes: '2026/1' }],
      });
    }
    const version = bench.get('/api/invoices/1').json['lock-version-key'] as number;
    bench.put('/api/invoices/1', { 'custom-fields': { 'erp-number': '2026/5105600001' } });
    expect(bench.get('/api/invoices/1').json['lock-version-key']).toBe(version);
    expect(bench.put('/api/invoices/1', { paid: false }).status).toBe(422);
    const returned = { paid: false, 'custom-fields': { 'payment-rejection': 'account closed' } };
    expect(bench.put('/api/invoices/1', returned).json).toMatchObject({
      paid: false,
      payments: [{ status: 'rejected', reason: 'account closed' }],
    });
    expect(
      bench.put('/api/invoices/1', { paid: true, 'payment-date': '2026-12-09' }).json,
    ).toMatchObject({
      paid: true,
      'payment-notes': 'unnamed-2',
    });
  });

  test('that nobody paid stay as they are when told so', () => {
    const bench = new CoupaBench();
    captured(bench);
    const told = bench.put('/api/invoices/1', { paid: false }).json;
    expect(told).toMatchObject({
      status: 'pending_receipt',
      'custom-fields': { 'erp-status': null },
    });
    expect(bench.put('/api/invoices/1', { 'invoice-number': 'X' }).status).toBe(400);
  });

  test('are disputed, settled, approved and voided', () => {
    const bench = new CoupaBench();
    bench.order();
    const dear = {
      ...invoiceBody,
      'invoice-lines': [{ ...invoiceBody['invoice-lines'][0], price: '9' }],
    };
    bench.post('/api/invoices', dear);
    bench.post('/api/receiving_transactions', receiptBody(2));
    expect(bench.get('/api/invoices/1').json).toMatchObject({
      status: 'pending_approval',
      'invoice-lines': [{ 'failed-tolerances': [{ code: 'price', resolved: false }] }],
    });
    const dispute = { 'dispute-reason': { code: 'INCORRECT-PRICE' } };
    expect(bench.put('/api/invoices/1/dispute', dispute).json).toMatchObject({
      status: 'disputed',
      'dispute-reason': { code: 'INCORRECT-PRICE' },
    });
    expect(bench.put('/api/invoices/1/withdraw_dispute').status).toBe(422);
    expect(bench.put('/api/invoices/1/bypass_approvals').json.status).toBe('approved');
    expect(bench.put('/api/invoices/1/void').json).toMatchObject({
      status: 'voided',
      canceled: true,
    });
    expect(bench.put('/api/invoices/1/void').status).toBe(422);
  });

  test('that take back count below zero', () => {
    const bench = new CoupaBench();
    captured(bench);
    const credit = bench.post('/api/invoices', {
      ...invoiceBody,
      'invoice-number': 'CN-1',
      'document-type': 'Credit Note',
      'original-invoice-number': 'INV-1',
      'invoice-lines': [{ ...invoiceBody['invoice-lines'][0], quantity: '-1.0' }],
    });
    expect(credit.json).toMatchObject({
      'document-type': 'Credit Note',
      'original-invoice-number': 'INV-1',
      'total-with-taxes': '-5.95',
      'invoice-lines': [{ quantity: '-1.0', total: '-5.00' }],
    });
  });
});

describe('master data and the rest', () => {
  test('suppliers are created, changed and blocked', () => {
    const bench = new CoupaBench();
    const made = bench.post('/api/suppliers', {
      number: '100009',
      name: 'Nordlicht <script>',
      'primary-address': { city: 'Kiel', country: { code: 'DE' } },
      'payment-term': { code: 'NT60' },
    });
    expect(made.json).toMatchObject({ id: 3, name: 'Nordlicht <script>', status: 'active' });
    expect(bench.put('/api/suppliers/3', { status: 'inactive' }).json).toMatchObject({
      status: 'inactive',
      'payment-term': { code: 'NT60' },
      'primary-address': { city: 'Kiel' },
    });
    expect(bench.get('/api/suppliers?number=100009&return_object=limited').json).toEqual([
      { id: 3 },
    ]);
    expect(bench.post('/api/suppliers', { number: '100009', name: 'X' }).status).toBe(422);
    expect(bench.put('/api/suppliers/3', { status: false }).status).toBe(400);
    const before = bench.world.history.length;
    bench.put('/api/suppliers/3', { status: 'inactive' });
    expect(bench.world.history.length).toBe(before);
  });

  test('items are created and changed', () => {
    const bench = new CoupaBench();
    const units = [{ uom: 'BX', numerator: '12', denominator: 1 }];
    const made = bench.post('/api/items', {
      'item-number': 'M-9',
      name: 'Varnish',
      uom: { code: 'LTR' },
      'custom-fields': { 'alternative-uoms': units, 'tax-code': 'V1', 'order-uom': 'BX' },
    });
    expect(made.json).toMatchObject({
      id: 4,
      active: true,
      'custom-fields': { 'order-uom': 'BX' },
    });
    expect(bench.put('/api/items/4', { active: false }).json).toMatchObject({
      active: false,
      name: 'Varnish',
    });
    expect(bench.put('/api/items/4', { uom: { code: 'NOPE' } }).status).toBe(422);
  });

  test('ship notices and confirmations of suppliers are read and marked', () => {
    const bench = new CoupaBench();
    bench.order();
    bench.plain('POST', '/v1/order-acknowledgements', {
      body: {
        purchaseOrder: 'PO-0000001',
        orderRevision: 1,
        supplier: '100001',
        lines: [
          {
            line: '1',
            decision: 'dateChanged',
            quantity: '10',
            unit: 'C62',
            deliveryDate: '2026-12-04',
          },
        ],
      },
    });
    const path = '/api/order_header_confirmations';
    expect(bench.get(`${path}?exported=false`).json).toMatchObject([
      {
        id: 1,
        'order-header': { id: 1, 'po-number': 'PO-0000001' },
        'order-version': 1,
        'order-line-confirmations': [
          { action: 'dateChanged', 'promised-date': '2026-12-04T00:00:00+00:00' },
        ],
      },
    ]);
    expect(bench.put(`${path}/1?exported=true`).json.exported).toBe(true);
    expect(bench.get('/api/purchase_orders/1').json).toMatchObject({ 'acknowledged-flag': true });
    const notice = bench.post('/api/asn/headers', {
      'asn-number': 'SN-77',
      supplier: { id: 1 },
      'ship-to-address': { 'location-code': '1010' },
      'ship-date': '2026-11-20T08:00:00+01:00',
      'delivery-date': '2026-11-30',
      carrier: 'dhl',
      lines: [{ 'order-line': { id: 1001 }, quantity: '10' }],
    });
    expect(notice.json).toMatchObject({
      id: 1,
      status: 'pending_receipt',
      'ship-date': '2026-11-20T07:00:00+00:00',
      lines: [{ id: 1001, 'order-line': { id: 1001 } }],
    });
    expect(bench.put('/api/asn/headers/1', { 'export-flag': true }).json['export-flag']).toBe(true);
    expect(bench.get('/api/asn/headers?export_flag=false').json).toEqual([]);
    expect(bench.get('/api/asn/lines/1001').json.quantity).toBe('10.0');
    expect(bench.put('/api/asn/headers/1/void').json.status).toBe('cancelled');
  });

  test('reference data is there to be read', () => {
    const bench = new CoupaBench();
    for (const [path, filter] of [
      ['uoms', 'code=BX'],
      ['currencies', 'code=EUR'],
      ['payment_terms', 'code=NT30'],
      ['addresses', 'location-code=1010'],
      ['users', 'login=cfo'],
    ]) {
      const [found] = bench.get(`/api/${path}?${filter}`).json;
      expect(bench.get(`/api/${path}/${found.id}`).json).toEqual(found);
      expect(bench.post(`/api/${path}`, {}).status).toBe(405);
    }
  });

  test('integration errors are left and resolved', () => {
    const bench = new CoupaBench();
    const body = {
      message: 'period closed',
      'document-type': 'Invoice',
      'document-id': 'IV-0000001',
    };
    expect(bench.post('/api/integration_errors', body).json).toMatchObject({
      id: 1,
      status: 'open',
    });
    expect(bench.put('/api/integration_errors/1/resolve').json.status).toBe('resolved');
    expect(bench.put('/api/integration_errors/1/resolve').status).toBe(422);
    expect(bench.get('/api/integration_errors?resolved=false').json).toEqual([]);
  });
});
