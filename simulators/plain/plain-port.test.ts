/** The manners of the `plain` wire: tokens, versions, idempotency, paging, limits, events. */
import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { timestamp } from '../../domain/calendar-date.ts';
import { BusinessError } from '../../harness/business-error.ts';
import type { EdgeRefusal } from '../../harness/system.ts';
import { type PlainSettings, plainWms, wms } from '../index.ts';
import { masterData } from './testing/master-data.ts';
import { type Answered, type Asked, PlainBench } from './testing/plain-bench.ts';

const usual = wms({ masterData });

const benchOf = (settings?: PlainSettings): PlainBench =>
  new PlainBench('wms', settings ? wms({ masterData, dialects: [plainWms(settings)] }) : usual);

const draft = (purchaseOrder: string, quantity = '10'): object => ({
  purchaseOrder,
  supplier: '100001',
  plant: '1010',
  lines: [{ line: '1', material: 'M-1', quantity, unit: 'C62', expectedOn: '2026-12-01' }],
});

const create = (bench: PlainBench, order: string, asked: Asked = {}): Answered =>
  bench.call('POST', '/v1/expected-receipts', { body: draft(order), ...asked });

const change = (bench: PlainBench, order: string, quantity: string, asked: Asked = {}): Answered =>
  bench.call('PATCH', `/v1/expected-receipts/${order}`, {
    body: { lines: [{ line: '1', quantity }] },
    ...asked,
  });

const withKey = (key: string, more: Asked = {}): Asked => ({
  ...more,
  headers: { 'idempotency-key': key },
});

describe('access tokens', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const ask = (bench: PlainBench, body: string, headers = {}): Answered =>
    bench.call('POST', '/oauth/token', { body, token: null, headers: { ...form, ...headers } });

  test('live for their time of trial time and then are no good', async () => {
    const bench = benchOf({ tokenLifetimeSeconds: 60 });
    const issued = bench.issue();
    expect(issued.headers['cache-control']).toBe('no-store');
    expect(issued.json).toMatchObject({ token_type: 'Bearer', expires_in: 60 });
    const token = issued.json.access_token as string;
    await bench.pass(59_000);
    expect(bench.call('GET', '/v1/suppliers', { token }).status).toBe(200);
    await bench.pass(1000);
    const late = bench.call('GET', '/v1/suppliers', { token });
    expect(late.status).toBe(401);
    expect(late.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
    expect(late.json.rule).toBe('invalid-token');
    expect(
      bench.call('GET', '/v1/suppliers', { token: bench.issue().json.access_token }).status,
    ).toBe(200);
  });

  test('are taken back all at once', () => {
    const bench = benchOf();
    expect(bench.call('GET', '/v1/suppliers').status).toBe(200);
    bench.system.revokeTokens();
    expect(bench.call('GET', '/v1/suppliers').status).toBe(401);
    expect(
      bench.call('GET', '/v1/suppliers', { token: bench.issue().json.access_token }).status,
    ).toBe(200);
  });

  test('are needed for everything but the contract', () => {
    const bench = benchOf();
    const none = bench.call('GET', '/v1/suppliers', { token: null });
    expect(none.status).toBe(401);
    expect(none.headers['www-authenticate']).toBe('Bearer realm="seatrial"');
    expect(bench.call('GET', '/v1/openapi.json', { token: null }).status).toBe(200);
    const metadata = bench.call('GET', '/.well-known/oauth-authorization-server', {
      token: null,
      headers: { host: 'h:1' },
    });
    expect(metadata.json.token_endpoint).toBe('http://h:1/oauth/token');
  });

  test('carry the scopes that were asked for, and no more', () => {
    const bench = benchOf();
    const token = bench.issue('wms.suppliers.read').json.access_token as string;
    expect(bench.call('GET', '/v1/suppliers', { token }).status).toBe(200);
    const refused = create(bench, 'PO-1', { token });
    expect(refused.status).toBe(403);
    expect(refused.headers['www-authenticate']).toContain('insufficient_scope');
    expect(bench.issue('wms.everything').json).toMatchObject({ error: 'invalid_scope' });
  });

  test('are issued to whoever knows the secret, in either way', () => {
    const bench = benchOf();
    const { clientId, clientSecret } = bench.system.access;
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const grant = 'grant_type=client_credentials';
    expect(ask(bench, grant, { authorization: basic }).status).toBe(200);
    expect(ask(bench, grant, { authorization: 'Basic eDp5' }).json.error).toBe('invalid_client');
    expect(ask(bench, grant, { authorization: 'Basic eDp5' }).status).toBe(401);
    expect(ask(bench, grant).json.error).toBe('invalid_client');
    expect(ask(bench, 'grant_type=password', { authorization: basic }).json.error).toBe(
      'unsupported_grant_type',
    );
    expect(ask(bench, '', { authorization: basic }).json.error).toBe('invalid_request');
    expect(ask(bench, `${grant}&${grant}`, { authorization: basic }).json.error).toBe(
      'invalid_request',
    );
    const json = { authorization: basic, 'content-type': 'application/json' };
    expect(ask(bench, '{}', json).json.error).toBe('invalid_request');
    expect(bench.call('GET', '/oauth/token', { token: null }).headers['allow']).toBe('POST');
  });

  test('are the same in every run with one seed, and others with another', () => {
    const tokenOf = (seed: string): string =>
      new PlainBench('wms', wms({ masterData }), seed).issue().json.access_token as string;
    expect(tokenOf('a')).toBe(tokenOf('a'));
    expect(tokenOf('a')).not.toBe(tokenOf('b'));
  });
});

