/** The format that the vendor speaks unless it is told otherwise. */
import { XmlElement, parseXml } from '@rgrove/parse-xml';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { timestamp } from '../../../../domain/calendar-date.ts';
import { brokenText } from '../../../testing/mutated-body.ts';
import {
  type S4Answer,
  S4Bench,
  invoiceBody,
  orderBody,
  receiptBody,
  services,
} from './testing/s4hana-bench.ts';

const { order, receipt, invoice, partner, product, stock } = services;
const atom = { accept: 'application/atom+xml' };
const sent = { ...atom, 'content-type': 'application/atom+xml;type=entry' };

/** All elements of a name, wherever they are. */
function all(text: string, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  const visit = (element: XmlElement): void => {
    if (element.name === name) found.push(element);
    for (const child of element.children) if (child instanceof XmlElement) visit(child);
  };
  visit(parseXml(text).root as XmlElement);
  return found;
}

const textOf = (text: string, name: string): string | undefined => all(text, name)[0]?.text;

type Raw = Readonly<Record<string, unknown>>;

/** A body that JSON would hold, as an entry; navigations hold lists. */
function entryOf(body: Raw): string {
  const properties: string[] = [];
  const links: string[] = [];
  for (const [name, value] of Object.entries(body)) {
    const list = (value as { results?: readonly Raw[] }).results ?? value;
    if (Array.isArray(list)) {
      const feed = `<feed>${(list as readonly Raw[]).map(entryOf).join('')}</feed>`;
      links.push(
        `<link rel="http://schemas.microsoft.com/ado/2007/08/dataservices/related/${name}" href="x"><m:inline>${feed}</m:inline></link>`,
      );
    } else {
      const wire = /^\/Date\((\d+)\)\/$/.exec(String(value));
      const text = wire === null ? String(value) : timestamp(Number(wire[1]));
      properties.push(`<d:${name}>${text.replace('Z', '')}</d:${name}>`);
    }
  }
  return (
    '<entry xmlns="http://www.w3.org/2005/Atom" xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices" ' +
    'xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">' +
    `<content type="application/xml"><m:properties>${properties.join('')}</m:properties></content>${links.join('')}</entry>`
  );
}

const business = (bench: S4Bench): string => {
  const created = bench.post(`${order}/A_PurchaseOrder`, entryOf(orderBody()), sent);
  expect(created.status, created.text).toBe(201);
  return String(textOf(created.text, 'd:PurchaseOrder'));
};

test.each([
  ['no Accept', undefined],
  ['any type', '*/*'],
  ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
])('with %s the answer is Atom', (_who, accept) => {
  const bench = new S4Bench();
  const headers = (accept === undefined ? { accept: undefined } : { accept }) as typeof atom;
  const list = bench.get(`${order}/A_PurchaseOrder`, headers);
  expect(list.headers['content-type']).toBe('application/atom+xml;type=feed;charset=utf-8');
  const missing = bench.get(`${order}/A_PurchaseOrder('1')`, headers);
  expect(missing.headers['content-type']).toBe('application/xml;charset=utf-8');
  expect(textOf(missing.text, 'code')).toBe('/IWBEP/CM_MGW_RT/020');
  const root = bench.get(order, headers);
  expect(root.headers['content-type']).toBe('application/atomsvc+xml;charset=utf-8');
});

test('service documents name every set, and say what may be done with it', () => {
  const bench = new S4Bench();
  for (const service of [order, receipt, invoice, partner, product, stock]) {
    const { d } = bench.get(service);
    const collections = all(bench.get(service, atom).text, 'app:collection');
    expect(collections.map(({ attributes }) => attributes['href'])).toEqual(d.EntitySets);
  }
  const [header] = all(bench.get(receipt, atom).text, 'app:collection').filter(
    ({ attributes }) => attributes['href'] === 'A_MaterialDocumentHeader',
  );
  expect(header?.attributes['sap:deletable']).toBe('false');
});

