import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkPlace } from './access.ts';
import { ControlPlane } from './control-plane.ts';
import { startControlServer } from './control-server.ts';
import { bodyLimitBytes } from './request-reader.ts';
import { type Path, changed, paths } from '../simulators/testing/json-places.ts';
import { junk } from '../simulators/testing/mutated-body.ts';
import { type Asked, ControlBench, token } from './testing/control-bench.ts';

const bench = new ControlBench();
beforeAll(async () => {
  await bench.open({ page: '<p>page</p>', styles: 'p{}', script: async () => 'void 0' });
  await bench.get('POST', '/v1/landscapes', { id: 'a', seed: 'a' });
});
afterAll(() => bench.close());

const bearer = { authorization: `Bearer ${token}` };
const json = { ...bearer, 'content-type': 'application/json' };
const list: Asked = { method: 'GET', path: '/v1/landscapes', headers: bearer };

/** Asks, and holds the answer to be a problem with this status and rule. */
async function refused(asked: Asked, status: number, rule: string): Promise<void> {
  const answered = await bench.raw(asked);
  expect([answered.status, answered.json?.rule]).toEqual([status, rule]);
  expect(answered.headers['content-type']).toBe('application/problem+json');
  // No page of another origin is ever let in.
  expect(Object.keys(answered.headers).filter((name) => name.startsWith('access-control'))).toEqual(
    [],
  );
}

describe('the token', () => {
  test.each([
    ['none', {}, 'missing-token'],
    ['another scheme', { authorization: `Basic ${btoa(`:${token}`)}` }, 'missing-token'],
    ['a wrong one', { authorization: 'Bearer wrong' }, 'wrong-token'],
    ['one that is nearly right', { authorization: `Bearer ${token.slice(0, -1)}` }, 'wrong-token'],
    ['one with more behind it', { authorization: `Bearer ${token}x` }, 'wrong-token'],
  ])('%s: 401', async (_, headers, rule) => {
    await refused({ ...list, headers }, 401, rule);
    await refused({ method: 'POST', path: '/v1/nothing', headers, body: '{' }, 401, rule);
    await refused({ method: 'DELETE', path: '/v1/landscapes/a', headers }, 401, rule);
  });

  test('is asked for by every operation but the contract', async () => {
    for (const [path, methods] of Object.entries(bench.contract.paths)) {
      for (const method of Object.keys(methods)) {
        if (path === '/openapi.json') continue;
        const target = path.replaceAll(/\{\w+\}/g, 'a');
        expect((await bench.raw({ method: method.toUpperCase(), path: target })).status).toBe(401);
      }
    }
  });

  test('never stands in an address that a server is sent', () => {
    const [address, fragment] = bench.server.consoleUrl.split('#');
    expect(address).not.toContain(token);
    expect(fragment).toContain(token);
  });
});