describe('idempotency keys', () => {
  test('get the same answer again, and the work is done once', () => {
    const bench = benchOf();
    const first = create(bench, 'PO-1', withKey('k'));
    const state = bench.state();
    change(bench, 'PO-1', '99');
    const changed = bench.state();
    const second = create(bench, 'PO-1', withKey('"k"'));
    expect(second.status).toBe(201);
    expect(second.text).toBe(first.text);
    expect(second.headers['location']).toBe(first.headers['location']);
    expect(second.headers['etag']).toBe('"1"');
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(bench.state()).toBe(changed);
    expect(changed).not.toBe(state);
  });

  test('are refused with another request', () => {
    const bench = benchOf();
    create(bench, 'PO-1', withKey('k'));
    const other = create(bench, 'PO-2', withKey('k'));
    expect(other.status).toBe(422);
    expect(other.json.rule).toBe('idempotency-key-reused');
    expect(create(bench, 'PO-2', withKey('k-2')).status).toBe(201);
  });

  test('expire, and then the work is done again', async () => {
    const bench = benchOf({ idempotencyLifetimeSeconds: 600 });
    const adjust = (): Answered =>
      bench.call('POST', '/v1/stock-adjustments', {
        ...withKey('k'),
        body: {
          material: 'M-1',
          plant: '1010',
          location: 'A',
          quantity: '5',
          unit: 'C62',
          reason: 'found',
        },
      });
    expect(adjust().status).toBe(201);
    await bench.pass(599_000);
    expect(adjust().headers['idempotency-replayed']).toBe('true');
    await bench.pass(1000);
    expect(adjust().headers['idempotency-replayed']).toBeUndefined();
    const stock = bench.call('GET', '/v1/stock?material=M-1');
    expect(stock.json.items).toMatchObject([{ quantity: '10' }]);
  });

  test('keep a refusal that stays one, and its rule', () => {
    const bench = benchOf();
    create(bench, 'PO-1');
    const first = create(bench, 'PO-1', withKey('k'));
    const second = create(bench, 'PO-1', withKey('k'));
    expect([first.status, second.status]).toEqual([409, 409]);
    expect([first.rule, second.rule]).toEqual(['duplicate', 'duplicate']);
    expect(second.text).toBe(first.text);
    expect(second.headers['idempotency-replayed']).toBe('true');
    const other = create(bench, 'PO-2', withKey('k'));
    expect(other.json.rule).toBe('idempotency-key-reused');
  });

  test('do not keep a refusal that time can heal', () => {
    const bench = benchOf();
    const body = { ...draft('PO-1'), supplier: '100077' };
    const early = bench.call('POST', '/v1/expected-receipts', { body, ...withKey('k') });
    expect(early.json.rule).toBe('unknown-supplier');
    const supplier = { ...masterData.suppliers[0], number: '100077' };
    expect(bench.call('PUT', '/v1/suppliers/100077', { body: supplier }).status).toBe(201);
    expect(bench.call('PUT', '/v1/suppliers/100077', { body: supplier }).status).toBe(200);
    const asNew = { body: supplier, headers: { 'if-none-match': '*' } };
    expect(bench.call('PUT', '/v1/suppliers/100077', asNew).status).toBe(412);
    const other = { ...asNew, body: { ...supplier, number: '100078' } };
    expect(bench.call('PUT', '/v1/suppliers/100078', other).status).toBe(201);
    expect(bench.call('POST', '/v1/expected-receipts', { body, ...withKey('k') }).status).toBe(201);
  });

  test('are told to the fault plan, and are no key when they are none', () => {
    const bench = benchOf();
    const request = bench.request('POST', '/v1/expected-receipts', {
      body: draft('PO-1'),
      ...withKey('"k"'),
    });
    expect(bench.system.identify(request)).toEqual({
      name: 'createExpectedReceipt',
      key: 'PO-1',
      safe: false,
      idempotencyKey: 'k',
    });
    expect(create(bench, 'PO-1', withKey('')).status).toBe(400);
    expect(create(bench, 'PO-1', withKey('x'.repeat(300))).status).toBe(400);
  });
});

