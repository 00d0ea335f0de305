/**
 * One suite for every dialect through every way in: the same requests, the same answers, whether the
 * landscape has a port, is mounted in an application of the user's own, or has neither.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Landscape, VirtualClock, expressRouter, mswHandlers } from '../index.ts';
import { coupa, erp, procurement, s4hana, wms } from '../simulators.ts';
import { masterData } from '../simulators/plain/testing/master-data.ts';

interface WayIn {
  /** Where the system is, without a slash at the end. */
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly close: () => Promise<unknown> | void;
}

const ways: Record<string, (landscape: Landscape, system: string) => Promise<WayIn>> = {
  'a port': async (landscape, system) => {
    await landscape.listen();
    const url = landscape.addresses()[system]?.url ?? '';
    return { url, fetch, close: () => landscape.close() };
  },
  'an Express router': async (landscape, system) => {
    const app = express();
    app.get('/health', (_request, response) => void response.send('the application is its own'));
    app.use('/systems/mine', expressRouter(landscape.gate(system)));
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await (await fetch(`${origin}/health`)).text()).toBe('the application is its own');
    return {
      url: `${origin}/systems/mine`,
      fetch,
      close: () => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
      },
    };
  },
  'MSW handlers': async (landscape, system) => {
    const server = setupServer(...mswHandlers(landscape.origins()));
    server.listen();
    const close = (): void => server.close();
    return { url: `http://${system}.seatrial`, fetch: (...given) => fetch(...given), close };
  },
  'an injected fetch': async (landscape, system) => ({
    url: `http://${system}.seatrial`,
    fetch: landscape.fetch(),
    close: () => undefined,
  }),
};

interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // What comes back is whatever the story expects of it.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly json: any;
  readonly text: string;
}

/** Calls the system by a path or by an address that it gave itself, and keeps what came back. */
class Client {
  readonly #way: WayIn;
  readonly transcript: string[] = [];
  headers: Record<string, string> = { accept: 'application/json' };

  constructor(way: WayIn) {
    this.#way = way;
  }

