/** XML says what JSON says, read and written. */
import { XmlElement, parseXml } from '@rgrove/parse-xml';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { brokenText } from '../../../testing/mutated-body.ts';
import { CoupaBench, invoiceBody, orderBody, receiptBody } from './testing/coupa-bench.ts';
import { readXmlBody } from './xml-body.ts';
import { plural, recordName, singular, xmlDocument } from './xml-document.ts';

const xml = { accept: 'application/xml', 'content-type': 'application/xml' };

const rootOf = (text: string): XmlElement => parseXml(text).root as XmlElement;
const childrenOf = ({ children }: XmlElement): XmlElement[] =>
  children.filter((child) => child instanceof XmlElement);
const child = (element: XmlElement, name: string): XmlElement =>
  childrenOf(element).find((each) => each.name === name) as XmlElement;

/** Values as text: XML has no others. */
function asText(value: unknown): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value !== 'object') return String(value as string | number | boolean);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asText(each)]));
}

const words = fc
  .string({ unit: 'binary', maxLength: 12 })
  // oxlint-disable-next-line no-control-regex
  .filter((text) => text.isWellFormed() && !/[\u0000-\u001f\ufffe\uffff]/.test(text));

const { record } = fc.letrec<{ record: Record<string, unknown> }>((tie) => ({
  record: fc.record({
    id: fc.integer(),
    name: fc.oneof(words, fc.constantFrom('<a>&amp;"', ' x ', 'äöü 💥', '')),
    active: fc.option(fc.boolean()),
    price: fc.constantFrom('5.00', '-1.5'),
    'need-by-date': fc.constantFrom('2026-12-01T00:00:00+00:00', null),
    'order-lines': fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie('record'))),
    supplier: fc.oneof({ maxDepth: 3 }, fc.constant(null), tie('record')),
  }),
}));

test('what was written as XML is read as what it was, in text', () => {
  fc.assert(
    fc.property(record, (value) => {
      expect(readXmlBody(xmlDocument(value, 'order-header'))).toEqual(asText(value));
    }),
  );
});

test('lists are known by their elements when nothing says that they are lists', () => {
  const lines = '<order-lines><order-line><id>1</id></order-line></order-lines>';
  expect(readXmlBody(`<order-header>${lines}<status>new</status></order-header>`)).toEqual({
    'order-lines': [{ id: '1' }],
    status: 'new',
  });
  const flat = '<currency><code>EUR</code></currency><address><street1/></address>';
  expect(readXmlBody(`<x>${flat}</x>`)).toEqual({
    currency: { code: 'EUR' },
    address: { street1: '' },
  });
});

test.each([
  ['purchase_orders', 'order-header', 'order-headers'],
  ['requisitions', 'requisition-header', 'requisition-headers'],
  ['invoices', 'invoice-header', 'invoice-headers'],
  ['receiving_transactions', 'inventory-transaction', 'inventory-transactions'],
  ['asn/headers', 'asn-header', 'asn-headers'],
  ['addresses', 'address', 'addresses'],
  ['currencies', 'currency', 'currencies'],
  ['suppliers', 'supplier', 'suppliers'],
])('a record of %s is called %s, a list of them %s', (resource, one, many) => {
  expect(recordName(resource)).toBe(one);
  expect(plural(one)).toBe(many);
  expect(singular(many)).toBe(one);
});

/** The same two benches, one told in XML what the other is told in JSON. */
const benches = (): readonly [xml: CoupaBench, json: CoupaBench] => [
  new CoupaBench(),
  new CoupaBench(),
];

test('an order, a receipt and an invoice are those that JSON would have made', () => {
  const [inXml, inJson] = benches();
  const post = (path: string, body: object, name: string): void => {
    const written = inXml.call('POST', path, { headers: xml, body: xmlDocument(body, name) });
    expect(written.status, written.text).toBe(201);
    expect(rootOf(written.text).name).toBe(name);
    expect(inJson.post(path, body).status).toBe(201);
  };
  post('/api/purchase_orders', orderBody, 'order-header');
  for (const bench of [inXml, inJson]) bench.put('/api/purchase_orders/1/issue');
  post('/api/receiving_transactions', receiptBody(2), 'inventory-transaction');
  post('/api/invoices', invoiceBody, 'invoice-header');
  for (const path of ['purchase_orders', 'receiving_transactions', 'invoices']) {
    expect(inXml.get(`/api/${path}`).json).toEqual(inJson.get(`/api/${path}`).json);
  }
});

