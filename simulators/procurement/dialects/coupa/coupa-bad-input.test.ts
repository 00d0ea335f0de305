/** Every endpoint, fed with valid requests that something was done to. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ContractCheck } from '../../../plain/testing/contract-check.ts';
import { coupaEndpoints } from './coupa-procurement.ts';
import type { Answered } from '../../../plain/testing/plain-bench.ts';
import { CoupaBench, invoiceBody, orderBody, receiptBody } from './testing/coupa-bench.ts';
import { junk, mutatedBody } from '../../../testing/mutated-body.ts';

const bodies: Readonly<Record<string, unknown>> = {
  '/requisitions': {
    supplier: { number: '100001' },
    currency: { code: 'EUR' },
    'ship-to-address': { 'location-code': '1010' },
    'requested-by': { login: 'ejohnson' },
    'requisition-lines': [
      {
        item: { 'item-number': 'M-1' },
        quantity: '2',
        'unit-price': '5.00',
        'need-by-date': '2026-12-01',
        account: { 'segment-2': '400000', 'segment-3': 'CC1' },
      },
    ],
  },
  '/purchase_orders': {
    ...orderBody,
    'custom-fields': { 'order-date': '2026-11-21', 'company-code': '1000' },
  },
  '/purchase_orders/:id': {
    'payment-term': { code: 'NT60' },
    'order-lines': [
      { id: 1001, quantity: '12' },
      {
        'line-num': '2',
        price: '4.00',
        'need-by-date': '2026-12-24',
        'custom-fields': { 'storage-location': '0002' },
      },
    ],
  },
  '/purchase_order_changes': {
    'order-header-id': 1,
    'order-line-changes': [{ 'order-line-id': 1001, price: '4.50', quantity: '20' }],
  },
  '/receiving_transactions': {
    ...receiptBody(1),
    uom: { code: 'C62' },
    'asn-header': { 'asn-number': 'SN-1' },
    'transaction-date': '2026-11-21',
    'custom-fields': { lot: 'L1', 'delivery-completed': false },
  },
  '/inventory_transactions': receiptBody(1),
  '/receiving_transactions/:id/void': {
    comments: 'wrong',
    'match-reference': 'WR-2',
    'transaction-date': '2026-11-21',
  },
  '/invoices': {
    ...invoiceBody,
    'invoice-number': 'INV-9',
    'total-with-taxes': '23.80',
    'tax-amount': '3.80',
  },
  '/invoices/:id': {
    paid: true,
    'payment-date': '2026-12-05',
    payments: [{ notes: '2026/1', 'amount-paid': '23.80', 'payment-date': '2026-12-05' }],
    'custom-fields': { 'erp-status': 'paid', 'erp-number': '2026/5', 'payment-blocks': ['price'] },
  },
  '/invoices/:id/dispute': { 'dispute-reason': { code: 'PRICE' } },
  '/suppliers': {
    number: '100010',
    name: 'New',
    status: 'active',
    'primary-address': { city: 'Kiel', country: { code: 'DE' } },
    'payment-term': { code: 'NT60' },
  },
  '/suppliers/:id': { name: 'Renamed', currency: { code: 'USD' } },
  '/items': {
    'item-number': 'M-77',
    name: 'New',
    uom: { code: 'KGM' },
    'custom-fields': {
      'alternative-uoms': [{ uom: 'BX', numerator: '3', denominator: '1' }],
      'standard-price': '3.50',
    },
  },
  '/items/:id': { active: false, description: 'Old' },
  '/asn/headers': {
    'asn-number': 'SN-9',
    supplier: { id: 1 },
    'ship-to-address': { 'location-code': '1010' },
    'ship-date': '2026-11-20T08:00:00+01:00',
    'delivery-date': '2026-11-30',
    lines: [{ 'order-line': { id: 1001 }, quantity: '10' }],
  },
  '/integration_errors': { message: 'no', 'document-id': 'IV-1' },
};

const bodyOf = (path: string): unknown => bodies[path] ?? { exported: true, reason: 'because' };

const mutations = {
  junk: junk([
    '2026-13-01',
    '2026-11-21T25:00:00Z',
    'PO-0000001',
    'M-2',
    '100002',
    'KGM',
    'BX',
    'USD',
    'WR-1/2/3',
    '/1',
  ]),
  extra: ['extra', 'exported', 'custom-fields', 'status'],
};

const oddId = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('1', '2', '3', '1001', '1002', '2001') },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: 'binary', maxLength: 20 })
      .map((text) => encodeURIComponent(text.toWellFormed())),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '%',
      '%zz',
      '..',
      '0',
      '-1',
      '1.5',
      '1e3',
      '9'.repeat(17),
      '__proto__',
      'x'.repeat(300),
    ),
  },
);

const oddQuery = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          'limit',
          'offset',
          'fields',
          'return_object',
          'order_by',
          'dir',
          'exported',
          'status',
          'id',
          'id[in]',
          'updated-at[gt]',
          'supplier[name][contains]',
          '[',
          ']',
          'a[b',
          '__proto__[x]',
          'order-lines[]',
        ),
        fc.oneof(
          fc.string({ maxLength: 30 }),
          fc.constantFrom(
            'true',
            'shallow',
            'limited',
            'none',
            '["id"]',
            '[{"id":[[]]}]',
            '2026-01-01',
            '10',
          ),
        ),
      )
      .map(([name, value]) => `?${name}=${value.replaceAll('#', '')}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '?%zz',
      '?a&a',
      `?fields=${'['.repeat(50_000)}`,
      '?&&==',
      '?id[in]=',
    ),
  },
);

const oddHeaders = fc.dictionary(
  fc.constantFrom('content-type', 'accept', 'x-correlation-id', 'authorization', 'x-coupa-api-key'),
  fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constantFrom('*/*', 'application/json', 'application/xml', 'text/html', 'Bearer x'),
  ),
  { maxKeys: 1 },
);