describe('versions', () => {
  test('guard a change with If-Match', () => {
    const bench = benchOf();
    const etag = create(bench, 'PO-1').headers['etag'] as string;
    const changed = change(bench, 'PO-1', '11', { headers: { 'if-match': etag } });
    expect(changed.status).toBe(200);
    expect(changed.headers['etag']).toBe('"2"');
    const state = bench.state();
    const stale = change(bench, 'PO-1', '12', { headers: { 'if-match': etag } });
    expect(stale.status).toBe(412);
    expect(stale.json.rule).toBe('stale-version');
    expect(bench.state()).toBe(state);
    expect(change(bench, 'PO-1', '12', { headers: { 'if-match': '"7", "2"' } }).status).toBe(200);
    expect(change(bench, 'PO-1', '13', { headers: { 'if-match': '*' } }).status).toBe(200);
    expect(change(bench, 'PO-1', '13', { headers: { 'if-match': 'W/"4"' } }).status).toBe(412);
    const cancel = '/v1/expected-receipts/PO-1/cancel';
    expect(bench.call('POST', cancel, { headers: { 'if-match': '"1"' } }).status).toBe(412);
    expect(bench.call('POST', cancel, { headers: { 'if-match': '"4"' } }).status).toBe(200);
  });

  test('spare a read with If-None-Match', () => {
    const bench = benchOf();
    create(bench, 'PO-1');
    const read = (tag: string): Answered =>
      bench.call('GET', '/v1/expected-receipts/PO-1', { headers: { 'if-none-match': tag } });
    expect(read('"1"')).toMatchObject({ status: 304, text: '' });
    expect(read('W/"1"').status).toBe(304);
    change(bench, 'PO-1', '11');
    expect(read('"1"').status).toBe(200);
  });
});