describe('the place', () => {
  test.each([
    'evil.example',
    'evil.example:80',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost.evil.example',
  ])('the host %s: 421', (host) =>
    refused({ ...list, headers: { ...bearer, host } }, 421, 'wrong-host'),
  );

  test('its own names are its own', async () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST']) {
      const host = `${name}:${bench.server.port}`;
      expect((await bench.raw({ ...list, headers: { ...bearer, host } })).status).toBe(200);
    }
  });

  test.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
    'the origin %s: 403, with the right token and without',
    async (origin) => {
      await refused({ ...list, headers: { ...bearer, origin } }, 403, 'wrong-origin');
      await refused({ ...list, headers: { origin } }, 403, 'wrong-origin');
      const preflight = { origin, 'access-control-request-method': 'GET' };
      await refused({ ...list, method: 'OPTIONS', headers: preflight }, 403, 'wrong-origin');
      await refused({ method: 'GET', path: '/console', headers: { origin } }, 403, 'wrong-origin');
    },
  );

  test('a browser that says cross-site: 403, but a link to the page may come from anywhere', async () => {
    const site = { 'sec-fetch-site': 'cross-site' };
    await refused({ ...list, headers: { ...bearer, ...site } }, 403, 'wrong-origin');
    await refused(
      { ...list, headers: { ...bearer, ...site, 'sec-fetch-mode': 'navigate' } },
      403,
      'wrong-origin',
    );
    const page = {
      method: 'GET',
      path: '/console',
      headers: { ...site, 'sec-fetch-mode': 'navigate' },
    };
    expect((await bench.raw(page)).status).toBe(200);
  });

  test('its own page may ask', async () => {
    const origin = `http://127.0.0.1:${bench.server.port}`;
    const headers = { ...bearer, origin, 'sec-fetch-site': 'same-origin' };
    expect((await bench.raw({ ...list, headers })).status).toBe(200);
  });

  test('the page loads nothing from elsewhere and is framed by nobody', async () => {
    const { headers } = await bench.raw({ method: 'GET', path: '/console' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('wrong requests', () => {
  const create = { method: 'POST', path: '/v1/landscapes', headers: json };

  test('are named for what they are', async () => {
    await refused({ ...create, body: '{"seed":' }, 400, 'malformed-json');
    await refused({ ...create, body: '"'.padEnd(bodyLimitBytes + 1, 'x') }, 413, 'too-large');
    await refused({ ...create, headers: bearer, body: '{}' }, 415, 'unsupported-media-type');
    await refused({ ...create, body: '{"sed":"a"}' }, 422, 'invalid-body');
    await refused({ ...create, body: `${'['.repeat(5000)}${']'.repeat(5000)}` }, 400, 'too-deep');
    await refused({ ...create, method: 'PATCH' }, 405, 'unknown-method');
    await refused({ ...create, path: '/v2' }, 404, 'unknown-path');
    await refused({ ...create, path: '/v1/landscapes/%zz' }, 404, 'unknown-path');
    await refused({ ...list, path: '/v1/landscapes?x=1' }, 400, 'unknown-query');
    await refused({ ...list, path: '/v1/landscapes/a/history?from=-1' }, 400, 'invalid-query');
    await refused(
      { ...list, path: '/v1/landscapes/a/history?from=1&from=2' },
      400,
      'invalid-query',
    );
    await refused({ method: 'POST', path: '/v1/trials', headers: json }, 400, 'missing-body');
  });

  test('whatever comes, no fault of ours, and nothing is changed by what is refused', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(), async (asked) => {
        const before = bench.plane.list().map(({ id, historyLength }) => [id, historyLength]);
        const answered = await bench.raw(asked);
        expect(bench.complaint(asked.method, asked.path, answered)).toBeUndefined();
        const after = bench.plane.list().map(({ id, historyLength }) => [id, historyLength]);
        // A refusal of the business is history, too: somebody tried.
        const tried = asked.path.includes('/actions/');
        if (answered.status >= 400 && !tried) expect(after).toEqual(before);
        for (const { id } of bench.plane.list()) if (id !== 'a') await bench.plane.remove(id);
      }),
      { numRuns: 600 },
    );
    expect(bench.faults).toEqual([]);
  }, 120_000);
});

const valid: readonly {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}[] = [
  {
    method: 'POST',
    path: '/v1/landscapes',
    body: {
      id: 'b',
      seed: 's',
      systems: { erp: 's4hana', wms: 'plain' },
      clock: { kind: 'virtual', speed: 2, startAt: 0 },
      faults: [{ kind: 'outage', link: 'integration -> erp', options: { rate: 0.5, at: '1s' } }],
      workload: { purchaseOrders: 2, over: '5s', firstDay: '2026-03-16' },
    },
  },
  { method: 'POST', path: '/v1/landscapes/a/clock/step', body: { by: '1s' } },
  { method: 'PUT', path: '/v1/landscapes/a/clock/speed', body: { speed: 2 } },
  {
    method: 'POST',
    path: '/v1/landscapes/a/faults',
    body: {
      kind: 'latency',
      link: 'integration -> wms',
      options: { latency: 10, jitter: 5, on: 'GET', label: 'slow' },
    },
  },
  { method: 'DELETE', path: '/v1/landscapes/a/faults/slow' },
  {
    method: 'POST',
    path: '/v1/landscapes/a/actions/issue-order',
    body: {
      supplier: '10300001',
      lines: [
        { material: 'MAT-00001', quantity: '5', netPrice: '1.50', deliveryDate: '2026-12-01' },
      ],
    },
  },
  {
    method: 'POST',
    path: '/v1/landscapes/a/actions/change-order',
    body: { purchaseOrder: 'PO-0000001', lines: [{ line: '1', quantity: '4' }] },
  },
  {
    method: 'POST',
    path: '/v1/landscapes/a/actions/acknowledge-order',
    body: {
      purchaseOrder: 'PO-0000001',
      lines: [{ line: '1', decision: 'rejected', reason: 'no' }],
    },
  },
  {
    method: 'POST',
    path: '/v1/landscapes/a/actions/ship-goods',
    body: { purchaseOrder: 'PO-0000001', lines: [{ line: '1', quantity: '1' }], carrier: 'DHL' },
  },
  {
    method: 'POST',
    path: '/v1/landscapes/a/actions/send-invoice',
    body: { purchaseOrder: 'PO-0000001', lines: [{ line: '1', quantity: '1', netPrice: '2' }] },
  },
  {
    method: 'POST',
    path: '/v1/landscapes/a/actions/receive-goods',
    body: { purchaseOrder: 'PO-0000001', lines: [{ line: '1', quantity: '1', condition: 'good' }] },
  },
  {
    method: 'POST',
    path: '/v1/landscapes/a/actions/submit-requisition',
    body: { lines: [{ quantity: '2' }] },
  },
  {
    method: 'POST',
    path: '/v1/landscapes/a/actions/run-payments',
    body: { companyCode: '1000', runDate: '2026-12-01' },
  },
  { method: 'GET', path: '/v1/landscapes/a/documents/procurement/PurchaseOrder/PO-0000001?asOf=0' },
  { method: 'GET', path: '/v1/landscapes/a/documents/erp/Payment?limit=5&after=x' },
  { method: 'GET', path: '/v1/landscapes/a/history?from=1&limit=2&follow=false' },
  { method: 'GET', path: '/v1/landscapes/a/verdict?only=order-to-erp&format=junit' },
  { method: 'GET', path: '/v1/landscapes/a/owed?wait=1ms' },
];

/** A valid request, with one place of its body or some of its target made into something else. */
function mutated(): fc.Arbitrary<Asked> {
  const odd = junk([1e308, 2 ** 53, 'constructor', '1e999', '<script>', '9'.repeat(400)]);
  return fc
    .tuple(fc.constantFrom(...valid), odd, fc.nat(), fc.nat(2), fc.string({ maxLength: 8 }))
    .map(([{ method, path, body }, value, place, how, text]): Asked => {
      const { pathname, search } = new URL(`http://x${path}`);
      if (body === undefined || how === 0) {
        const parts = pathname.split('/');
        parts[1 + (place % (parts.length - 1))] = encodeURIComponent(text.replaceAll('.', '-'));
        const shown = typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value);
        const target =
          how === 1
            ? `${pathname}?${encodeURIComponent(text)}=${encodeURIComponent(shown)}`
            : parts.join('/') + search;
        const sent = body === undefined ? {} : { body: JSON.stringify(body) };
        return { method, path: target, headers: json, ...sent };
      }
      const all = paths(body);
      const at = all[place % all.length] as Path;
      const wrong = changed(body, at, (within, name) => {
        if (how === 1) within[name] = value;
        else delete within[name];
      });
      return { method, path, headers: json, body: JSON.stringify(at.length === 0 ? value : wrong) };
    });
}