test('lists have types, and what is asked for', () => {
  const bench = new CoupaBench();
  bench.order();
  bench.order();
  const list = rootOf(
    bench.call('GET', '/api/purchase_orders?status=issued&limit=1', { headers: xml }).text,
  );
  expect(list.name).toBe('order-headers');
  expect(list.attributes['type']).toBe('array');
  expect(childrenOf(list)).toHaveLength(1);
  const order = child(list, 'order-header');
  expect(child(order, 'id').attributes['type']).toBe('integer');
  expect(child(order, 'exported').attributes['type']).toBe('boolean');
  expect(child(order, 'created-at').attributes['type']).toBe('datetime');
  expect(child(order, 'acknowledged-at').attributes['nil']).toBe('true');
  expect(child(child(order, 'supplier'), 'number').text).toBe('100001');
  const lines = child(order, 'order-lines');
  expect(lines.attributes['type']).toBe('array');
  expect(child(child(lines, 'order-line'), 'price').attributes['type']).toBe('decimal');
  const few = bench.call('GET', '/api/purchase_orders/1?fields=["id"]', { headers: xml }).text;
  expect(childrenOf(rootOf(few)).map(({ name }) => name)).toEqual(['id']);
});

test('an order is marked as exported in either format', () => {
  const bench = new CoupaBench();
  bench.order();
  const body = '<order-header><exported>true</exported></order-header>';
  expect(bench.call('PUT', '/api/purchase_orders/1', { headers: xml, body }).status).toBe(200);
  expect(bench.get('/api/purchase_orders/1').json.exported).toBe(true);
});

test('refusals are XML, too, also those of the edge', () => {
  const bench = new CoupaBench();
  const nobody = { ...orderBody, supplier: { name: 'Nobody' } };
  const body = xmlDocument(nobody, 'order-header');
  const { status, text } = bench.call('POST', '/api/purchase_orders', { headers: xml, body });
  expect(status).toBe(400);
  expect(rootOf(text).name).toBe('errors');
  expect(child(rootOf(text), 'error').text).toMatch(/^supplier: Unable to find valid Supplier/);
  const broken = bench.call('POST', '/api/suppliers', { headers: xml, body: '<a>' });
  expect(child(rootOf(broken.text), 'error').text).toBe('The request body is not valid XML');
  const deep = { headers: xml, body: `${'<a>'.repeat(200)}${'</a>'.repeat(200)}` };
  expect(bench.call('POST', '/api/suppliers', deep).status).toBe(400);
  const throttled = bench.system.refuseAtEdge(
    { kind: 'throttled', retryAfterSeconds: 1 },
    bench.request('GET', '/api/suppliers', { headers: xml }),
    bench.context(),
  );
  expect(rootOf(throttled.body).name).toBe('errors');
});

test('a request is about the same document in either format', () => {
  const bench = new CoupaBench();
  const identify = (body: unknown, headers = {}): unknown =>
    bench.system.identify(bench.request('POST', '/api/invoices', { body, headers }));
  const told = identify(xmlDocument(invoiceBody, 'invoice-header'), xml);
  expect(told).toEqual(identify(invoiceBody));
  expect(told).toMatchObject({ key: 'INV-1' });
});

test('bodies that something was done to are refused as XML, and change nothing', () => {
  const bench = new CoupaBench();
  bench.order();
  const goods = [
    ['/api/purchase_orders', orderBody, 'order-header'],
    ['/api/receiving_transactions', receiptBody(2), 'inventory-transaction'],
    ['/api/invoices', invoiceBody, 'invoice-header'],
    ['/api/suppliers', { number: '7', name: 'Seven' }, 'supplier'],
  ] as const;
  const bad = fc
    .constantFrom(...goods)
    .chain(([target, body, name]) =>
      brokenText(xmlDocument(body, name)).map((text) => ({ target, text })),
    );
  let refused = 0;
  fc.assert(
    fc.property(bad, ({ target, text }) => {
      const before = bench.state();
      const answered = bench.call('POST', target, { headers: xml, body: text });
      expect(answered.status, answered.text).toBeLessThan(500);
      if (answered.status < 300) return;
      refused++;
      expect(rootOf(answered.text).name).toBe('errors');
      expect(bench.state()).toBe(before);
    }),
    { numRuns: 500 },
  );
  expect(refused).toBeGreaterThan(100);
});