  async call(target: string, { method = 'GET', body, headers }: Asked = {}): Promise<Answered> {
    const url = target.startsWith('http') ? target : this.#way.url + target;
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await this.#way.fetch(url, {
      method,
      headers: { ...this.headers, ...type, ...headers },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const shown = ['content-type', 'location', 'etag'].map((name) => response.headers.get(name));
    // The transaction id of an error is drawn from the exchange's own correlation.
    const same = [method, target, response.status, ...shown, text].join(' ');
    this.transcript.push(
      same
        .replaceAll(this.#way.url, 'URL')
        .replaceAll(new URL(this.#way.url).pathname.replace(/\/$/, '') || '\u0000', '')
        .replaceAll(/"transactionid":"\w+"/g, '')
        // The addresses inside are not equally long.
        .replaceAll(/content-length: \d+/gi, ''),
    );
    const json = isJson && text !== '' ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, json, text };
  }

  /** Gets a token by client credentials. */
  async logOn(landscape: Landscape, system: string, scope?: string): Promise<void> {
    const { clientId, clientSecret, tokenPath } = landscape.system(system).access;
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      ...(scope === undefined ? {} : { scope }),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answered = await this.call(tokenPath, { method: 'POST', body: form.toString(), headers });
    expect(answered.status).toBe(200);
    this.headers = { ...this.headers, authorization: `Bearer ${answered.json.access_token}` };
  }
}

const line = { material: 'M-1', quantity: '10', unit: 'C62', netPrice: '5.00', plant: '1010' };
type Story = (client: Client, landscape: Landscape) => Promise<void>;

const plainErp: Story = async (client, landscape) => {
  await client.logOn(landscape, 'erp');
  const draft = {
    externalReference: 'PO-1',
    companyCode: '1000',
    supplier: '100001',
    lines: [{ ...line, deliveryDate: '2026-12-01' }],
  };
  const headers = { 'idempotency-key': 'k-1' };
  const created = await client.call('/v1/purchase-orders', {
    method: 'POST',
    body: draft,
    headers,
  });
  expect(created.status).toBe(201);
  const again = await client.call('/v1/purchase-orders', { method: 'POST', body: draft, headers });
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(again.json).toEqual(created.json);
  const location = new URL(created.headers.get('location') ?? '', 'http://any');
  const found = await client.call('/v1/purchase-orders?externalReference=PO-1');
  expect(found.json.items).toEqual([created.json]);
  expect(location.pathname.endsWith(`/v1/purchase-orders/${created.json.number}`)).toBe(true);
  const target = `/v1/purchase-orders/${created.json.number}`;
  const etag = created.headers.get('etag') ?? '';
  const change = { method: 'PATCH', body: { lines: [{ line: '10', quantity: '12' }] } };
  expect((await client.call(target, { ...change, headers: { 'if-match': etag } })).status).toBe(
    200,
  );
  expect((await client.call(target, { ...change, headers: { 'if-match': etag } })).status).toBe(
    412,
  );
  const known = await client.call(target, { headers: { 'if-none-match': '"2"' } });
  expect([known.status, known.text]).toEqual([304, '']);
  const refused = await client.call('/v1/purchase-orders', {
    method: 'POST',
    body: { ...draft, supplier: 'nobody' },
  });
  expect([refused.status, refused.json.rule]).toEqual([422, 'unknown-supplier']);
  expect(refused.headers.get('content-type')).toBe('application/problem+json');
  expect((await client.call('/v1/events')).json.items).toHaveLength(2);
};

const plainList =
  (system: string, path: string): Story =>
  async (client, landscape) => {
    expect((await client.call(path)).status).toBe(401);
    await client.logOn(landscape, system);
    const first = await client.call(`${path}?limit=1`);
    expect(first.json.items).toHaveLength(1);
    const second = await client.call(`${path}?limit=1&cursor=${first.json.next}`);
    expect(second.json.items[0].number).not.toBe(first.json.items[0].number);
    const put = await client.call(`${path}/X-1`, {
      method: 'PUT',
      body: { ...first.json.items[0], number: 'X-1' },
    });
    expect(put.status).toBeLessThan(300);
    expect((await client.call(`${path}/X-1`, { method: 'HEAD' })).text).toBe('');
    expect((await client.call('/v1/nothing')).status).toBe(404);
    const metadata = await client.call('/.well-known/oauth-authorization-server');
    const { token_endpoint: endpoint } = metadata.json;
    expect((await client.call(endpoint, { method: 'POST', body: '' })).status).toBe(400);
  };

const orders = '/sap/opu/odata/sap/API_PURCHASEORDER_PROCESS_SRV';

/** A changeset that makes an order, as multipart. */
const batchOf = (body: object): string =>
  [
    '--b',
    'Content-Type: multipart/mixed; boundary=c',
    '',
    '--c',
    'Content-Type: application/http',
    '',
    'POST A_PurchaseOrder HTTP/1.1',
    'Content-Type: application/json',
    '',
    JSON.stringify(body),
    '--c--',
    '--b--',
  ].join('\r\n');

const s4hanaErp: Story = async (client, landscape) => {
  const { clientId, clientSecret } = landscape.system('erp').access;
  expect((await client.call(`${orders}/$metadata`)).status).toBe(401);
  client.headers = {
    ...client.headers,
    authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
  };
  expect((await client.call(`${orders}/$metadata`)).text).toContain('<edmx:Edmx');
  const draft = (reference: string): object => ({
    CompanyCode: '1000',
    Supplier: '100001',
    DocumentCurrency: 'EUR',
    CorrespncExternalReference: reference,
    to_PurchaseOrderItem: [
      { Material: 'M-1', Plant: '1010', OrderQuantity: '10', NetPriceAmount: '5.00' },
    ],
  });
  const post = (target: string, body: unknown, headers = {}): Promise<Answered> =>
    client.call(target, { method: 'POST', body, headers });
  const forbidden = await post(`${orders}/A_PurchaseOrder`, draft('PO-0'));
  expect([forbidden.status, forbidden.headers.get('x-csrf-token')]).toEqual([403, 'Required']);
  const head = await client.call(`${orders}/A_PurchaseOrder/`, {
    method: 'HEAD',
    headers: { 'x-csrf-token': 'Fetch' },
  });
  expect([head.status, head.text]).toEqual([200, '']);
  const cookies = head.headers.getSetCookie().map((each) => each.split(';')[0]);
  expect(cookies).toHaveLength(2);
  client.headers = {
    ...client.headers,
    'x-csrf-token': head.headers.get('x-csrf-token') ?? '',
    cookie: cookies.join('; '),
  };
  for (const reference of ['PO-1', 'PO-2', 'PO-3', 'PO-4', 'PO-5']) {
    expect((await post(`${orders}/A_PurchaseOrder`, draft(reference))).status).toBe(201);
  }
  const type = { 'content-type': 'multipart/mixed;boundary=b' };
  const batch = await post(`${orders}/$batch`, batchOf(draft('PO-6')), type);
  expect([batch.status, batch.text.includes('HTTP/1.1 201')]).toEqual([202, true]);
  // The addresses in the answers lead back to where the system is.
  const numbers: string[] = [];
  let next: string | undefined = `${orders}/A_PurchaseOrder?$select=PurchaseOrder`;
  while (next !== undefined) {
    const page: Answered = await client.call(next);
    const { d } = page.json;
    numbers.push(...d.results.map((each: { PurchaseOrder: string }) => each.PurchaseOrder));
    const { uri } = d.results[0].__metadata;
    expect((await client.call(`${uri}/to_PurchaseOrderItem/$count`)).text).toBe('1');
    next = d.__next;
  }
  expect(new Set(numbers).size).toBe(6);
  const refused = await post(`${orders}/A_PurchaseOrder`, { ...draft('PO-7'), Supplier: 'NONE' });
  expect([refused.status, typeof refused.json.error.code]).toEqual([400, 'string']);
};

const coupaProcurement: Story = async (client, landscape) => {
  expect((await client.call('/api/suppliers')).status).toBe(401);
  await client.logOn(landscape, 'procurement', 'core.supplier.read core.supplier.write');
  const created = await client.call('/api/suppliers', {
    method: 'POST',
    body: { number: '100010', name: 'Søren & Co', status: 'active' },
  });
  expect(created.status).toBe(201);
  const found = await client.call(
    '/api/suppliers?number[in]=100010,nobody&fields=["id","name",{"payment-term":["code"]}]',
  );
  expect(found.json).toMatchObject([{ id: created.json.id, name: 'Søren & Co' }]);
  const target = `/api/suppliers/${created.json.id}`;
  const changed = await client.call(`${target}?return_object=limited`, {
    method: 'PUT',
    body: { name: 'Other' },
  });
  expect([changed.status, changed.json]).toEqual([200, { id: created.json.id }]);
  expect((await client.call('/api/suppliers?limit=2&offset=1')).json).toHaveLength(2);
  expect((await client.call('/api/purchase_orders')).status).toBe(403);
  const refused = await client.call('/api/suppliers', { method: 'POST', body: { name: 5 } });
  expect([refused.status >= 400, typeof refused.json.errors]).toEqual([true, 'object']);
  const answers = await Promise.all(Array.from({ length: 40 }, () => client.call(target)));
  const limited = answers.filter(({ status }) => status === 429);
  expect(limited.length).toBeGreaterThan(0);
  for (const { headers } of limited) expect(headers.get('retry-after')).toMatch(/^\d+$/);
};

const stories: readonly (readonly [name: string, system: string, story: Story])[] = [
  ['plain erp', 'erp', plainErp],
  ['plain procurement', 'procurement', plainList('procurement', '/v1/suppliers')],
  ['plain wms', 'wms', plainList('wms', '/v1/materials')],
  ['s4hana', 'erp', s4hanaErp],
  ['coupa', 'procurement', coupaProcurement],
];

const landscapeFor = (name: string): Landscape =>
  new Landscape({
    systems: {
      procurement: name === 'coupa' ? coupa({ masterData }) : procurement({ masterData }),
      erp: name === 's4hana' ? s4hana({ masterData, wire: { pageSize: 2 } }) : erp({ masterData }),
      wms: wms({ masterData }),
    },
    seed: 'ways in',
    clock: new VirtualClock({ startAt: 1_795_251_600_000 }),
  });

describe.each(stories)('%s', (name, system, story) => {
  const transcripts = new Map<string, readonly string[]>();

  describe.each(Object.entries(ways))('through %s', (way, open) => {
    const landscape = landscapeFor(name);
    let wayIn: WayIn;
    beforeAll(async () => {
      landscape.begin();
      wayIn = await open(landscape, system);
    });
    afterAll(() => wayIn.close());

    test('does its business', async () => {
      const client = new Client(wayIn);
      await story(client, landscape);
      transcripts.set(way, client.transcript);
    });
  });

  test('answers the same whichever way', () => {
    const [first, ...others] = [...transcripts.values()];
    expect(others).toHaveLength(3);
    for (const other of others) expect(other).toEqual(first);
  });
});