/** What is wrong with the shape of a refusal. */
function complaint({ status, headers, text, json }: Answered): string | undefined {
  if (status >= 500) return `status ${status}`;
  const type = headers['content-type'];
  if (type === 'application/xml; charset=utf-8') {
    return /^<\?xml[^>]*>\n<errors>(?:<error>[^<]+<\/error>)+<\/errors>$/.test(text)
      ? undefined
      : text;
  }
  if (type !== 'application/json; charset=utf-8') return `content type ${String(type)}`;
  const errors = (json as { errors?: unknown } | undefined)?.errors;
  if (typeof errors !== 'object' || errors === null) return 'no errors';
  const entries = Object.entries(errors);
  if (entries.length === 0) return 'empty errors';
  const worded = entries.every(
    ([, messages]) =>
      Array.isArray(messages) &&
      messages.length > 0 &&
      messages.every((each) => typeof each === 'string'),
  );
  return worded ? undefined : 'messages are no texts';
}

/** Ordinary business: an order, a receipt, an invoice, a requisition under way, a ship notice. */
function ordinaryBusiness(bench: CoupaBench): void {
  bench.order();
  bench.post('/api/purchase_orders', orderBody);
  bench.order();
  bench.post('/api/receiving_transactions', receiptBody(2));
  bench.post('/api/invoices', invoiceBody);
  bench.post('/api/requisitions/new/submit_for_approval', bodies['/requisitions']);
  bench.post('/api/asn/headers', { ...(bodies['/asn/headers'] as object), 'asn-number': 'SN-1' });
  bench.post('/api/integration_errors', bodies['/integration_errors']);
}

test('is refused in the shape of Coupa, and leaves everything as it was', () => {
  const bench = new CoupaBench();
  ordinaryBusiness(bench);
  const seen = new Map<string, number>();
  let refused = 0;
  const bad = fc.constantFrom(...coupaEndpoints).chain((endpoint) =>
    fc.record({
      endpoint: fc.constant(endpoint),
      method: fc.constantFrom(...endpoint.methods),
      target: oddId.map((id) => `/api${endpoint.path.replace(':id', id)}`),
      query: oddQuery,
      body: endpoint.methods.includes('GET')
        ? fc.constant('')
        : mutatedBody(bodyOf(endpoint.path), mutations),
      headers: oddHeaders,
    }),
  );
  const property = fc.property(bad, ({ endpoint, method, target, query, body, headers }) => {
    const before = bench.state();
    const answered = bench.call(method, target + query, { body, headers });
    if (answered.status < 400) {
      seen.set(endpoint.operation, (seen.get(endpoint.operation) ?? 0) + 1);
      return;
    }
    refused++;
    expect(complaint(answered), `${method} ${target}`).toBeUndefined();
    expect(bench.state()).toBe(before);
  });
  fc.assert(property, { numRuns: 3000 });
  expect(refused).toBeGreaterThan(800);
  expect(seen.size).toBeGreaterThan(30);
  // The other dialect still reads all that got through, as its own contract has it.
  const check = new ContractCheck(bench);
  for (const name of [
    'purchase-orders',
    'requisitions',
    'receipts',
    'invoices',
    'suppliers',
    'materials',
    'ship-notices',
  ]) {
    const path = `/v1/${name}`;
    const answered = bench.plain('GET', `${path}?limit=200`);
    expect(check.complaint({ method: 'GET', path }, answered), name).toBeUndefined();
  }
});

test('of the wrong size is refused', () => {
  const bench = new CoupaBench({ requestsPerSecond: Infinity, mostBodyBytes: 100 });
  expect(bench.post('/api/suppliers', { number: '1', name: 'x'.repeat(200) }).status).toBe(413);
});
