import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeFetch } from './node-fetch.ts';

const server = createServer((request, response) => {
  if (request.url === '/reset') {
    request.socket.resetAndDestroy();
    return;
  }
  if (request.url === '/silence') return;
  if (request.url === '/half') {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => request.socket.destroy());
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method, url, headers } = request;
    const body = Buffer.concat(chunks).toString('utf8');
    const said = { method, url, body, type: headers['content-type'], auth: headers.authorization };
    const status = Number(/\d+/.exec(url ?? '')?.[0] ?? 200);
    response.writeHead(status, { 'X-Said': 'ä'.length, 'set-cookie': ['a=1; Path=/', 'b=2'] });
    response.end(status === 204 ? undefined : JSON.stringify(said));
  });
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** What an integration looks at. */
async function seen(fetch: typeof globalThis.fetch, path: string, init: RequestInit) {
  const response = await fetch(`${url}${path}`, init);
  const { status, ok, headers } = response;
  const said = [headers.get('x-said'), headers.get('X-Said'), headers.get('x-none')];
  return { status, ok, said, cookies: headers.getSetCookie(), text: await response.text() };
}

describe('nodeFetch', () => {
  const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };
  test.each<[string, RequestInit]>([
    ['/a?b=c', { headers }],
    ['/a', { method: 'POST', headers, body: '{"word":"größer 🚢"}' }],
    ['/404', { method: 'PATCH', headers, body: '{}' }],
    ['/204', { method: 'DELETE', headers }],
    ['/500', { method: 'POST', headers, body: '' }],
  ])('says of %s what fetch says', async (path, init) => {
    expect(await seen(nodeFetch, path, init)).toEqual(await seen(globalThis.fetch, path, init));
  });

  test('rejects with the cause when the connection is reset', async () => {
    await expect(nodeFetch(`${url}/reset`)).rejects.toMatchObject({
      message: 'fetch failed',
      cause: { code: 'ECONNRESET' },
    });
  });

  test('tells who reads it that an answer broke off', async () => {
    const response = await nodeFetch(`${url}/half`);
    await expect(response.text()).rejects.toThrow();
  });

  test('gives up when it is told to', async () => {
    const abort = new AbortController();
    const answer = nodeFetch(`${url}/silence`, { signal: abort.signal });
    abort.abort(new Error('timeout'));
    await expect(answer).rejects.toMatchObject({ message: 'fetch failed' });
  });
});
