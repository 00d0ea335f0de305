/** Chance: same seed, same decisions; the first n connections; and requests instead of connections. */
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { stopwatch } from '../../../harness/clock.ts';
import { startEmbeddedToxiproxy } from './embedded-toxiproxy.ts';

interface Called {
  readonly status: number;
  readonly seen: number;
}

/** An HTTP server behind a proxy with one toxic; what becomes of so many requests through it. */
async function call(
  seed: string,
  toxic: object,
  count: number,
  { keepAlive = false, method = 'POST', path = '/orders' } = {},
): Promise<{ readonly results: readonly Called[]; readonly reached: number }> {
  let reached = 0;
  const upstream = createServer((incoming, outgoing) => {
    reached++;
    incoming.resume().on('end', () => outgoing.end('done'));
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const server = await startEmbeddedToxiproxy({ seed });
  const api = async (at: string, body: object): Promise<Record<string, string>> =>
    (await fetch(server.url + at, { method: 'POST', body: JSON.stringify(body) })).json() as never;
  const { listen = '' } = await api('/proxies', {
    name: 'p',
    listen: '127.0.0.1:0',
    upstream: `127.0.0.1:${(upstream.address() as AddressInfo).port}`,
  });
  await api('/proxies/p/toxics', toxic);
  const agent = new Agent({ keepAlive, maxSockets: 1 });
  const results: Called[] = [];
  for (let i = 0; i < count; i++) {
    const before = reached;
    const status = await new Promise<number>((resolve) => {
      const outgoing = request(
        `http://${listen}${path}`,
        { agent, method, headers: { 'transfer-encoding': i % 2 === 0 ? 'chunked' : 'identity' } },
        (incoming) => incoming.resume().on('end', () => resolve(incoming.statusCode ?? 0)),
      );
      if (i % 2 === 1) outgoing.removeHeader('transfer-encoding');
      outgoing.on('error', () => resolve(0));
      outgoing.end(method === 'GET' ? undefined : 'x'.repeat(1000));
    });
    results.push({ status, seen: reached - before });
  }
  agent.destroy();
  await server.close();
  upstream.close();
  return { results, reached };
}

const half = { type: 'limit_data', attributes: { bytes: 0 }, toxicity: 0.5 };
const statuses = ({ results }: { results: readonly Called[] }): number[] =>
  results.map(({ status }) => status);

describe('draws', { concurrent: true }, () => {
  test('the same seed strikes the same connections, another seed others', async () => {
    const [a, again, b] = await Promise.all(
      ['a', 'a', 'b'].map(async (seed) => statuses(await call(seed, half, 40))),
    );
    expect(a).toEqual(again);
    expect(a).not.toEqual(b);
    const struck = (a ?? []).filter((each) => each === 0).length;
    expect(struck).toBeGreaterThan(8);
    expect(struck).toBeLessThan(32);
  });

  test('a toxic with a seed of its own minds no other', async () => {
    const [a, b] = await Promise.all(
      ['a', 'b'].map(async (seed) => statuses(await call(seed, { ...half, seed: 'own' }, 30))),
    );
    expect(a).toEqual(b);
  });

  test('the first connections only', async () => {
    const first = { ...half, toxicity: 1, firstConnections: 3 };
    expect(statuses(await call('a', first, 6))).toEqual([0, 0, 0, 200, 200, 200]);
  });
});

describe('toxics that see requests', { concurrent: true }, () => {
  test('a rate means requests on a connection that is kept alive', async () => {
    const toxic = { type: 'http_reject', toxicity: 0.5, attributes: { retry_after: 2 } };
    const seen = await call('a', toxic, 40, { keepAlive: true });
    const rejected = seen.results.filter(({ status }) => status === 503);
    expect(rejected.length).toBeGreaterThan(8);
    expect(rejected.length).toBeLessThan(32);
    expect(seen.reached).toBe(40 - rejected.length);
    expect(statuses(await call('a', toxic, 40, { keepAlive: true }))).toEqual(statuses(seen));
  });

  test('http_lose_response lets the work be done and the answer be lost', async () => {
    const { results } = await call('a', { type: 'http_lose_response' }, 4, { keepAlive: true });
    expect(results).toEqual(Array.from({ length: 4 }, () => ({ status: 0, seen: 1 })));
  });

  test('http_lose_request lets nothing be done', async () => {
    const { results } = await call('a', { type: 'http_lose_request' }, 4, { keepAlive: true });
    expect(results).toEqual(Array.from({ length: 4 }, () => ({ status: 0, seen: 0 })));
  });

  test('method and path narrow it', async () => {
    const toxic = {
      type: 'http_reject',
      attributes: { method: 'GET', path: '/items', status: 418 },
    };
    const keepAlive = true;
    const [posted, got, other] = await Promise.all([
      call('a', toxic, 3, { keepAlive, path: '/items/1' }),
      call('a', toxic, 3, { keepAlive, method: 'GET', path: '/items/1' }),
      call('a', toxic, 3, { keepAlive, method: 'GET' }),
    ]);
    expect([posted, got, other].map(statuses)).toEqual([
      [200, 200, 200],
      [418, 418, 418],
      [200, 200, 200],
    ]);
  });

  test('http_latency delays each request', async () => {
    const toxic = { type: 'http_latency', attributes: { latency: 120 } };
    const elapsed = stopwatch();
    expect(statuses(await call('a', toxic, 3, { keepAlive: true }))).toEqual([200, 200, 200]);
    expect(elapsed()).toBeGreaterThanOrEqual(355);
  });
});
