/** Every endpoint with requests that were good before something was done to them. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type S4Answer,
  S4Bench,
  invoiceBody,
  orderBody,
  receiptBody,
  services,
} from './testing/s4hana-bench.ts';
import { brokenText, junk, mutatedBody } from '../../../testing/mutated-body.ts';

const { order, receipt, invoice, partner, product, stock } = services;
const journal = order.replace('API_PURCHASEORDER_PROCESS_SRV', 'API_OPLACCTGDOCITEMCUBE_SRV');

interface Good {
  readonly method: string;
  readonly target: string;
  readonly body?: unknown;
}

interface Asked {
  readonly method: string;
  readonly target: string;
  readonly body: string;
  readonly headers: Record<string, string>;
}

const batchBody = [
  '--b',
  'Content-Type: multipart/mixed; boundary=c',
  '',
  '--c',
  'Content-Type: application/http',
  '',
  'POST A_PurchaseOrder HTTP/1.1',
  'Content-Type: application/json',
  '',
  JSON.stringify(orderBody('PO-B')),
  '--c--',
  '--b',
  'Content-Type: application/http',
  '',
  "GET A_PurchaseOrder('4500000001') HTTP/1.1",
  '',
  '',
  '--b--',
].join('\r\n');

const one = `${order}/A_PurchaseOrder('4500000001')`;
const item = `${order}/A_PurchaseOrderItem(PurchaseOrder='4500000001',PurchaseOrderItem='10')`;
const schedule = `${order}/A_PurchaseOrderScheduleLine(PurchasingDocument='4500000001',PurchasingDocumentItem='10',ScheduleLine='1')`;

const goods: readonly Good[] = [
  { method: 'POST', target: `${order}/A_PurchaseOrder`, body: orderBody('PO-9') },
  {
    method: 'PATCH',
    target: one,
    body: {
      PaymentTerms: 'NT60',
      CorrespncInternalReference: '2',
      SupplierQuotationExternalID: 'A',
    },
  },
  {
    method: 'POST',
    target: `${one}/to_PurchaseOrderItem`,
    body: { Material: 'M-1', Plant: '1010', OrderQuantity: '1', NetPriceAmount: '1' },
  },
  {
    method: 'PATCH',
    target: item,
    body: {
      OrderQuantity: '12',
      NetPriceAmount: '5',
      TaxCode: 'V1',
      PurchaseOrderQuantityUnit: 'PC',
    },
  },
  {
    method: 'PATCH',
    target: schedule,
    body: { ScheduleLineDeliveryDate: '2026-12-24T00:00:00', ScheduleLineCommittedQuantity: '5' },
  },
  { method: 'DELETE', target: item },
  { method: 'POST', target: `${order}/$batch`, body: batchBody },
  {
    method: 'POST',
    target: `${receipt}/A_MaterialDocumentHeader`,
    body: receiptBody('4500000001'),
  },
  {
    method: 'POST',
    target: `${receipt}/Cancel?MaterialDocumentYear='2026'&MaterialDocument='5000000001'&PostingDate=datetime'2026-11-21T00:00:00'`,
  },
  {
    method: 'POST',
    target: `${receipt}/CancelItem?MaterialDocumentYear='2026'&MaterialDocument='5000000001'&MaterialDocumentItem='1'`,
  },
  {
    method: 'POST',
    target: `${invoice}/A_SupplierInvoice`,
    body: invoiceBody('4500000001', 'I-9'),
  },
  { method: 'POST', target: `${invoice}/Post?SupplierInvoice='5105600001'&FiscalYear='2026'` },
  {
    method: 'POST',
    target: `${invoice}/Release?SupplierInvoice='5105600001'&FiscalYear='2026'&DiscountDaysHaveToBeShifted=true`,
  },
  {
    method: 'POST',
    target: `${invoice}/Cancel?SupplierInvoice='5105600001'&FiscalYear='2026'&ReversalReason='01'&PostingDate=datetime'2026-11-21T00:00:00'`,
  },
  {
    method: 'DELETE',
    target: `${invoice}/A_SupplierInvoice(SupplierInvoice='5105600001',FiscalYear='2026')`,
  },
  {
    method: 'POST',
    target: `${partner}/A_BusinessPartner`,
    body: {
      BusinessPartner: '77',
      OrganizationBPName1: 'X',
      to_BusinessPartnerAddress: [{ CityName: 'Y' }],
      to_Supplier: { to_SupplierCompany: [{ CompanyCode: '1000', PaymentTerms: 'NT30' }] },
    },
  },
  {
    method: 'PATCH',
    target: `${partner}/A_BusinessPartner('100001')`,
    body: { OrganizationBPName1: 'New', BusinessPartnerIsBlocked: false },
  },
  {
    method: 'PATCH',
    target: `${partner}/A_SupplierCompany(Supplier='100001',CompanyCode='1000')`,
    body: { PaymentTerms: 'NT60' },
  },
  {
    method: 'POST',
    target: `${product}/A_Product`,
    body: {
      Product: 'M-7',
      BaseUnit: 'PC',
      to_ProductUnitsOfMeasure: [
        { AlternativeUnit: 'BX', QuantityNumerator: '12', QuantityDenominator: '1' },
      ],
    },
  },
  { method: 'PATCH', target: `${product}/A_Product('M-1')`, body: { ProductGroup: 'H' } },
  {
    method: 'GET',
    target: `${order}/A_PurchaseOrder?$filter=Supplier eq '100001' and LastChangeDateTime gt datetimeoffset'2020-01-01T00:00:00Z'&$orderby=Supplier&$top=5&$inlinecount=allpages&$expand=to_PurchaseOrderItem/to_ScheduleLine&$select=Supplier`,
  },
  { method: 'GET', target: `${order}/$metadata` },
  {
    method: 'GET',
    target: `${receipt}/A_MaterialDocumentItem/$count?$filter=PurchaseOrder eq '4500000001'`,
  },
  { method: 'GET', target: `${invoice}/A_SupplierInvoice?$expand=to_SuplrInvcItemPurOrdRef` },
  { method: 'GET', target: `${stock}/A_MaterialStock('M-1')/to_MatlStkInAcctMod` },
];

const mutations = {
  junk: junk([
    '/Date(1)/',
    '/Date(99999999999999999)/',
    '/Date(-1)/',
    '2026-02-30T00:00:00',
    "'",
    '4500000001',
    { results: [] },
    { results: 1 },
  ]),
  extra: ['toString', 'x'],
};

const mutatedSent = (body: unknown): fc.Arbitrary<string> => {
  if (body === undefined) return fc.constantFrom('', '{}', 'x');
  if (typeof body === 'string') return fc.oneof(fc.constant(body), brokenText(body));
  return mutatedBody(body, mutations);
};

const mutatedTarget = (target: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(target) },
    {
      weight: 2,
      // Below the service: what stands above it belongs to other owners.
      arbitrary: brokenText(target.slice(order.length - 5)).map(
        (text) => target.slice(0, order.length - 5) + text.replaceAll('\ud800', ''),
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(
          '?$filter=',
          '?%zz',
          '/$value',
          '/x',
          '()',
          '?$top=x',
          '?$skiptoken=-1',
          '/$links/x',
        )
        .map((end) => target + end),
    },
  );

const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'accept',
    'if-match',
    'x-http-method',
    'host',
    'cookie',
    'x-csrf-token',
    'authorization',
    'x-correlation-id',
  ),
  fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom(
      'fetch',
      'application/xml',
      'application/atom+xml',
      '*/*',
      '*',
      'MERGE',
      'DELETE',
      'W/"1"',
      'multipart/mixed;boundary=b',
    ),
  ),
  { maxKeys: 2 },
);

