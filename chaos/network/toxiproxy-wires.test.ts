/** Wires over the embedded server: each link is a proxy, faults come and go, and clean means read back. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Wires } from '../../harness/wires.ts';
import { type EmbeddedToxiproxy, startEmbeddedToxiproxy } from './embedded/embedded-toxiproxy.ts';
import * as network from './network-faults.ts';

const link = 'integration -> erp';
let server: EmbeddedToxiproxy;
let wires: Wires;
let through: string;
const upstream = createServer((_incoming, outgoing) => outgoing.end('here'));

beforeEach(async () => {
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  server = await startEmbeddedToxiproxy({ seed: 'wires' });
  wires = await network.outage(link).openWires({ toxiproxy: server.url, seed: 'wires' });
  const { port } = upstream.address() as AddressInfo;
  through = `http://${await wires.address(link, `127.0.0.1:${port}`)}`;
  await wires.address('erp -> integration', `127.0.0.1:${port}`);
});
afterEach(async () => {
  await wires.close();
  await server.close();
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
});

const reached = async (): Promise<boolean> => {
  try {
    return (await (await fetch(through, { headers: { connection: 'close' } })).text()) === 'here';
  } catch {
    return false;
  }
};
const proxies = async (): Promise<Record<string, { enabled: boolean; toxics: unknown[] }>> =>
  (await fetch(`${server.url}/proxies`)).json() as never;

test('each link has a proxy of its own, named after it', async () => {
  expect(Object.keys(await proxies())).toEqual(['erp -> integration', link]);
  expect(await reached()).toBe(true);
});

test('a link with two outages is down until both are over', async () => {
  const [one, other] = [network.outage(link), network.partition('erp', 'integration')];
  expect(await wires.apply(one)).toEqual([link]);
  expect(await wires.apply(other)).toEqual([link, 'erp -> integration']);
  expect(await reached()).toBe(false);
  await wires.lift(one);
  expect(await reached()).toBe(false);
  expect((await wires.verifyHealed()).length).toBe(2);
  await wires.lift(other);
  expect(await wires.verifyHealed()).toEqual([]);
  expect(await reached()).toBe(true);
});

test('a port that somebody took while its proxy was down is waited for', async () => {
  const outage = network.outage(link);
  await wires.apply(outage);
  const other = createServer();
  await new Promise<void>((resolve) =>
    other.listen(Number(new URL(through).port), '127.0.0.1', resolve),
  );
  const lifted = wires.lift(outage);
  // Answered after the first try, which finds the port taken.
  await fetch(`${server.url}/version`);
  other.close();
  await lifted;
  expect(await wires.verifyHealed()).toEqual([]);
  expect(await reached()).toBe(true);
});

test('toxics of one kind do not get into each other`s way, and healing takes all off', async () => {
  await wires.apply(network.latency(link, { latency: 1, stream: 'both' }));
  const second = network.latency('* -> erp', { latency: 2 });
  await wires.apply(second);
  expect((await proxies())[link]?.toxics).toHaveLength(3);
  await wires.lift(second);
  expect((await proxies())[link]?.toxics).toHaveLength(2);
  await wires.heal();
  expect(await wires.verifyHealed()).toEqual([]);
  expect((await proxies())[link]?.toxics).toEqual([]);
});

test('what somebody else did to a wire is found when it is read back', async () => {
  await fetch(`${server.url}/proxies/${encodeURIComponent(link)}/toxics`, {
    method: 'POST',
    body: '{"type":"noop"}',
  });
  expect(await wires.verifyHealed()).toEqual([link]);
});

test('two trials on one server do not meet', async () => {
  const others = await network.outage(link).openWires({ toxiproxy: server.url, seed: 'b' });
  const { port } = upstream.address() as AddressInfo;
  await others.address(link, `127.0.0.1:${port}`);
  expect(Object.keys(await proxies())).toContain(`${link} (2)`);
  await others.apply(network.outage(link));
  expect(await reached()).toBe(true);
  await others.close();
  expect(Object.keys(await proxies())).not.toContain(`${link} (2)`);
});

test('what the server does not know is refused, and a server that is gone is unreachable', async () => {
  await expect(wires.apply(network.toxic(link, 'nonsense'))).rejects.toMatchObject({
    code: 'toxiproxy.refused',
  });
  await server.close();
  await expect(wires.apply(network.outage(link))).rejects.toMatchObject({
    code: 'toxiproxy.unreachable',
  });
  await expect(
    network.outage(link).openWires({ toxiproxy: server.url, seed: 'c' }),
  ).rejects.toMatchObject({ code: 'toxiproxy.unreachable' });
});
