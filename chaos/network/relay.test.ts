/** The way back from a Toxiproxy elsewhere: whole bytes, endings as they were, and for it alone. */
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { behindPublishedPorts, isLoopback, onAnother, onThisMachine } from './proxy-place.ts';
import { type Relay, facing, openRelay } from './relay.ts';

const loopback = { here: '127.0.0.1', there: '127.0.0.1' };
const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function serving(handler: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    handler(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function relayTo(target: string, ends = loopback): Promise<Relay> {
  const relay = await openRelay(ends, target);
  opened.push(() => relay.close());
  return relay;
}

/** What comes back, and how it ended. */
const said = (address: string, message: string | Buffer): Promise<[Buffer, string]> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(address.split(':')[1]), '127.0.0.1', () => socket.end(message));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('end', () => resolve([Buffer.concat(chunks), 'end']));
    socket.on('error', ({ code = '' }: NodeJS.ErrnoException) =>
      resolve([Buffer.concat(chunks), code]),
    );
  });

test('every byte goes there and back, also after one side has ended', async () => {
  const upstream = await serving((socket) => socket.pipe(socket));
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 251));
  const [back, ending] = await said((await relayTo(upstream)).address, bytes);
  expect([back.equals(bytes), ending]).toEqual([true, 'end']);
});

test('a RST stays a RST, and nobody upstream is one', async () => {
  const cutting = await serving(
    (socket) => void socket.once('data', () => socket.resetAndDestroy()),
  );
  expect((await said((await relayTo(cutting)).address, 'x'))[1]).toBe('ECONNRESET');
  expect((await said((await relayTo('127.0.0.1:1')).address, 'x'))[1]).toBe('ECONNRESET');
});

test('nobody but the one it is for gets through', async () => {
  let reached = 0;
  const upstream = await serving(() => reached++);
  const { address } = await relayTo(upstream, { here: '127.0.0.1', there: '192.0.2.1' });
  expect(await said(address, 'x')).toEqual([Buffer.alloc(0), 'ECONNRESET']);
  expect(reached).toBe(0);
});

test('closing it cuts what is open', async () => {
  const upstream = await serving((socket) => void socket.write('here'));
  const relay = await openRelay(loopback, upstream);
  const ended = new Promise<string>((resolve) => {
    const socket = connect(Number(relay.address.split(':')[1]), '127.0.0.1');
    socket.once('data', () => void relay.close());
    socket.on('error', ({ code = '' }: NodeJS.ErrnoException) => resolve(code));
  });
  expect(await ended).toBe('ECONNRESET');
  await expect(facing(`http://${relay.address}`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['localhost', true],
  ['[::1]', true],
  ['127.example', false],
  ['172.17.0.2', false],
  ['toxiproxy', false],
])('%s is loopback: %s', (hostname, is) => expect(isLoopback(hostname)).toBe(is));

test('on this machine nothing has to be led anywhere', async () => {
  const here = onThisMachine();
  expect([here.listen(0), here.seen(7), await here.upstream('127.0.0.1:1')]).toEqual([
    '127.0.0.1:0',
    '127.0.0.1:7',
    '127.0.0.1:1',
  ]);
  expect([onThisMachine('0.0.0.0').listen(8), onThisMachine('0.0.0.0').seen(8)]).toEqual([
    '0.0.0.0:8',
    '127.0.0.1:8',
  ]);
});

test('elsewhere: loopback is led through a relay, the rest is left as it is', async () => {
  const upstream = await serving((socket) => socket.end('here'));
  const place = await onAnother(`http://${upstream}`);
  opened.push(() => place.close());
  expect([place.listen(0), place.listen(5), place.seen(7)]).toEqual([
    '0.0.0.0:0',
    '0.0.0.0:5',
    '127.0.0.1:7',
  ]);
  expect(await place.upstream('192.0.2.1:80')).toBe('192.0.2.1:80');
  const led = await place.upstream(upstream);
  expect(led).not.toBe(upstream);
  expect((await said(led, ''))[0].toString()).toBe('here');
});

test('behind published ports: one after the other, until there are none', async () => {
  const place = behindPublishedPorts({
    host: 'docker',
    inside: [8666, 8667],
    outside: (inside) => inside + 1000,
  });
  const listen = [0, 0, 0].map(() => place.listen(0));
  expect(listen).toEqual(['0.0.0.0:8666', '0.0.0.0:8667', '0.0.0.0:-1']);
  expect([place.seen(8667), await place.upstream('127.0.0.1:5')]).toEqual([
    'docker:9667',
    'host.docker.internal:5',
  ]);
  expect(await place.upstream('erp.example:5')).toBe('erp.example:5');
});
