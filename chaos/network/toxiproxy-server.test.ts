/** Which server it comes to, and what is said when that one is not to be had. */
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startEmbeddedToxiproxy } from './embedded/embedded-toxiproxy.ts';
import * as network from './network-faults.ts';
import { automaticToxiproxy, openToxiproxy } from './toxiproxy-server.ts';
import { temporaryFolder } from '../../harness/testing/temporary-folder.ts';

const folder = temporaryFolder();
const nothing = { seed: 'a', env: {}, cwd: folder };

test('a URL comes before a binary, a binary before the embedded one', async () => {
  const file = join(folder, 'toxiproxy-server');
  writeFileSync(file, '#!/bin/sh\nexit 1\n');
  const url = 'http://127.0.0.1:1';
  expect(automaticToxiproxy({ PATH: '' }, folder)).toBe('embedded');
  // One that cannot be executed is none.
  expect(automaticToxiproxy({ PATH: folder }, '/')).toBe('embedded');
  chmodSync(file, 0o755);
  expect(automaticToxiproxy({ PATH: folder }, '/')).toBe('binary');
  expect(automaticToxiproxy({ PATH: folder, TOXIPROXY_URL: '' }, '/')).toBe('binary');
  expect(automaticToxiproxy({ PATH: folder, TOXIPROXY_URL: url }, '/')).toBe(url);
  rmSync(file);
});

test('TOXIPROXY_URL names a server that runs and goes on running', async () => {
  const running = await startEmbeddedToxiproxy({ seed: 'a' });
  const env = { TOXIPROXY_URL: `${running.url}/` };
  const server = await openToxiproxy({ ...nothing, toxiproxy: 'auto', env });
  expect([server.kind, server.url]).toEqual(['url', running.url]);
  await server.close();
  expect((await fetch(`${running.url}/version`)).status).toBe(200);
  await running.close();
});

test.each([
  ['nonsense', 'toxiproxy.invalid'],
  ['binary', 'toxiproxy.no-binary'],
  ['http://127.0.0.1:1', 'toxiproxy.unreachable'],
])('%s is refused as %s', async (toxiproxy, code) => {
  await expect(openToxiproxy({ ...nothing, toxiproxy })).rejects.toMatchObject({ code });
});

test('a server that answers, but is no Toxiproxy, is unreachable', async () => {
  const other = createHttpServer((_incoming, outgoing) => outgoing.writeHead(404).end());
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const toxiproxy = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  await expect(openToxiproxy({ ...nothing, toxiproxy })).rejects.toMatchObject({
    code: 'toxiproxy.unreachable',
    message: expect.stringContaining('404'),
  });
  other.close();
});

test('a binary that ends at once is unreachable, and nothing of it stays', async () => {
  const file = join(folder, 'toxiproxy-server');
  writeFileSync(file, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  const starting = openToxiproxy({ ...nothing, toxiproxy: 'binary', env: { PATH: folder } });
  await expect(starting).rejects.toMatchObject({ code: 'toxiproxy.unreachable' });
});

test('one through which nothing comes is found out before it is relied on', async () => {
  const real = await startEmbeddedToxiproxy({ seed: 'a' });
  // Its API alone is led here, as when a container publishes nothing else: proxies that it reports
  // are on ports at which nobody listens.
  const sockets = new Set<Socket>();
  const taken = createServer((socket) => {
    sockets.add(socket);
    socket.destroy();
  });
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const dead = (taken.address() as AddressInfo).port;
  const api = createHttpServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = 'GET', url = '/' } = incoming;
    const reply = await fetch(`${real.url}${url}`, {
      method,
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    const body = (await reply.text()).replaceAll(/127\.0\.0\.1:\d+"/g, `127.0.0.1:${dead}"`);
    outgoing.writeHead(reply.status, { 'content-type': 'application/json' });
    outgoing.end(reply.status === 204 ? undefined : body);
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const toxiproxy = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  const opening = network.outage('a -> b').openWires({ toxiproxy, seed: 'a' });
  await expect(opening).rejects.toMatchObject({ code: 'toxiproxy.no-passage' });
  expect(await (await fetch(`${real.url}/proxies`)).json()).toEqual({});
  api.closeAllConnections();
  api.close();
  taken.close();
  await real.close();
});