describe('beyond loopback, as in a container', () => {
  const place = { port: 7070, names: ['seatrial'] };
  const asked = (host: string, headers = {}) =>
    checkPlace({ host, ...headers }, place, false) ?? 'let in';

  test('it answers as loopback, as addresses and as its names, at whatever port is published', () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]', '172.17.0.2', '[fe80::1]', 'SeaTrial']) {
      for (const port of ['', ':7070', ':32768']) expect(asked(name + port)).toBe('let in');
    }
  });

  test.each([
    'evil.example:7070',
    'evil.example',
    'localhost.evil.example',
    'seatrial.evil.example',
    '',
  ])('not as "%s", which a rebound name could be: 421', (host) => {
    expect(() => asked(host)).toThrow(expect.objectContaining({ rule: 'wrong-host' }));
  });

  test('pages of other origins are refused as ever', () => {
    for (const origin of ['http://evil.example', 'http://127.0.0.1:1', 'null']) {
      expect(() => asked('127.0.0.1:32768', { origin })).toThrow(
        expect.objectContaining({ rule: 'wrong-origin' }),
      );
    }
    expect(asked('127.0.0.1:32768', { origin: 'http://127.0.0.1:32768' })).toBe('let in');
  });

  test('it listens there, and its landscapes with it', async () => {
    const plane = new ControlPlane('0.0.0.0');
    const server = await startControlServer({ plane, host: '0.0.0.0', token });
    try {
      const { port } = server;
      const reply = await fetch(`http://127.0.0.2:${port}/v1/landscapes`, {
        method: 'POST',
        headers: json,
        body: '{"seed":"a"}',
      });
      expect(reply.status).toBe(201);
      const { environment } = (await reply.json()) as { environment: Record<string, string> };
      const erp = new URL(environment['SEATRIAL_ERP_URL'] as string);
      expect(erp.hostname).toBe('127.0.0.1');
      expect((await fetch(`http://127.0.0.2:${erp.port}/v1/openapi.json`)).status).toBe(200);
    } finally {
      await server.close();
      await plane.close();
    }
  });
});
