/** The HTTP API by itself; call by call it is compared with the real server in test/toxiproxy/. */
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Api } from './api.ts';
import { ProxyCollection } from './proxy-collection.ts';
import { type EmbeddedToxiproxy, startEmbeddedToxiproxy } from './embedded-toxiproxy.ts';

let server: EmbeddedToxiproxy;
beforeEach(async () => {
  server = await startEmbeddedToxiproxy({ seed: 'api', metrics: true });
});
afterEach(() => server.close());

interface Told {
  readonly status: number;
  readonly text: string;
}

async function ask(method: string, path: string, body?: unknown, agent = 'test'): Promise<Told> {
  const reply = await fetch(server.url + path, {
    method,
    headers: { 'user-agent': agent },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return {
    status: reply.status,
    text: (await reply.text()).replaceAll(/127\.0\.0\.1:\d+/g, 'HERE'),
  };
}

const erp = { name: 'erp', listen: '127.0.0.1:0', upstream: 'elsewhere:1' };
const shown =
  '{"name":"erp","listen":"HERE","upstream":"elsewhere:1","enabled":true,"Logger":{},"toxics":[]}';
const refused = (status: number, error: string): Told => ({
  status,
  text: `${JSON.stringify({ error, status })}\n`,
});

test('a proxy is made, shown, changed and deleted', async () => {
  expect(await ask('POST', '/proxies', erp)).toEqual({ status: 201, text: shown });
  expect(await ask('GET', '/proxies/erp')).toEqual({ status: 200, text: shown });
  expect(await ask('GET', '/proxies')).toEqual({ status: 200, text: `{"erp":${shown}}` });
  expect((await ask('PATCH', '/proxies/erp', { enabled: false })).text).toContain(
    '"enabled":false',
  );
  expect((await ask('POST', '/proxies/erp', { upstream: 'there:2' })).text).toContain('there:2');
  expect(await ask('DELETE', '/proxies/erp')).toEqual({ status: 204, text: '' });
  expect(await ask('GET', '/proxies')).toEqual({ status: 200, text: '{}' });
});

test('a toxic is added, shown, changed and removed', async () => {
  await ask('POST', '/proxies', erp);
  const latency =
    '{"attributes":{"latency":5,"jitter":0},"name":"latency_downstream","type":"latency","stream":"downstream","toxicity":1}';
  expect(
    await ask('POST', '/proxies/erp/toxics', { type: 'latency', attributes: { latency: 5 } }),
  ).toEqual({ status: 200, text: latency });
  expect(await ask('GET', '/proxies/erp/toxics')).toEqual({ status: 200, text: `[${latency}]` });
  expect(
    await ask('PATCH', '/proxies/erp/toxics/latency_downstream', {
      toxicity: 0.1,
      attributes: { jitter: 2 },
    }),
  ).toEqual({
    status: 200,
    text: latency.replace('"jitter":0', '"jitter":2').replace('"toxicity":1', '"toxicity":0.1'),
  });
  expect((await ask('DELETE', '/proxies/erp/toxics/latency_downstream')).status).toBe(204);
  expect((await ask('GET', '/proxies/erp/toxics')).text).toBe('[]');
});

describe('what it refuses leaves nothing behind', () => {
  test.each([
    ['POST', '/proxies', '{', refused(400, 'bad request body: unexpected EOF')],
    ['POST', '/proxies', erp, refused(409, 'proxy already exists')],
    ['POST', '/proxies', { name: 'x' }, refused(400, 'missing required field: upstream')],
    ['POST', '/proxies', { upstream: 'x' }, refused(400, 'missing required field: name')],
    [
      'POST',
      '/proxies',
      { ...erp, name: 7 },
      refused(
        400,
        'bad request body: json: cannot unmarshal number into Go struct field Proxy.name of type string',
      ),
    ],
    [
      'POST',
      '/proxies',
      { ...erp, name: 'x', listen: 'no' },
      refused(500, 'listen tcp: address no: missing port in address'),
    ],
    ['GET', '/proxies/none', undefined, refused(404, 'proxy not found')],
    ['DELETE', '/proxies/none', undefined, refused(404, 'proxy not found')],
    ['POST', '/proxies/erp/toxics', { type: 'nonsense' }, refused(400, 'invalid toxic type')],
    [
      'POST',
      '/proxies/erp/toxics',
      { type: 'noop', stream: 'x' },
      refused(400, 'stream was invalid, can be either upstream or downstream'),
    ],
    [
      'POST',
      '/proxies/erp/toxics',
      { type: 'noop', name: 'held' },
      refused(409, 'toxic already exists'),
    ],
    [
      'POST',
      '/proxies/erp/toxics',
      { type: 'latency', attributes: { latency: 'x' } },
      refused(
        400,
        'bad request body: json: cannot unmarshal string into Go struct field LatencyToxic.attributes.latency of type int64',
      ),
    ],
    [
      'PATCH',
      '/proxies/erp/toxics/held',
      { attributes: { latency: 9, jitter: 'x' } },
      refused(
        400,
        'bad request body: json: cannot unmarshal string into Go struct field LatencyToxic.attributes.jitter of type int64',
      ),
    ],
    ['GET', '/proxies/erp/toxics/none', undefined, refused(404, 'toxic not found')],
    [
      'POST',
      '/populate',
      [{ name: 'new', upstream: 'x:1' }, { name: 'y' }],
      {
        status: 400,
        text: '{"error":"missing required field: upstream at proxy 2","status":400,"proxies":null}',
      },
    ],
    ['PUT', '/proxies', erp, { status: 405, text: '' }],
    ['GET', '/nowhere', undefined, { status: 404, text: '404 page not found\n' }],
  ] as const)('%s %s %j', async (method, path, body, answer) => {
    await ask('POST', '/proxies', erp);
    await ask('POST', '/proxies/erp/toxics', { type: 'latency', name: 'held' });
    const before = await ask('GET', '/proxies');
    expect(await ask(method, path, body)).toEqual(answer);
    expect(await ask('GET', '/proxies')).toEqual(before);
  });

  test('a port in use', async () => {
    const taken = new URL(server.url).host;
    const answer = await ask('POST', '/proxies', { ...erp, listen: taken });
    expect(answer).toEqual(refused(500, 'listen tcp HERE: bind: address already in use'));
    expect((await ask('GET', '/proxies')).text).toBe('{}');
  });

  test('browsers', async () => {
    const answer = await ask('GET', '/version', undefined, 'Mozilla/5.0');
    expect(answer).toEqual({ status: 403, text: 'User agent not allowed\n' });
    expect(await ask('GET', '/version')).toEqual({ status: 200, text: '{"version": "git"}\n' });
  });
});

test('populate makes what is missing and leaves alone what leads the same way', async () => {
  const fixed = (await ask('POST', '/proxies', erp)).status;
  expect(fixed).toBe(201);
  const raw = (await (await fetch(`${server.url}/proxies/erp`)).json()) as { listen: string };
  await ask('POST', '/proxies/erp/toxics', { type: 'noop' });
  const { status, text } = await ask('POST', '/populate', [
    { ...erp, listen: raw.listen },
    { name: 'wms', upstream: 'x:1', listen: '127.0.0.1:0' },
  ]);
  expect(status).toBe(201);
  expect(text).toContain('"name":"noop_downstream"');
  expect((await ask('GET', '/proxies')).text).toContain('"wms":');
});

test('the seed can be read and set', async () => {
  expect(await ask('GET', '/seed')).toEqual({ status: 200, text: '{"seed":"api"}' });
  expect(await ask('POST', '/seed', { seed: 'other' })).toEqual({
    status: 200,
    text: '{"seed":"other"}',
  });
  expect((await ask('POST', '/seed', {})).status).toBe(400);
});

test('mutations that come at once are done one after the other', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => ask('POST', '/proxies', erp)));
  expect(made.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => ask('POST', '/proxies/erp/toxics', { type: 'noop' })),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const toggles = Array.from({ length: 20 }, (_, i) =>
    ask('PATCH', '/proxies/erp', { enabled: i % 2 === 1 }),
  );
  expect((await Promise.all(toggles)).every(({ status }) => status === 200)).toBe(true);
});