/** What else there is: every entity set of every service, read, written and deleted as its rows are shown. */
function everyEndpoint(bench: S4Bench): Good[] {
  const found: Good[] = [];
  for (const service of [...Object.values(services), journal]) {
    const sets = bench.get(service).d.EntitySets as string[];
    for (const set of sets) {
      const target = `${service}/${set}`;
      const [row] = bench.get(`${target}?$top=1`).d.results as Record<string, unknown>[];
      found.push({ method: 'GET', target: `${target}?$top=2&$inlinecount=allpages` });
      found.push({ method: 'GET', target: `${target}/$count` });
      if (row === undefined) {
        found.push({ method: 'POST', target, body: {} });
        continue;
      }
      const { uri } = row['__metadata'] as { uri: string };
      const one = uri.slice(uri.indexOf('/sap/'));
      const values = Object.entries(row).filter(([, value]) => typeof value !== 'object');
      const body = Object.fromEntries(values.slice(0, 12));
      found.push({ method: 'GET', target: one }, { method: 'DELETE', target: one });
      for (const method of ['PATCH', 'PUT', 'MERGE']) found.push({ method, target: one, body });
      found.push({ method: 'POST', target, body });
    }
  }
  return found;
}

const mutatedOf = (good: Good): fc.Arbitrary<Asked> =>
  fc.record({
    method: fc.oneof(
      { weight: 8, arbitrary: fc.constant(good.method) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'FOO'),
      },
    ),
    target: mutatedTarget(good.target),
    body: good.method === 'GET' ? fc.constant('') : mutatedSent(good.body),
    headers: good.target.endsWith('$batch')
      ? fc.constant({ 'content-type': 'multipart/mixed;boundary=b' })
      : headers,
  });