describe('lists', () => {
  const walk = (bench: PlainBench, target: string, between: () => void): { number: string }[] => {
    const rows: { number: string }[] = [];
    const join = target.includes('?') ? '&' : '?';
    let next: string | undefined;
    do {
      const cursor = next === undefined ? '' : `${join}cursor=${next}`;
      const { status, json } = bench.call('GET', target + cursor);
      expect(status).toBe(200);
      const limit = /limit=(\d+)/.exec(target)?.[1] ?? '50';
      expect(json.items.length).toBeLessThanOrEqual(Number(limit));
      rows.push(...json.items);
      next = json.next;
      between();
    } while (next !== undefined);
    return rows;
  };

  test('give every row that was there exactly once, whatever is written while they are read', () => {
    const steps = fc.array(fc.constantFrom('create', 'change', 'refuse'), { maxLength: 6 });
    const property = fc.property(
      fc.integer({ min: 0, max: 25 }),
      fc.integer({ min: 1, max: 7 }),
      fc.array(steps, { maxLength: 12 }),
      (there, limit, script) => {
        const bench = benchOf();
        const before = Array.from(
          { length: there },
          (_, i) => create(bench, `PO-${i}`).json.number,
        );
        let added = 0;
        const left = [...script];
        const rows = walk(bench, `/v1/expected-receipts?limit=${limit}`, () => {
          for (const step of left.shift() ?? []) {
            if (step === 'create') create(bench, `PO-new-${added++}`);
            if (step === 'change' && there > 0) change(bench, 'PO-0', String(11 + added++));
            if (step === 'refuse') create(bench, 'PO-refused', { body: draft('PO-refused', '-1') });
          }
        });
        const numbers = rows.map((row) => row.number);
        expect(numbers.slice(0, there)).toEqual(before);
        expect(new Set(numbers).size).toBe(numbers.length);
      },
    );
    fc.assert(property, { numRuns: 60 });
  });

  test('give what changed since, each in its last version, and later changes later', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.record({ row: fc.nat({ max: 5 }), wait: fc.boolean() }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 4 }),
      fc.nat({ max: 20 }),
      async (writes, limit, mark) => {
        const bench = benchOf();
        const changedAt = new Map<string, number>();
        let since = bench.clock.now();
        let quantity = 100;
        for (const [index, { row, wait }] of writes.entries()) {
          if (wait) await bench.pass(1000);
          if (index === mark) since = bench.clock.now();
          const order = `PO-${row}`;
          const { status } = changedAt.has(order)
            ? change(bench, order, String(quantity++))
            : create(bench, order);
          expect(status).toBeLessThan(300);
          changedAt.delete(order);
          changedAt.set(order, bench.clock.now());
        }
        const from = timestamp(since);
        const target = `/v1/expected-receipts?changedSince=${from}&limit=${limit}`;
        const rows = walk(bench, target, () => undefined) as unknown as { purchaseOrder: string }[];
        const expected = [...changedAt].filter(([, at]) => at >= since).map(([order]) => order);
        expect(rows.map((row) => row.purchaseOrder)).toEqual(expected);
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  test('show a row again when it changed behind the cursor, so that nobody misses the change', () => {
    const bench = benchOf();
    for (const order of ['PO-0', 'PO-1', 'PO-2']) create(bench, order);
    let changes = 0;
    const target = '/v1/expected-receipts?changedSince=2026-01-01T00:00:00Z&limit=1';
    const rows = walk(bench, target, () => {
      if (changes++ === 0) change(bench, 'PO-0', '77');
    }) as unknown as { purchaseOrder: string; lines: { quantity: string }[] }[];
    expect(rows.map((row) => row.purchaseOrder)).toEqual(['PO-0', 'PO-1', 'PO-2', 'PO-0']);
    expect(rows.at(-1)?.lines[0]?.quantity).toBe('77');
  });

  test('keep to their filters', () => {
    const bench = benchOf();
    for (let i = 0; i < 7; i++) create(bench, `PO-${i}`);
    bench.call('POST', '/v1/expected-receipts/PO-3/cancel');
    const numbersOf = (query: string): string[] =>
      walk(bench, `/v1/expected-receipts?${query}`, () => undefined).map(
        (row) => (row as unknown as { purchaseOrder: string }).purchaseOrder,
      );
    expect(numbersOf('purchaseOrder=PO-5')).toEqual(['PO-5']);
    expect(numbersOf('purchaseOrder=PO-9')).toEqual([]);
    expect(numbersOf('status=cancelled')).toEqual(['PO-3']);
    expect(numbersOf('status=open&limit=2')).toEqual([
      'PO-0',
      'PO-1',
      'PO-2',
      'PO-4',
      'PO-5',
      'PO-6',
    ]);
    expect(numbersOf('supplier=100002')).toEqual([]);
    const request = bench.request('GET', '/v1/expected-receipts?purchaseOrder=PO-5');
    expect(bench.system.identify(request)).toMatchObject({ key: 'PO-5', safe: true });
  });

  test('leave rows out by offset, which skips one when another changes meanwhile', () => {
    const bench = benchOf();
    for (let i = 0; i < 5; i++) create(bench, `PO-${i}`);
    const list = '/v1/expected-receipts';
    const changes = `${list}?changedSince=2026-01-01T00:00:00Z`;
    const rows = (target: string): string[] =>
      bench
        .call('GET', target)
        .json.items.map((row: { purchaseOrder: string }) => row.purchaseOrder);
    for (const all of [`${list}?limit=2`, `${changes}&limit=2`]) {
      const paged = [0, 2, 4, 6].flatMap((offset) => rows(`${all}&offset=${offset}`));
      expect(paged).toEqual(['PO-0', 'PO-1', 'PO-2', 'PO-3', 'PO-4']);
    }
    const first = rows(`${changes}&limit=2`);
    change(bench, 'PO-0', '77');
    const second = rows(`${changes}&limit=2&offset=2`);
    expect([first, second]).toEqual([
      ['PO-0', 'PO-1'],
      ['PO-3', 'PO-4'],
    ]);
    for (const bad of ['offset=-1', 'offset=x', 'offset=20001', 'offset=1&cursor=abc'])
      expect(bench.call('GET', `${list}?${bad}`)).toMatchObject({ status: 400 });
  });

  test('take no cursor of another list', () => {
    const bench = benchOf();
    for (let i = 0; i < 3; i++) create(bench, `PO-${i}`);
    const { next } = bench.call('GET', '/v1/expected-receipts?limit=1').json;
    expect(bench.call('GET', `/v1/expected-receipts?limit=2&cursor=${next}`).status).toBe(200);
    const other = bench.call('GET', `/v1/expected-receipts?status=open&cursor=${next}`);
    expect(other.json).toMatchObject({ status: 400, rule: 'invalid-cursor', field: 'cursor' });
  });

  test('show the past in a view of the past', async () => {
    const bench = benchOf();
    create(bench, 'PO-0');
    const then = bench.clock.now();
    await bench.pass(1000);
    create(bench, 'PO-1');
    change(bench, 'PO-0', '55');
    const request = bench.request('GET', '/v1/expected-receipts');
    const handled = bench.system.store.asOf(then, () =>
      bench.system.handle(request, bench.context()),
    );
    const { items } = bench.answer(handled).json;
    expect(items).toMatchObject([{ purchaseOrder: 'PO-0', lines: [{ quantity: '10' }] }]);
  });
});

describe('refusals', () => {
  test.each<[string, string, string, Asked, number, string]>([
    ['an unknown path', 'GET', '/v1/nothing', {}, 404, 'unknown-path'],
    ['a wrong method', 'PUT', '/v1/stock', {}, 405, 'method-not-allowed'],
    [
      'an unknown document',
      'GET',
      '/v1/expected-receipts/ER-9',
      {},
      404,
      'unknown-expected-receipt',
    ],
    ['an unknown option', 'GET', '/v1/stock?colour=red', {}, 400, 'unknown-query-option'],
    ['a bad limit', 'GET', '/v1/stock?limit=201', {}, 400, 'invalid-limit'],
    ['broken JSON', 'POST', '/v1/expected-receipts', { body: '{' }, 400, 'broken-json'],
    ['no body', 'POST', '/v1/expected-receipts', {}, 400, 'missing-body'],
    [
      'a large body',
      'POST',
      '/v1/expected-receipts',
      { body: ' '.repeat(1_048_577) },
      413,
      'body-too-large',
    ],
    [
      'XML',
      'POST',
      '/v1/expected-receipts',
      { body: '<a/>', headers: { 'content-type': 'text/xml' } },
      415,
      'unsupported-media-type',
    ],
    [
      'no JSON wanted',
      'GET',
      '/v1/stock',
      { headers: { accept: 'text/html' } },
      406,
      'not-acceptable',
    ],
    [
      'an unknown field',
      'POST',
      '/v1/expected-receipts',
      { body: { ...draft('P'), x: 1 } },
      422,
      'invalid-body',
    ],
    [
      'an unknown supplier',
      'POST',
      '/v1/expected-receipts',
      { body: { ...draft('P'), supplier: '9' } },
      422,
      'unknown-supplier',
    ],
  ])('name %s', (_name, method, target, asked, status, rule) => {
    const bench = benchOf();
    const withType = method === 'POST' ? { 'content-type': 'application/json' } : {};
    const answered = bench.call(method, target, {
      ...asked,
      headers: { ...withType, ...asked.headers },
    });
    expect(answered.json).toMatchObject({
      type: `urn:seatrial:problem:${rule}`,
      status,
      rule,
      instance: target.split('?')[0],
    });
    expect(answered.status).toBe(status);
    expect(answered.rule).toBe(rule);
    expect(answered.headers['content-type']).toBe('application/problem+json');
    expect(answered.headers['x-correlation-id']).toBeDefined();
  });

  test('say that money and quantities are no JSON numbers, and where', () => {
    const body = {
      ...draft('PO-1'),
      lines: [
        { ...line, quantity: 10 },
        { ...line, unit: undefined },
      ],
    };
    const { json } = benchOf().call('POST', '/v1/expected-receipts', { body });
    expect(json.field).toBe('lines[0].quantity');
    expect(json.detail).toContain('never JSON numbers');
    expect(json.errors).toMatchObject([
      { pointer: '#/lines/0/quantity', rule: 'wrong-type' },
      { pointer: '#/lines/1/unit', rule: 'missing-field' },
    ]);
  });
  const line = { line: '1', material: 'M-1', quantity: '1', unit: 'C62', expectedOn: '2026-12-01' };

  test('list the methods that there are', () => {
    const { headers } = benchOf().call('DELETE', '/v1/expected-receipts/ER-1');
    expect(headers['allow']).toBe('HEAD, GET, PATCH');
  });

  test.each<[EdgeRefusal, number, string]>([
    [{ kind: 'unavailable', retryAfterSeconds: 7 }, 503, 'unavailable'],
    [{ kind: 'serverError' }, 500, 'server-error'],
    [{ kind: 'throttled', retryAfterSeconds: 3 }, 429, 'too-many-requests'],
    [{ kind: 'expiredToken' }, 401, 'invalid-token'],
    [{ kind: 'locked' }, 423, 'locked'],
    [{ kind: 'businessError', rule: 'period-closed', message: 'No.' }, 409, 'period-closed'],
    [{ kind: 'businessError', rule: 'unknown-material', message: 'No.' }, 422, 'unknown-material'],
    [{ kind: 'tooLarge', limitBytes: 10 }, 413, 'body-too-large'],
    [{ kind: 'gatewayTimeout' }, 504, 'gateway-timeout'],
  ])('are made at the edge, too: %j', (refusal, status, rule) => {
    const bench = benchOf();
    const request = bench.request('POST', '/v1/expected-receipts', { body: draft('PO-1') });
    const reply = bench.system.refuseAtEdge(refusal, request, bench.context());
    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.body)).toMatchObject({ status, rule });
    const wait = 'retryAfterSeconds' in refusal ? String(refusal.retryAfterSeconds) : undefined;
    expect(reply.headers['retry-after']).toBe(wait);
  });

  test('of every kind that a core knows have their status', () => {
    const statuses = {
      malformed: 400,
      unauthenticated: 401,
      forbidden: 403,
      notFound: 404,
      conflict: 409,
      duplicate: 409,
      stale: 412,
      invalid: 422,
      locked: 423,
    } as const;
    const bench = benchOf();
    const port = plainWms().mount({
      name: 'wms',
      core: bench.system.core as never,
      store: bench.system.store,
      world: bench.world,
      credentials: bench.system.access,
      feed: bench.system.feed,
    });
    for (const [refusal, status] of Object.entries(statuses)) {
      const error = new BusinessError({ refusal: refusal as 'stale', rule: 'r', message: 'm' });
      const reply = port.refuse(error, bench.request('GET', '/v1/stock'), bench.context());
      expect(reply.status, refusal).toBe(status);
    }
  });

  test('echo the correlation id, but none that would break out of its header', () => {
    const bench = benchOf();
    const echoed = (correlationId: string): unknown =>
      bench.call('GET', '/v1/stock', { context: { correlationId } }).headers['x-correlation-id'];
    expect(echoed('abc-1')).toBe('abc-1');
    expect(echoed('a\r\nset-cookie: x')).toBeUndefined();
  });
});

