/** Requests of an integration to S/4HANA, and what comes back. */
import { describe, expect, test } from 'vitest';
import { decimal } from '../../../../domain/decimal.ts';
import type { ErpCore } from '../../erp-core.ts';
import { S4Bench, invoiceBody, orderBody, receiptBody, services } from './testing/s4hana-bench.ts';

const { order, receipt, invoice, partner, product, stock } = services;
const coreOf = (bench: S4Bench): ErpCore => bench.bench.system.core as ErpCore;

const withOrder = (): { bench: S4Bench; number: string } => {
  const bench = new S4Bench();
  const created = bench.post(`${order}/A_PurchaseOrder`, orderBody());
  expect(created.status).toBe(201);
  return { bench, number: created.d.PurchaseOrder as string };
};

const itemOf = (number: string, item = '10'): string =>
  `${order}/A_PurchaseOrderItem(PurchaseOrder='${number}',PurchaseOrderItem='${item}')`;

describe('logon, token and cookies', () => {
  test('wants a user, and takes Basic or a bearer token', () => {
    const bench = new S4Bench();
    const none = bench.call('GET', order, { headers: { authorization: 'Basic eDp5' } });
    expect(none.status).toBe(401);
    expect(none.headers['www-authenticate']).toMatch(/^Basic realm="SAP/);
    expect(none.text).toContain('<html>');
    const granted = bench.call('POST', '/sap/bc/sec/oauth2/token', {
      body: 'grant_type=client_credentials',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      withoutToken: true,
    });
    const token = (JSON.parse(granted.text) as { access_token: string }).access_token;
    expect(bench.get(order, { authorization: `Bearer ${token}` }).status).toBe(200);
    bench.bench.system.revokeTokens();
    expect(bench.get(order, { authorization: `Bearer ${token}` }).status).toBe(401);
  });

  test.each([
    ['GET', order],
    ['GET', `${order}/`],
    ['HEAD', `${order}/A_PurchaseOrder/`],
    ['HEAD', `${order}/$batch/`],
    ['HEAD', `${receipt}/Cancel/?MaterialDocument='1'`],
    ['GET', `${order}/A_PurchaseOrder('none')`],
  ])('gives a token and cookies to %s %s', (method, target) => {
    const bench = new S4Bench();
    for (const asking of ['Fetch', 'fetch']) {
      const answer = bench.call(method, target, { headers: { 'x-csrf-token': asking } });
      const session = bench.sessionOf(answer);
      expect(session['cookie']).toMatch(/SAP_SESSIONID_S4H_100=\w+/);
      if (method === 'HEAD') expect(answer.text).toBe('');
      const headers = session;
      const posted = bench.call('POST', `${order}/A_PurchaseOrder`, {
        body: orderBody(),
        headers,
        withoutToken: true,
      });
      expect(posted.status).toBe(201);
    }
  });

  test('refuses a change without the token of its own session', () => {
    const bench = new S4Bench();
    const { cookie = '', 'x-csrf-token': token = '' } = bench.session;
    const ask = (headers: Record<string, string>) =>
      bench.call('POST', `${order}/A_PurchaseOrder`, {
        body: orderBody(),
        headers,
        withoutToken: true,
      });
    const attempts: Record<string, string>[] = [
      {},
      { cookie },
      { 'x-csrf-token': token },
      { cookie, 'x-csrf-token': 'x' },
    ];
    for (const headers of attempts) {
      const refused = ask(headers);
      expect(refused.status).toBe(403);
      expect(refused.headers['x-csrf-token']).toBe('Required');
      expect(refused.headers['content-type']).toContain('text/plain');
      expect(refused.text).toBe('CSRF token validation failed');
    }
    expect(ask({ cookie, 'x-csrf-token': token }).status).toBe(201);
    bench.bench.system.revokeTokens();
    expect(ask({ cookie, 'x-csrf-token': token }).status).toBe(403);
  });

  test('ends a session after half an hour without use', async () => {
    const bench = new S4Bench();
    expect(bench.post(`${order}/A_PurchaseOrder`, orderBody()).status).toBe(201);
    await bench.bench.pass(31 * 60_000);
    expect(bench.post(`${order}/A_PurchaseOrder`, orderBody()).status).toBe(403);
  });
});

describe('purchase orders', () => {
  test('are created deep, in JSON as the vendor writes it', () => {
    const bench = new S4Bench();
    const created = bench.post(`${order}/A_PurchaseOrder`, orderBody());
    const { d, headers } = created;
    expect(headers['location']).toBe(
      `http://s4.example:8000${order}/A_PurchaseOrder('${d.PurchaseOrder}')`,
    );
    expect(created.text).toContain('"PurchaseOrderDate":"\\/Date(1795219200000)\\/"');
    expect(d).toMatchObject({
      PurchaseOrder: '4500000001',
      CompanyCode: '1000',
      Supplier: '100001',
      PurchasingProcessingStatus: '02',
      ReleaseIsNotCompleted: false,
      CorrespncExternalReference: 'PO-0000001',
      ValidityStartDate: null,
      to_PurchaseOrderNote: { __deferred: {} },
    });
    expect(d.__metadata.type).toBe('API_PURCHASEORDER_PROCESS_SRV.A_PurchaseOrderType');
    expect(d.to_PurchaseOrderItem.results).toHaveLength(3);
    expect(d.to_PurchaseOrderItem.results[0]).toMatchObject({
      PurchaseOrderItem: '10',
      OrderQuantity: '10',
      PurchaseOrderQuantityUnit: 'PC',
      NetPriceAmount: '5.00',
      to_ScheduleLine: {
        results: [{ ScheduleLine: '1', ScheduleLineDeliveryDate: '/Date(1796083200000)/' }],
      },
    });
    const kept = coreOf(bench).purchaseOrders.get('4500000001');
    expect(kept.lines.map((line) => [line.line, line.quantity, line.unit])).toEqual([
      ['10', '10', 'C62'],
      ['20', '20', 'C62'],
      ['30', '30', 'C62'],
    ]);
  });

  test('keep what the core has no place for', () => {
    const bench = new S4Bench();
    const body = {
      ...orderBody(),
      PurchasingGroup: '007',
      IncotermsClassification: 'FOB',
      IncotermsLocation1: 'Bremen "Überseehafen"',
      CorrespncInternalReference: 'our ref',
      to_PurchaseOrderNote: [{ TextObjectType: 'F01', Language: 'EN', PlainLongText: 'Ring' }],
    };
    const { d } = bench.post(`${order}/A_PurchaseOrder`, body);
    const read = bench.get(
      `${order}/A_PurchaseOrder('${d.PurchaseOrder}')?$expand=to_PurchaseOrderNote`,
    );
    expect(read.d).toMatchObject({
      PurchasingGroup: '007',
      IncotermsClassification: 'FOB',
      IncotermsLocation1: 'Bremen "Überseehafen"',
      CorrespncInternalReference: 'our ref',
      to_PurchaseOrderNote: { results: [{ PlainLongText: 'Ring' }] },
    });
  });

  test.each(['PATCH', 'MERGE', 'PUT'])('are changed by %s, also in disguise', (method) => {
    const { bench, number } = withOrder();
    const changed = bench.call(method, itemOf(number), { body: { OrderQuantity: '12' } });
    expect([changed.status, changed.text]).toEqual([204, '']);
    const disguised = bench.post(
      itemOf(number, '20'),
      { NetPriceAmount: '6.5' },
      { 'x-http-method': method },
    );
    expect(disguised.status).toBe(204);
    expect(bench.get(itemOf(number)).d.OrderQuantity).toBe('12');
    expect(bench.get(itemOf(number, '00020')).d.NetPriceAmount).toBe('6.50');
  });

  test('carry revision, acknowledgement and confirmed quantities', () => {
    const { bench, number } = withOrder();
    const header = `${order}/A_PurchaseOrder('${number}')`;
    const body = { CorrespncInternalReference: '3', SupplierQuotationExternalID: 'AK-1' };
    expect(bench.call('PATCH', header, { body }).status).toBe(204);
    const schedule = `${order}/A_PurchaseOrderScheduleLine(PurchasingDocument='${number}',PurchasingDocumentItem='10',ScheduleLine='1')`;
    const confirmed = {
      ScheduleLineCommittedQuantity: '9',
      SchedLineStscDeliveryDate: '/Date(1796169600000)/',
    };
    expect(bench.call('PATCH', schedule, { body: confirmed }).status).toBe(204);
    expect(bench.call('PATCH', itemOf(number), { body: { OrderQuantity: '11' } }).status).toBe(204);
    const kept = coreOf(bench).purchaseOrders.get(number);
    expect([kept.revision, kept.acknowledgement]).toEqual([3, 'AK-1']);
    expect(kept.lines[0]?.scheduleLines[0]).toMatchObject({
      confirmedQuantity: '9',
      confirmedDate: '2026-12-02',
    });
    expect(bench.get(header).d).toMatchObject({
      CorrespncInternalReference: '3',
      SupplierQuotationExternalID: 'AK-1',
    });
  });

  test('get and lose items', () => {
    const { bench, number } = withOrder();
    const item = {
      Material: 'M-1',
      Plant: '1010',
      OrderQuantity: '1',
      NetPriceAmount: '2',
      TaxCode: 'V1',
    };
    const added = bench.post(`${order}/A_PurchaseOrder('${number}')/to_PurchaseOrderItem`, item);
    expect([added.status, added.d?.PurchaseOrderItem]).toEqual([201, '40']);
    expect(bench.call('DELETE', itemOf(number)).status).toBe(204);
    expect(bench.get(itemOf(number)).d.PurchasingDocumentDeletionCode).toBe('L');
    expect(bench.call('DELETE', `${order}/A_PurchaseOrder('${number}')`).status).toBe(204);
    expect(coreOf(bench).purchaseOrders.get(number).status).toBe('cancelled');
  });

  test('are locked in the words of the vendor', () => {
    const { bench, number } = withOrder();
    coreOf(bench).purchaseOrders.lock(number, 'mueller', bench.bench.context());
    const refused = bench.call('PATCH', itemOf(number), { body: { OrderQuantity: '12' } });
    expect([refused.status, refused.error.code]).toEqual([400, 'ME/006']);
    expect(refused.error.message.value).toBe(
      `User MUELLER already processing Purchase order ${number}`,
    );
  });
});

describe('queries', () => {
  const filled = (): S4Bench => {
    const bench = new S4Bench({ pageSize: 4 });
    for (let i = 1; i <= 10; i++) {
      const body = { ...orderBody(`PO-${i}`), Supplier: i % 2 === 0 ? '100002' : '100001' };
      expect(bench.post(`${order}/A_PurchaseOrder`, body).status).toBe(201);
    }
    return bench;
  };
  const numbers = (bench: S4Bench, query: string): number[] => {
    const answer = bench.get(`${order}/A_PurchaseOrder?${query}`);
    expect(answer.status, answer.text).toBe(200);
    const results = answer.d.results as { PurchaseOrder: string }[];
    return results.map((each) => Number(each.PurchaseOrder) - 4_500_000_000);
  };

  test('filter, order and page', () => {
    const bench = filled();
    const expectations: [query: string, rows: number[]][] = [
      ["$filter=Supplier eq '100002'", [2, 4, 6, 8]],
      ["$filter=Supplier eq '0000100002' and PurchaseOrder gt '4500000004'", [6, 8, 10]],
      ["$filter=CorrespncExternalReference eq 'PO-7'", [7]],
      [
        "$filter=CorrespncExternalReference eq 'PO-7' or CorrespncExternalReference eq 'PO-2'",
        [7, 2],
      ],
      ["$filter=not (Supplier eq '100002') and substringof('3',PurchaseOrder)", [3]],
      [
        "$filter=endswith(CorrespncExternalReference,'0') or startswith(tolower(CorrespncExternalReference),'po-2')",
        [2, 10],
      ],
      ["$filter=LastChangeDateTime ge datetimeoffset'2026-11-21T00:00:00Z'&$top=2", [1, 2]],
      ["$filter=LastChangeDateTime gt datetimeoffset'2027-01-01T00:00:00Z'", []],
      ["$filter=PurchaseOrderDate eq datetime'2026-11-21T00:00:00'&$top=1", [1]],
      ['$filter=year(PurchaseOrderDate) eq 2026 and ReleaseIsNotCompleted eq false&$top=1', [1]],
      ['$orderby=Supplier desc,PurchaseOrder desc&$top=3', [10, 8, 6]],
      ['$skip=8', [9, 10]],
      ['$top=2&$skip=3', [4, 5]],
      ['%24top=1&sap-client=100', [1]],
    ];
    for (const [query, rows] of expectations) expect(numbers(bench, query), query).toEqual(rows);
  });

  test('count, and go on where a page ended', () => {
    const bench = filled();
    expect(bench.get(`${order}/A_PurchaseOrder/$count`).text).toBe('10');
    expect(bench.get(`${order}/A_PurchaseOrderItem/$count?$filter=OrderQuantity gt 15M`).text).toBe(
      '20',
    );
    const seen: string[] = [];
    let target: string | undefined =
      `${order}/A_PurchaseOrder?$inlinecount=allpages&$select=PurchaseOrder`;
    while (target !== undefined) {
      const { d } = bench.get(target);
      expect(d.__count).toBe('10');
      seen.push(...(d.results as { PurchaseOrder: string }[]).map((each) => each.PurchaseOrder));
      target = (d.__next as string | undefined)?.replace('http://s4.example:8000', '');
    }
    expect(seen).toHaveLength(10);
    expect(new Set(seen).size).toBe(10);
  });

  test('ask about what a navigation to one leads to', () => {
    const bench = filled();
    const items = (query: string): string[] => {
      const answer = bench.get(`${order}/A_PurchaseOrderItem?$select=PurchaseOrder&${query}`);
      expect(answer.status, answer.text).toBe(200);
      return (answer.d.results as { PurchaseOrder: string }[]).map((each) => each.PurchaseOrder);
    };
    const filter = "to_PurchaseOrder/Supplier eq '0000100002' and PurchaseOrderItem eq '10'";
    expect(items(`$filter=${filter}&$top=2`)).toEqual(['4500000002', '4500000004']);
    const sorted = items('$orderby=to_PurchaseOrder/CorrespncExternalReference desc&$top=1');
    expect(sorted).toEqual(['4500000009']);
    for (const path of ['to_ScheduleLine/ScheduleLine', 'to_PurchaseOrder/Foo', 'Foo/Bar']) {
      const refused = bench.get(`${order}/A_PurchaseOrderItem?$filter=${path} eq '1'`);
      expect([refused.status, refused.error.message.value.includes(path.split('/')[1])]).toEqual([
        400,
        true,
      ]);
    }
  });

  test('are answered whatever the case of the namespace, and refused in an unknown format', () => {
    const bench = filled();
    const target = `${order}/A_PurchaseOrder/$count`;
    expect(bench.get(target.replace('/odata/sap/', '/odata/SAP/')).text).toBe('10');
    expect(bench.get(`${order}/A_PurchaseOrder?$format=xlsx`).status).toBe(415);
  });

  test('expand through levels and select below them', () => {
    const bench = filled();
    const query =
      '$expand=to_PurchaseOrderItem/to_ScheduleLine&$select=PurchaseOrder,to_PurchaseOrderItem/Material,to_PurchaseOrderItem/to_ScheduleLine';
    const { d } = bench.get(`${order}/A_PurchaseOrder(PurchaseOrder=%274500000001%27)?${query}`);
    expect(Object.keys(d)).toEqual(['__metadata', 'PurchaseOrder', 'to_PurchaseOrderItem']);
    const [item] = d.to_PurchaseOrderItem.results;
    expect(Object.keys(item)).toEqual(['__metadata', 'Material', 'to_ScheduleLine']);
    expect(item.to_ScheduleLine.results[0].ScheduleLine).toBe('1');
    const path = `${order}/A_PurchaseOrder('4500000001')/to_PurchaseOrderItem('10')`;
    // The item's key has two parts: one alone is no key of it.
    expect(bench.get(path).status).toBe(400);
    expect(bench.get(`${itemOf('4500000001')}/to_PurchaseOrder/Supplier/$value`).text).toBe(
      '100001',
    );
    expect(bench.get(`${itemOf('4500000001')}/Material`).d).toEqual({ Material: 'M-1' });
    expect(bench.get(`${itemOf('4500000001')}/$links/to_PurchaseOrder`).d.uri).toContain(
      "('4500000001')",
    );
  });

  test.each([
    ['A_PurchaseOrder?$filter=Foo eq 1', 400],
    ['A_PurchaseOrder?$filter=Supplier eq', 400],
    ['A_PurchaseOrder?$filter=Supplier gt 5M and (', 400],
    ["A_PurchaseOrder?$filter=PurchaseOrderDate eq datetime'2026-02-30T00:00:00'", 400],
    ['A_PurchaseOrder?$top=-1', 400],
    ['A_PurchaseOrder?$select=Foo', 400],
    ['A_PurchaseOrder?$expand=Foo', 400],
    ['A_PurchaseOrder?$orderby=Foo', 400],
    ['A_PurchaseOrder?$foo=1', 400],
    ["A_PurchaseOrder(Foo='1')", 400],
    ['A_PurchaseOrder(%zz)', 400],
    ["A_PurchaseOrder('1')", 404],
    ['A_Foo', 404],
    ['A_PurchaseOrder/$foo', 404],
  ])('%s is answered %i', (target, status) => {
    const bench = new S4Bench();
    const answer = bench.get(`${order}/${target}`);
    expect(answer.status).toBe(status);
    expect(answer.error.message.value).not.toBe('');
  });

  test('an unknown service is 403, a wrong verb 405, XML where no JSON is asked', () => {
    const bench = new S4Bench();
    const unknown = bench.get('/sap/opu/odata/sap/API_FOO_SRV/A_Foo');
    expect([unknown.status, unknown.error.code]).toEqual([403, '/IWFND/MED/170']);
    const wrong = bench.call('DELETE', `${receipt}/A_MaterialDocumentHeader`);
    expect(wrong.status).toBe(405);
    const xml = bench.get(`${order}/A_PurchaseOrder('<1>')`, { accept: 'application/atom+xml' });
    expect(xml.text).toMatch(/^<\?xml .*<code>\/IWBEP\/CM_MGW_RT\/020<\/code>/);
  });
});

test('options that say nothing are as good as none', () => {
  const bench = new S4Bench();
  bench.post(`${order}/A_PurchaseOrder`, orderBody());
  const whole = bench.get(`${order}/A_PurchaseOrder`);
  const empty = bench.get(`${order}/A_PurchaseOrder?$filter=&$orderby=&$select=&$expand=`);
  expect(empty.d).toEqual(whole.d);
});

test('instants have no more fraction than the metadata announces', () => {
  const bench = new S4Bench();
  bench.post(`${order}/A_PurchaseOrder`, orderBody());
  const precisions = Object.values(services).flatMap((service) =>
    [
      ...bench
        .get(`${service}/$metadata`)
        .text.matchAll(/Type="Edm.DateTimeOffset"[^>]*? Precision="(\d+)"/g),
    ].map(([, precision]) => Number(precision)),
  );
  expect(precisions.length).toBeGreaterThan(2);
  const shown = bench.get(`${order}/A_PurchaseOrder('4500000001')/LastChangeDateTime`, {
    accept: 'application/xml',
  }).text;
  const fraction = /\.(\d+)Z</.exec(shown)?.[1] ?? '';
  expect(Math.min(...precisions)).toBeGreaterThanOrEqual(Math.max(3, fraction.length));
});

describe('goods receipts', () => {
  test('are posted, cancelled in part, cancelled whole', () => {
    const { bench, number } = withOrder();
    const posted = bench.post(`${receipt}/A_MaterialDocumentHeader`, receiptBody(number));
    expect(posted.status).toBe(201);
    const { MaterialDocument: document, MaterialDocumentYear: year } = posted.d;
    expect(posted.d).toMatchObject({ ReferenceDocument: 'WR-0000001', GoodsMovementCode: '01' });
    const key = `MaterialDocumentYear='${year}'&MaterialDocument='${document}'`;
    const item = bench.post(
      `${receipt}/CancelItem?${key}&MaterialDocumentItem='0001'&PostingDate=datetime'2026-11-21T00:00:00'`,
    );
    expect(item.d).toMatchObject({
      GoodsMovementType: '102',
      ReversedMaterialDocument: document,
      ReversedMaterialDocumentItem: '1',
    });
    const items = `${receipt}/A_MaterialDocumentHeader(MaterialDocumentYear='${year}',MaterialDocument='${document}')/to_MaterialDocumentItem`;
    const flags = bench.get(items).d.results as { GoodsMovementIsCancelled: boolean }[];
    expect(flags.map((each) => each.GoodsMovementIsCancelled)).toEqual([true, false, false]);
    const whole = bench.post(`${receipt}/Cancel?${key}`);
    expect(whole.d.MaterialDocument).not.toBe(document);
    const again = bench.post(`${receipt}/Cancel?${key}`);
    expect([again.status, again.error.code, again.rule]).toEqual([
      400,
      'M7/200',
      'already-reversed',
    ]);
    const found = bench.get(
      `${receipt}/A_MaterialDocumentHeader?$filter=ReferenceDocument eq 'WR-0000001'`,
    );
    expect(found.d.results).toHaveLength(1);
    const ofOrder = `${receipt}/A_MaterialDocumentItem/$count?$filter=PurchaseOrder eq '${number}'`;
    expect(bench.get(ofOrder).text).toBe('6');
    expect(coreOf(bench).purchaseOrders.lineBalance(number, '10').received).toBe('0');
  });

  test('are refused with message class and number', () => {
    const { bench, number } = withOrder();
    const body = receiptBody(number) as {
      to_MaterialDocumentItem: { results: Record<string, unknown>[] };
    };
    Object.assign(body.to_MaterialDocumentItem.results[0] ?? {}, { QuantityInEntryUnit: '11' });
    const over = bench.post(`${receipt}/A_MaterialDocumentHeader`, body);
    expect([over.status, over.error.code]).toEqual([400, 'M7/022']);
    expect(over.error.message.value).toBe('PU Ordered quantity exceeded by 1 PC');
    expect(over.error.innererror.application.component_id).toBe('MM-IM-GF-2CL');
    expect(over.error.innererror.errordetails[0]).toMatchObject({
      code: 'M7/022',
      severity: 'error',
    });
    const code = bench.post(`${receipt}/A_MaterialDocumentHeader`, {
      ...receiptBody(number),
      GoodsMovementCode: '04',
    });
    expect(code.error.code).toBe('M7/018');
    expect(
      bench.call(
        'PATCH',
        `${receipt}/A_MaterialDocumentHeader(MaterialDocumentYear='2026',MaterialDocument='1')`,
        { body: {} },
      ).status,
    ).toBe(404);
  });
});

describe('supplier invoices', () => {
  const received = (): { bench: S4Bench; number: string } => {
    const all = withOrder();
    const body = receiptBody(all.number);
    expect(all.bench.post(`${receipt}/A_MaterialDocumentHeader`, body).status).toBe(201);
    return all;
  };
  const keyOf = ({ d }: { d: Record<string, string> }): string =>
    `SupplierInvoice='${d['SupplierInvoice']}'&FiscalYear='${d['FiscalYear']}'`;

  test('are posted, found, refused as duplicates and cancelled', () => {
    const { bench, number } = received();
    const posted = bench.post(`${invoice}/A_SupplierInvoice`, invoiceBody(number));
    expect(posted.status).toBe(201);
    expect(posted.d).toMatchObject({
      SupplierInvoiceStatus: '5',
      PaymentBlockingReason: '',
      InvoiceGrossAmount: '178.50',
      AssignmentReference: 'IN-INV-1',
      TaxIsCalculatedAutomatically: true,
    });
    for (const filter of [
      "SupplierInvoiceIDByInvcgParty eq 'INV-1'",
      "InvoicingParty eq '100001'",
      "AssignmentReference eq 'IN-INV-1'",
      "SuplrInvcLstChgDteTmeTxt ge '20261121'",
    ]) {
      const found = bench.get(
        `${invoice}/A_SupplierInvoice?$filter=${filter}&$expand=to_SupplierInvoiceTax`,
      );
      expect(found.d.results, filter).toHaveLength(1);
      expect(found.d.results[0].to_SupplierInvoiceTax.results[0]).toMatchObject({
        TaxAmount: '28.50',
      });
    }
    const again = bench.post(`${invoice}/A_SupplierInvoice`, invoiceBody(number));
    expect([again.status, again.error.code]).toEqual([400, 'M8/462']);
    const cancelled = bench.post(
      `${invoice}/Cancel?PostingDate=datetime'2026-11-21T00:00:00'&ReversalReason='01'&${keyOf(posted)}`,
    );
    expect(cancelled.d.Cancel).toMatchObject({ Success: true, FiscalYear: '2026' });
    const read = bench.get(`${invoice}/A_SupplierInvoice(${keyOf(posted).replace('&', ',')})`);
    expect(read.d).toMatchObject({
      IsReversed: true,
      ReverseDocument: cancelled.d.Cancel.ReverseDocument,
    });
  });

  test('are blocked beyond tolerance and released', () => {
    const { bench, number } = received();
    const body = invoiceBody(number) as { to_SuplrInvcItemPurOrdRef: Record<string, string>[] };
    for (const item of body.to_SuplrInvcItemPurOrdRef) item['SupplierInvoiceItemAmount'] = '60.00';
    const posted = bench.post(`${invoice}/A_SupplierInvoice`, {
      ...body,
      InvoiceGrossAmount: '214.20',
    });
    expect(posted.d.PaymentBlockingReason).toBe('R');
    const released = bench.post(
      `${invoice}/Release?${keyOf(posted)}&DiscountDaysHaveToBeShifted=false`,
    );
    expect(released.d.Release).toMatchObject({ Success: true });
    const again = bench.post(`${invoice}/Release?${keyOf(posted)}`);
    expect(again.status).toBe(400);
  });

  test('are parked, posted from there, or given up', () => {
    const { bench, number } = received();
    const parked = bench.post(`${invoice}/A_SupplierInvoice`, {
      ...invoiceBody(number),
      SupplierInvoiceStatus: 'A',
    });
    expect([parked.status, parked.d.SupplierInvoiceStatus]).toEqual([201, 'A']);
    expect(bench.post(`${invoice}/Post?${keyOf(parked)}`).d.Post.Success).toBe(true);
    const one = `${invoice}/A_SupplierInvoice(${keyOf(parked).replace('&', ',')})`;
    expect(bench.get(one).d.SupplierInvoiceStatus).toBe('5');
    expect(bench.call('DELETE', one).error.code).toBe('M8/290');
    expect(bench.call('PATCH', one, { body: {} }).status).toBe(405);
  });
});

describe('master data and stock', () => {
  test('suppliers are partners with an address, a bank and company data', () => {
    const bench = new S4Bench();
    const expand =
      'to_BusinessPartnerAddress/to_EmailAddress,to_BusinessPartnerBank,to_Supplier/to_SupplierCompany';
    const { d } = bench.get(`${partner}/A_BusinessPartner('100001')?$expand=${expand}`);
    expect(d).toMatchObject({
      OrganizationBPName1: 'Supplier 100001',
      BusinessPartnerCategory: '2',
    });
    expect(d.to_BusinessPartnerAddress.results[0]).toMatchObject({
      CityName: 'Kiel',
      Country: 'DE',
    });
    expect(d.to_Supplier.to_SupplierCompany.results.length).toBeGreaterThan(0);
    const address = `${partner}/A_BusinessPartnerAddress(BusinessPartner='100001',AddressID='100001')`;
    expect(bench.call('PATCH', address, { body: { CityName: 'Bremen' } }).status).toBe(204);
    expect(
      bench.call('PATCH', `${partner}/A_Supplier('100001')`, {
        body: { PurchasingIsBlocked: true },
      }).status,
    ).toBe(204);
    expect(coreOf(bench).masterData.supplier('100001')).toMatchObject({
      city: 'Bremen',
      blocked: true,
    });
    const created = bench.post(`${partner}/A_BusinessPartner`, {
      BusinessPartnerCategory: '2',
      OrganizationBPName1: 'New & Co',
      to_BusinessPartnerAddress: [{ Country: 'DE', CityName: 'Ulm' }],
    });
    expect(created.status).toBe(201);
    expect(coreOf(bench).masterData.supplier(created.d.BusinessPartner as string).city).toBe('Ulm');
  });

  test('materials are products with units and valuation', () => {
    const bench = new S4Bench();
    const { d } = bench.get(
      `${product}/A_Product('M-1')?$expand=to_Description,to_ProductUnitsOfMeasure,to_Valuation`,
    );
    expect(d).toMatchObject({ Product: 'M-1', BaseUnit: 'PC' });
    expect(d.to_ProductUnitsOfMeasure.results[1]).toMatchObject({
      AlternativeUnit: 'BX',
      QuantityNumerator: '24',
    });
    expect(d.to_Valuation.results[0]).toMatchObject({
      MovingAveragePrice: '5.00',
      InventoryValuationProcedure: 'V',
    });
    const text = `${product}/A_ProductDescription(Product='M-1',Language='EN')`;
    expect(bench.call('PATCH', text, { body: { ProductDescription: 'Varnish' } }).status).toBe(204);
    expect(bench.get(`${text}/ProductDescription/$value`).text).toBe('Varnish');
    const created = bench.post(`${product}/A_Product`, {
      Product: 'M-9',
      BaseUnit: 'KG',
      ProductGroup: 'G',
    });
    expect([created.status, coreOf(bench).masterData.material('M-9').baseUnit]).toEqual([
      201,
      'KGM',
    ]);
  });

  test('stock follows receipts', () => {
    const { bench, number } = withOrder();
    bench.post(`${receipt}/A_MaterialDocumentHeader`, receiptBody(number));
    const rows = bench.get(
      `${stock}/A_MatlStkInAcctMod?$filter=Material eq 'M-1' and Plant eq '1010'`,
    );
    expect(rows.d.results).toHaveLength(1);
    expect(rows.d.results[0]).toMatchObject({
      MatlWrhsStkQtyInMatlBaseUnit: '10',
      InventoryStockType: '01',
    });
  });
});

test('what is written through one dialect is read through the other', () => {
  const { bench, number } = withOrder();
  const plain = bench.bench;
  const read = plain.call('GET', `/v1/purchase-orders/${number}`);
  expect(read.json).toMatchObject({ externalReference: 'PO-0000001', supplier: '100001' });
  expect(read.json.lines[0]).toMatchObject({ quantity: '10', unit: 'C62', netPrice: '5' });
  plain.call('PATCH', `/v1/purchase-orders/${number}`, {
    body: { lines: [{ line: '10', quantity: '14' }] },
  });
  expect(bench.get(itemOf(number)).d.OrderQuantity).toBe('14');
  const posted = plain.call('POST', '/v1/goods-receipts', {
    body: {
      externalReference: 'WR-9',
      lines: [
        { movementType: '101', purchaseOrder: number, purchaseOrderLine: '10', quantity: '14' },
      ],
    },
  });
  const found = bench.get(
    `${receipt}/A_MaterialDocumentHeader?$filter=ReferenceDocument eq 'WR-9'`,
  );
  expect(found.d.results[0].MaterialDocument).toBe(posted.json.number);
  const invoiced = bench.post(`${invoice}/A_SupplierInvoice`, invoiceBody(number));
  const id = `${invoiced.d.FiscalYear}/${invoiced.d.SupplierInvoice}`;
  expect(plain.call('GET', `/v1/supplier-invoices/${id}`).json).toMatchObject({
    externalReference: 'IN-INV-1',
    supplierReference: 'INV-1',
    grossAmount: decimal('178.5'),
  });
});

describe('the edge', () => {
  const request = (bench: S4Bench, method = 'POST') =>
    bench.bench.request(method, `${order}/A_PurchaseOrder`, {
      body: orderBody(),
      token: null,
      headers: { accept: 'application/json', authorization: 'Basic x' },
    });

  test('refuses every way it can', () => {
    const bench = new S4Bench();
    const refuse = (
      refusal: Parameters<typeof bench.bench.system.refuseAtEdge>[0],
      method?: string,
    ) => {
      const { status, headers, body } = bench.bench.system.refuseAtEdge(
        refusal,
        request(bench, method),
        bench.bench.context(),
      );
      return { status, after: headers['retry-after'], body };
    };
    expect(refuse({ kind: 'unavailable', retryAfterSeconds: 3 })).toMatchObject({
      status: 503,
      after: '3',
    });
    expect(refuse({ kind: 'throttled', retryAfterSeconds: 7 })).toMatchObject({
      status: 429,
      after: '7',
    });
    expect(refuse({ kind: 'serverError' }).body).toContain('SY/530');
    expect(refuse({ kind: 'expiredToken' })).toMatchObject({
      status: 403,
      body: 'CSRF token validation failed',
    });
    expect(refuse({ kind: 'expiredToken' }, 'GET').status).toBe(401);
    expect(refuse({ kind: 'locked' }).body).toContain(
      'already processing Purchase order PO-0000001',
    );
    expect(
      refuse({ kind: 'businessError', rule: 'period-closed', message: 'Closed' }).body,
    ).toContain('M7/053');
    expect(refuse({ kind: 'tooLarge', limitBytes: 5 }).status).toBe(413);
    expect(refuse({ kind: 'gatewayTimeout' }).status).toBe(504);
  });

  test.each([
    ['POST', `${order}/A_PurchaseOrder`, orderBody(), 'createPurchaseOrder', 'PO-0000001', false],
    ['GET', `${order}/A_PurchaseOrder('0450')`, undefined, 'getPurchaseOrder', '450', true],
    [
      'GET',
      `${order}/A_PurchaseOrder?$filter=CorrespncExternalReference%20eq%20%27P-1%27`,
      undefined,
      'listPurchaseOrders',
      'P-1',
      true,
    ],
    ['HEAD', `${order}/A_PurchaseOrder/`, undefined, 'listPurchaseOrders', undefined, true],
    ['PATCH', itemOf('45'), {}, 'changePurchaseOrderItem', '45', false],
    [
      'POST',
      `${receipt}/A_MaterialDocumentHeader`,
      receiptBody('1'),
      'postGoodsReceipt',
      'WR-0000001',
      false,
    ],
    [
      'POST',
      `${receipt}/Cancel?MaterialDocumentYear='2026'&MaterialDocument='5'`,
      undefined,
      'cancelGoodsReceipt',
      '2026/5',
      false,
    ],
    [
      'POST',
      `${invoice}/A_SupplierInvoice`,
      invoiceBody('1'),
      'postSupplierInvoice',
      'IN-INV-1',
      false,
    ],
    ['POST', `${order}/A_PurchaseOrder`, '{', 'createPurchaseOrder', undefined, false],
  ] as const)('knows %s %s', (method, target, body, name, key, safe) => {
    const bench = new S4Bench();
    const asked = bench.bench.request(method, target, { token: null, body });
    expect(bench.bench.system.identify(asked)).toEqual({
      name,
      safe,
      ...(key === undefined ? {} : { key }),
    });
  });

  test.each([
    [
      'purchase-order.created',
      '45',
      'purchaseorder.v1.PurchaseOrder.Created',
      { PurchaseOrder: '45' },
    ],
    [
      'goods-receipt.posted',
      '2026/50',
      'materialdocument.v1.MaterialDocument.Created',
      { MaterialDocumentYear: '2026', MaterialDocument: '50' },
    ],
    [
      'supplier.changed',
      '1',
      'businesspartner.v1.BusinessPartner.Changed',
      { BusinessPartner: '1' },
    ],
  ])('tells of %s by key only', (type, key, name, data) => {
    const { system } = new S4Bench().bench;
    const { contentType, body } = system.renderEvent({
      type,
      document: 'Any',
      key,
      version: 1,
      data: { secret: 1 },
      id: 'e-1',
      source: '/seatrial/erp',
      at: 1_795_251_600_123,
      correlationId: 'c-1',
    });
    expect(contentType).toBe('application/cloudevents+json');
    expect(JSON.parse(body)).toEqual({
      specversion: '1.0',
      id: 'e-1',
      type: `sap.s4.beh.${name}.v1`,
      source: '/default/sap.s4.beh/erp',
      time: '2026-11-21T09:00:00Z',
      datacontenttype: 'application/json',
      correlationid: 'c-1',
      data,
    });
  });
});