describe('entries and feeds', () => {
  let bench: S4Bench;
  let number: string;
  beforeAll(() => {
    bench = new S4Bench({ pageSize: 2 });
    number = business(bench);
  });

  test('what is written as Atom is what would have been written as JSON', () => {
    const other = new S4Bench();
    other.post(`${order}/A_PurchaseOrder`, orderBody());
    const target = `${order}/A_PurchaseOrder('${number}')?$expand=to_PurchaseOrderItem/to_ScheduleLine`;
    expect(bench.get(target).d).toEqual(other.get(target).d);
  });

  test('what was created deep comes back deep', () => {
    const { text, headers } = bench.post(
      `${order}/A_PurchaseOrder`,
      entryOf(orderBody('PO-2')),
      sent,
    );
    expect(headers['content-type']).toBe('application/atom+xml;type=entry;charset=utf-8');
    expect(String(headers['location'])).toBe(textOf(text, 'id'));
    expect(all(text, 'd:PurchaseOrderItem').map((each) => each.text)).toEqual(['10', '20', '30']);
    expect(textOf(text, 'd:PurchaseOrderDate')).toBe('2026-11-21T00:00:00');
    expect(textOf(text, 'd:LastChangeDateTime')).toMatch(/^2026-.*Z$/);
  });

  test('a feed has its count and the address of its next page', () => {
    const first = bench.get(`${order}/A_PurchaseOrderItem?$inlinecount=allpages`, atom).text;
    expect(all(first, 'entry')).toHaveLength(2);
    expect(textOf(first, 'm:count')).toBe(
      bench.get(`${order}/A_PurchaseOrderItem/$count`, atom).text,
    );
    const next = all(first, 'link').find(({ attributes }) => attributes['rel'] === 'next');
    const target = String(next?.attributes['href']);
    expect(all(bench.get(target.slice(target.indexOf('/sap/')), atom).text, 'entry')).toHaveLength(
      2,
    );
  });

  test('only what was selected and expanded is there', () => {
    const target = `${order}/A_PurchaseOrderItem(PurchaseOrder='${number}',PurchaseOrderItem='10')?$select=Material,to_PurchaseOrder&$expand=to_PurchaseOrder`;
    const { text } = bench.get(target, atom);
    expect(all(text, 'd:Material')).toHaveLength(1);
    expect(all(text, 'd:Plant')).toHaveLength(0);
    expect(textOf(text, 'd:Supplier')).toBe('100001');
    const navigations = all(text, 'entry')[0]?.children.filter(
      (each) => each instanceof XmlElement && each.attributes['rel']?.includes('/related/'),
    );
    expect(navigations).toHaveLength(1);
  });

  test('single properties and links', () => {
    const one = `${order}/A_PurchaseOrder('${number}')`;
    expect(textOf(bench.get(`${one}/Supplier`, atom).text, 'd:Supplier')).toBe('100001');
    const nothing = bench.get(`${one}/ValidityStartDate`, atom).text;
    expect(all(nothing, 'd:ValidityStartDate')[0]?.attributes['m:null']).toBe('true');
    expect(bench.get(`${one}/Supplier/$value`, atom).text).toBe('100001');
    expect(
      all(bench.get(`${one}/$links/to_PurchaseOrderItem`, atom).text, 'uri').length,
    ).toBeGreaterThan(1);
  });

  test('a change by MERGE', () => {
    const one = `${order}/A_PurchaseOrder('${number}')`;
    const headers = { ...sent, 'x-http-method': 'MERGE' };
    expect(bench.post(one, entryOf({ PaymentTerms: 'NT60' }), headers).status).toBe(204);
    expect(bench.get(one).d.PaymentTerms).toBe('NT60');
  });
});

test('function imports answer an entry or a complex value', () => {
  const bench = new S4Bench();
  const number = business(bench);
  const posted = bench.post(
    `${receipt}/A_MaterialDocumentHeader`,
    entryOf(receiptBody(number)),
    sent,
  );
  expect(posted.status, posted.text).toBe(201);
  const billed = bench.post(`${invoice}/A_SupplierInvoice`, entryOf(invoiceBody(number)), sent);
  expect(billed.status, billed.text).toBe(201);
  const bill = textOf(billed.text, 'd:SupplierInvoice');
  const cancelled = bench.post(
    `${invoice}/Cancel?SupplierInvoice='${bill}'&FiscalYear='2026'&ReversalReason='01'&PostingDate=datetime'2026-11-21T00:00:00'`,
    '',
    atom,
  );
  expect(parseXml(cancelled.text).root?.name).toBe('d:Cancel');
  expect(textOf(cancelled.text, 'd:Success')).toBe('true');
  const taken = bench.post(
    `${receipt}/Cancel?MaterialDocumentYear='2026'&MaterialDocument='${textOf(posted.text, 'd:MaterialDocument')}'`,
    '',
    atom,
  );
  expect(parseXml(taken.text).root?.name).toBe('entry');
});

test('a business error names what the JSON one names', () => {
  const bench = new S4Bench();
  const body = { ...orderBody(), Supplier: 'NONE' };
  const { error } = bench.post(`${order}/A_PurchaseOrder`, body);
  const { text, status } = bench.post(`${order}/A_PurchaseOrder`, entryOf(body), sent);
  expect(status).toBe(400);
  expect(textOf(text, 'code')).toBe(error.code);
  expect(textOf(text, 'message')).toBe(error.message.value);
  expect(textOf(text, 'component_id')).toBe(error.innererror.application.component_id);
  const [detail] = error.innererror.errordetails as { target: string; transition: boolean }[];
  expect(textOf(text, 'target')).toBe(detail?.target);
  expect(textOf(text, 'transition')).toBe('false');
});