describe('the rate limit', () => {
  test('is off unless it is set', () => {
    expect(benchOf().call('GET', '/v1/stock').headers['ratelimit']).toBeUndefined();
  });

  test('lets a burst through, refuses what comes on top, and refills', async () => {
    const bench = benchOf({ requestsPerSecond: 2, burst: 3 });
    const ask = (): Answered => bench.call('GET', '/v1/stock');
    const first = ask();
    expect(first.headers['ratelimit']).toBe('limit=3, remaining=2, reset=1');
    expect(first.headers['ratelimit-policy']).toBe('3;w=2');
    expect(bench.call('GET', '/v1/stock?x=1').status).toBe(400);
    expect(ask().headers['ratelimit']).toBe('limit=3, remaining=0, reset=2');
    const refused = ask();
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.rule).toBeUndefined();
    await bench.pass(1000);
    expect([ask().status, ask().status, ask().status]).toEqual([200, 200, 429]);
  });
});

describe('events', () => {
  test('are polled by cursor and say what happened', () => {
    const bench = benchOf();
    for (let i = 0; i < 5; i++) create(bench, `PO-${i}`, { context: { correlationId: `c-${i}` } });
    const first = bench.call('GET', '/v1/events?limit=3');
    expect(first.json.more).toBe(true);
    const rest = bench.call('GET', `/v1/events?after=${first.json.next}`);
    const events = [...first.json.items, ...rest.json.items];
    expect(events.map((event) => event.correlationid)).toEqual(['c-0', 'c-1', 'c-2', 'c-3', 'c-4']);
    expect(new Set(events.map((event) => event.id)).size).toBe(5);
    expect(events[0]).toMatchObject({
      specversion: '1.0',
      source: '/seatrial/wms',
      type: 'seatrial.wms.expected-receipt.created.v1',
      version: 1,
      data: { purchaseOrder: 'PO-0' },
    });
    const none = bench.call('GET', `/v1/events?after=${rest.json.next}`);
    expect(none.json).toEqual({ items: [], next: rest.json.next, more: false });
    expect(bench.call('GET', '/v1/events?after=x').status).toBe(400);
  });

  test('come as a CloudEvents batch to those who ask for one', () => {
    const bench = benchOf();
    create(bench, 'PO-0');
    const accept = 'application/cloudevents-batch+json';
    const batch = bench.call('GET', '/v1/events', { headers: { accept } });
    expect(batch.headers['content-type']).toBe(accept);
    expect(batch.json).toHaveLength(1);
    expect(batch.headers['link']).toBe('<?after=1&limit=50>; rel="next"');
  });

  test('are sent as structured CloudEvents', () => {
    const bench = benchOf();
    create(bench, 'PO-0', {
      context: { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
    });
    const [event] = bench.system.feed.read(0, 1).events;
    const { contentType, body } = bench.system.renderEvent(event!);
    expect(contentType).toBe('application/cloudevents+json');
    expect(JSON.parse(body)).toMatchObject({
      subject: event?.key,
      traceparent: event?.traceparent,
      datacontenttype: 'application/json',
    });
  });
});

test('answers HEAD as GET without the body', () => {
  const bench = benchOf();
  create(bench, 'PO-1');
  const head = bench.call('HEAD', '/v1/expected-receipts/PO-1');
  expect(head).toMatchObject({ status: 200, text: '' });
  expect(head.headers['etag']).toBe('"1"');
});

test('reads a request once, however long it waits between being identified and handled', () => {
  const bench = benchOf();
  const requests = [1, 2, 3].map((i) =>
    bench.request('POST', '/v1/expected-receipts', { body: draft(`PO-${i}`) }),
  );
  bench.call('GET', '/v1/stock');
  const parse = vi.spyOn(JSON, 'parse');
  const keys = requests.map((request) => bench.system.identify(request).key);
  expect(keys).toEqual(['PO-1', 'PO-2', 'PO-3']);
  for (const request of requests) {
    expect(bench.system.handle(request, bench.context()).reply.status).toBe(201);
  }
  expect(parse).toHaveBeenCalledTimes(3);
  parse.mockRestore();
});