/** What is wrong with a refusal, if anything. */
function complaint(
  { status, text, headers: answered, error }: S4Answer,
  method: string,
): string | undefined {
  const type = String(answered['content-type'] ?? '');
  if (status >= 500) return `status ${status}`;
  if (method === 'HEAD') return text === '' ? undefined : 'a body for HEAD';
  if (status === 401) return type.includes('html') ? undefined : 'no page of the web server';
  if (status === 403 && type.includes('text/plain'))
    return text === 'CSRF token validation failed' ? undefined : text;
  if (type.includes('xml'))
    return /^<\?xml.*<error .*<code>.+<\/code>/s.test(text) ? undefined : text;
  const isWhole =
    typeof error?.code === 'string' &&
    error.code !== '' &&
    typeof error.message?.value === 'string';
  return isWhole && error.innererror !== undefined ? undefined : `not the vendor's error: ${text}`;
}

const prepared = (): S4Bench => {
  const bench = new S4Bench();
  const body = orderBody() as { to_PurchaseOrderItem: Record<string, unknown>[] };
  // Enough for what is posted here and once more.
  for (const each of body.to_PurchaseOrderItem) each['OrderQuantity'] = '100';
  expect(bench.post(`${order}/A_PurchaseOrder`, body).status).toBe(201);
  expect(bench.post(`${receipt}/A_MaterialDocumentHeader`, receiptBody('4500000001')).status).toBe(
    201,
  );
  expect(
    bench.post(`${invoice}/A_SupplierInvoice`, {
      ...invoiceBody('4500000001'),
      SupplierInvoiceStatus: 'A',
    }).status,
  ).toBe(201);
  return bench;
};

test('all the requests are good before something is done to them', () => {
  for (const { method, target, body } of goods) {
    const bench = prepared();
    // Released is only what is blocked, deleted only what nothing was received for.
    const answer = bench.call(
      method,
      target,
      target.endsWith('$batch')
        ? { body, headers: { 'content-type': 'multipart/mixed;boundary=b' } }
        : { body },
    );
    if (
      /Release|CorrespncInternal/.test(target) ||
      method === 'DELETE' ||
      target.includes('Cancel?Supplier')
    )
      continue;
    expect(answer.status, `${method} ${target} ${answer.text}`).toBeLessThan(300);
  }
});

test('every function import is among the requests', () => {
  const bench = new S4Bench();
  const names = [...Object.values(services), journal].flatMap((service) =>
    [...bench.get(`${service}/$metadata`).text.matchAll(/<FunctionImport Name="(\w+)"/g)].map(
      ([, name]) => `${service}/${name}`,
    ),
  );
  expect(names.length).toBeGreaterThan(4);
  const asked = goods.map(({ target }) => target.replace(/\?.*$/, ''));
  expect(names.filter((name) => !asked.includes(name))).toEqual([]);
});

const others = everyEndpoint(prepared());

test.each([
  ['the usual requests', goods, 3000],
  ['every entity set', others, 2000],
] as const)(
  '%s, made bad, are refused in the vendor’s words, and change nothing',
  (_, all, numRuns) => {
    let bench = prepared();
    let [refused, runs] = [0, 0];
    const mutated = fc.constantFrom(...all).chain(mutatedOf);
    fc.assert(
      fc.property(mutated, ({ method, target, body, headers: sent }) => {
        if (++runs % 100 === 0) bench = prepared();
        const before = bench.state();
        const answer = bench.call(method, target, { body, headers: sent });
        expect(answer.status, `${method} ${target}`).toBeLessThan(500);
        if (answer.status < 300) return;
        refused++;
        expect(complaint(answer, method), `${method} ${target} ${body}`).toBeUndefined();
        expect(bench.state()).toBe(before);
      }),
      { numRuns },
    );
    expect(refused).toBeGreaterThan(numRuns / 4);
  },
);