test('a retry is known by its reference, whatever the format', () => {
  const { bench } = new S4Bench();
  const target = `${order}/A_PurchaseOrder`;
  const headers = { 'content-type': 'application/atom+xml' };
  const asked = (body: unknown, more = {}): unknown =>
    bench.system.identify(bench.request('POST', target, { token: null, body, headers: more }));
  expect(asked(entryOf(orderBody('PO-7')), headers)).toEqual(asked(orderBody('PO-7')));
  expect(asked(entryOf(orderBody('PO-7')), headers)).toMatchObject({ key: 'PO-7' });
});

const part = (line: string, headers: string, body = ''): string =>
  `--b\r\nContent-Type: application/http\r\n\r\n${line} HTTP/1.1\r\n${headers}\r\n\r\n${body}\r\n`;

test('parts of a batch have formats of their own', () => {
  const bench = new S4Bench();
  const change = part('POST A_PurchaseOrder', 'Content-Type: application/xml', entryOf(orderBody()))
    .replaceAll('--b', '--c')
    .concat('--c--\r\n');
  const body =
    `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${change}` +
    part('GET A_PurchaseOrder?$top=1', 'Accept: application/json') +
    part('GET A_PurchaseOrder?$top=1', 'Accept: application/atom+xml') +
    part("GET A_PurchaseOrder('1')", 'MaxDataServiceVersion: 2.0') +
    '--b--';
  const headers = { 'content-type': 'multipart/mixed; boundary=b' };
  const { text } = bench.post(`${order}/$batch`, body, headers);
  const types = [...text.matchAll(/^content-type: (\S+)/gm)].map(([, type]) => type);
  expect(types).toEqual([
    'application/atom+xml;type=entry;charset=utf-8',
    'application/json;charset=utf-8',
    'application/atom+xml;type=feed;charset=utf-8',
    'application/xml;charset=utf-8',
  ]);
});

test('every set can be read as a feed', () => {
  const bench = new S4Bench();
  const number = business(bench);
  bench.post(`${receipt}/A_MaterialDocumentHeader`, receiptBody(number));
  bench.post(`${invoice}/A_SupplierInvoice`, invoiceBody(number));
  for (const service of [order, receipt, invoice, partner, product, stock]) {
    for (const set of bench.get(service).d.EntitySets as string[]) {
      const { d } = bench.get(`${service}/${set}`);
      const { text } = bench.get(`${service}/${set}`, atom);
      expect(
        all(text, 'id')
          .slice(1)
          .map((each) => each.text),
      ).toEqual((d.results as { __metadata: { id: string } }[]).map((each) => each.__metadata.id));
    }
  }
});

/** What is wrong with a refusal, if anything. */
function complaint({ status, text, headers }: S4Answer): string | undefined {
  if (status >= 500) return `status ${status}`;
  if (!String(headers['content-type']).startsWith('application/xml')) return 'no XML';
  const { root } = parseXml(text);
  const isWhole = root?.name === 'error' && textOf(text, 'code') !== '';
  return isWhole && all(text, 'transactionid').length === 1 ? undefined : text;
}

test('entries that something was done to are refused as XML, and change nothing', () => {
  const bench = new S4Bench();
  const number = business(bench);
  const goods = [
    { target: `${order}/A_PurchaseOrder`, text: entryOf(orderBody('PO-9')) },
    { target: `${receipt}/A_MaterialDocumentHeader`, text: entryOf(receiptBody(number)) },
    { target: `${invoice}/A_SupplierInvoice`, text: entryOf(invoiceBody(number)) },
    {
      target: `${partner}/A_BusinessPartner`,
      text: entryOf({ BusinessPartner: '77', OrganizationBPName1: 'X' }),
    },
  ];
  const bad = fc
    .constantFrom(...goods)
    .chain(({ target, text }) => brokenText(text).map((broken) => ({ target, text: broken })));
  let refused = 0;
  fc.assert(
    fc.property(bad, ({ target, text }) => {
      const before = bench.state();
      const answer = bench.post(target, text, sent);
      if (answer.status < 300) return;
      refused++;
      expect(complaint(answer), text).toBeUndefined();
      expect(bench.state()).toBe(before);
    }),
    { numRuns: 600 },
  );
  expect(refused).toBeGreaterThan(100);
});