test('a mutation waits for the one before, whatever becomes of that; reading does not', async () => {
  const proxies = new ProxyCollection('api');
  const api = new Api(proxies, { metrics: false });
  const called: string[] = [];
  let fail = (): void => {};
  proxies.reset = () => {
    called.push('reset');
    return new Promise((_done, failed) => (fail = () => failed(new Error('no'))));
  };
  proxies.remove = async (name) => void called.push(`delete ${name}`);
  const answer = async (method: string, path: string): Promise<number> =>
    (await api.answer({ method, path, query: '', userAgent: '', body: Buffer.alloc(0) })).status;
  const reset = answer('POST', '/reset');
  const deleted = answer('DELETE', '/proxies/erp');
  expect(await answer('GET', '/proxies')).toBe(200);
  expect(called).toEqual(['reset']);
  fail();
  expect([await reset, await deleted]).toEqual([500, 204]);
  expect(called).toEqual(['reset', 'delete erp']);
});

test('bytes are counted', async () => {
  await ask('POST', '/proxies', { ...erp, upstream: new URL(server.url).host });
  const { listen } = (await (await fetch(`${server.url}/proxies/erp`)).json()) as {
    listen: string;
  };
  const body = 'GET /version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
  const received = await new Promise<number>((resolve) => {
    let count = 0;
    const socket = connect(Number(listen.split(':')[1]), '127.0.0.1', () => socket.write(body));
    socket.on('data', (data) => (count += data.length));
    socket.on('close', () => resolve(count));
  });
  const text = (await ask('GET', '/metrics')).text;
  const labels = 'listener="HERE",proxy="erp",upstream="HERE"';
  for (const [direction, count] of [
    ['upstream', body.length],
    ['downstream', received],
  ] as const) {
    // prettier-ignore
    for (const way of ['received', 'sent']) {
      expect(text).toContain(
        `toxiproxy_proxy_${way}_bytes_total{direction="${direction}",${labels}} ${count}\n`,
      );
    }
  }
});

test('it listens on loopback unless told otherwise, and names a port that is taken', async () => {
  const { hostname, port } = new URL(server.url);
  expect(hostname).toBe('127.0.0.1');
  await expect(startEmbeddedToxiproxy({ port: Number(port) })).rejects.toMatchObject({
    code: 'toxiproxy.listen-failed',
  });
});
