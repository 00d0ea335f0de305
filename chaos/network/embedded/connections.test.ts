/** Many connections, slow ones, encrypted ones, upgraded ones; and an end while they are open. */
import { createServer as createHttp, request } from 'node:http';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { connect as connectTls, createServer as createTls } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { realSleep } from '../../../harness/clock.ts';
import { type EmbeddedToxiproxy, startEmbeddedToxiproxy } from './embedded-toxiproxy.ts';

let server: EmbeddedToxiproxy;
const upstreams: Server[] = [];
beforeEach(async () => {
  server = await startEmbeddedToxiproxy({ seed: 'connections' });
});
afterEach(async () => {
  await server.close();
  for (const each of upstreams.splice(0)) each.close();
});

/** The port of a proxy before the upstream, with toxics. */
async function before(upstream: Server, ...toxics: object[]): Promise<number> {
  upstreams.push(upstream);
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const port = (upstream.address() as AddressInfo).port;
  const made = await fetch(`${server.url}/proxies`, {
    method: 'POST',
    body: JSON.stringify({ name: 'p', listen: '127.0.0.1:0', upstream: `127.0.0.1:${port}` }),
  });
  for (const toxic of toxics) {
    const body = JSON.stringify(toxic);
    await fetch(`${server.url}/proxies/p/toxics`, { method: 'POST', body });
  }
  return Number(((await made.json()) as { listen: string }).listen.split(':')[1]);
}

const echo = (): Server =>
  createServer((socket) => {
    socket.on('error', () => {});
    socket.pipe(socket);
  });

/** What one side writes before it is stopped, when the other does not read. */
async function writtenUntilStopped(port: number): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  const block = Buffer.alloc(1024 * 1024);
  let accepted = 0;
  const accept = (): void => {
    accepted++;
  };
  const write = (): void => {
    if (accepted < 400 && socket.write(block, accept)) write();
  };
  socket.on('drain', write);
  write();
  for (let last = -1; last !== accepted;) {
    last = accepted;
    await realSleep(150);
  }
  socket.destroy();
  return accepted;
}

test.each([
  ['no toxic', []],
  ['latency', [{ type: 'latency', stream: 'upstream', attributes: { latency: 1 } }]],
  ['slicer', [{ type: 'slicer', stream: 'upstream', attributes: { average_size: 10_000 } }]],
  ['bandwidth', [{ type: 'bandwidth', stream: 'upstream', attributes: { rate: 0 } }]],
] as const)('a reader that does not read stops the writer: %s', async (_name, toxics) => {
  const deaf = createServer((socket) => {
    socket.on('error', () => {});
    socket.pause();
  });
  expect(await writtenUntilStopped(await before(deaf, ...toxics))).toBeLessThan(100);
});

test('1,000 connections are open at once, and each gets its own', async () => {
  const port = await before(echo());
  const answers = await Promise.all(
    Array.from(
      { length: 1000 },
      (_, i) =>
        new Promise<{ text: string; socket: Socket }>((resolve, reject) => {
          const socket = connect(port, '127.0.0.1', () => socket.write(`mine is ${i}`));
          socket.on('error', reject);
          socket.once('data', (data) => resolve({ text: data.toString(), socket }));
        }),
    ),
  );
  expect(answers.map(({ text }) => text)).toEqual(answers.map((_each, i) => `mine is ${i}`));
  for (const { socket } of answers) socket.destroy();
});

test('it stops at once with connections open, also those that a toxic holds', async () => {
  const port = await before(
    echo(),
    { type: 'timeout' },
    { type: 'latency', attributes: { latency: 60_000 } },
  );
  const ends = await Promise.all(
    Array.from(
      { length: 20 },
      () =>
        new Promise<{ closed: Promise<void> }>((resolve) => {
          const socket = connect(port, '127.0.0.1', () => {
            socket.write('x');
            resolve({ closed: new Promise((done) => socket.on('close', () => done())) });
          });
          socket.on('error', () => {});
        }),
    ),
  );
  await server.close();
  await Promise.all(ends.map(({ closed }) => closed));
  await expect(fetch(server.url)).rejects.toThrow();
});

test.each([
  ['no toxic', []],
  ['slow_close', [{ type: 'slow_close', stream: 'upstream', attributes: { delay: 30 } }]],
] as const)('half-open sockets are let go on both sides: %s', async (_name, toxics) => {
  const upstreamEnds: Promise<void>[] = [];
  // Neither side ever ends because the other did.
  const halfOpen = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    socket.write('here');
    upstreamEnds.push(new Promise((done) => socket.on('end', () => done()).resume()));
  });
  const port = await before(halfOpen, ...toxics);
  const closed = Array.from(
    { length: 50 },
    () =>
      new Promise<void>((done) => {
        const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
        socket.on('error', () => {});
        socket.once('data', () => socket.end());
        socket.on('close', () => done());
      }),
  );
  await Promise.all(closed);
  expect(upstreamEnds).toHaveLength(50);
  await Promise.all(upstreamEnds);
});

test('TLS passes through', async () => {
  const psk = { psk: Buffer.from('00112233445566778899aabbccddeeff', 'hex'), identity: 'x' };
  const ciphers = 'PSK-AES128-GCM-SHA256';
  const options = { ciphers, maxVersion: 'TLSv1.2' } as const;
  const secure = createTls({ ...options, pskCallback: () => psk.psk }, (socket) => {
    socket.pipe(socket);
  });
  const port = await before(secure, { type: 'slicer', attributes: { average_size: 7 } });
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connectTls({
      ...options,
      port,
      host: '127.0.0.1',
      pskCallback: () => psk,
      checkServerIdentity: () => undefined,
    });
    socket.on('error', reject);
    socket.on('secureConnect', () => socket.write('a secret'));
    let text = '';
    socket.on('data', (data) => {
      text += data.toString();
      if (text.length < 8) return;
      socket.destroy();
      resolve(text);
    });
  });
  expect(answer).toBe('a secret');
});

test('an upgraded connection is left alone, also by toxics that see requests', async () => {
  const upstream = createHttp();
  upstream.on('upgrade', (_incoming, socket) => {
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n',
    );
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  const port = await before(upstream, { type: 'http_reject', attributes: { path: '/other' } });
  const answer = await new Promise<string>((resolve, reject) => {
    const outgoing = request({
      port,
      host: '127.0.0.1',
      headers: { connection: 'Upgrade', upgrade: 'echo' },
    });
    outgoing.on('error', reject);
    outgoing.on('upgrade', (_incoming, socket) => {
      socket.on('data', (data: Buffer) => {
        resolve(data.toString());
        socket.destroy();
      });
      socket.write('GET /other HTTP/1.1\r\n\r\n');
    });
    outgoing.end();
  });
  expect(answer).toBe('GET /other HTTP/1.1\r\n\r\n');
});

test('what a client sends before upstream is connected is not lost', async () => {
  const port = await before(echo());
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.write('early');
    socket.once('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
  });
  expect(answer).toBe('early');
});
