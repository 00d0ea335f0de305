/** Load on a TCP address from a process of its own: requests one after the other on each connection. */
import { type Socket, connect } from 'node:net';
import { stopwatch } from '../../harness/clock.ts';

export interface ProxyLoadCommand {
  readonly port: number;
  readonly busy: number;
  /** Connections that are open and say nothing. */
  readonly idle: number;
  readonly forMs: number;
}

export interface ProxyLoadDone {
  readonly perSecond: number;
  readonly medianMs: number;
}

const requestBytes = Buffer.from(
  `POST /v1/purchase-orders HTTP/1.1\r\nHost: erp\r\nContent-Length: 600\r\n\r\n${'x'.repeat(600)}`,
);
/** As much as the upstream of the bench answers. */
export const answerBytes = Buffer.from(
  `HTTP/1.1 201 Created\r\nContent-Length: 400\r\n\r\n${'y'.repeat(400)}`,
);

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.on('error', reject);
  });

async function load({ port, busy, idle, forMs }: ProxyLoadCommand): Promise<ProxyLoadDone> {
  const silent: Socket[] = [];
  for (let i = 0; i < idle; i++) silent.push(await open(port));
  const sockets = await Promise.all(Array.from({ length: busy }, () => open(port)));
  const times: number[] = [];
  const elapsed = stopwatch();
  await Promise.all(sockets.map((socket) => ask(socket, elapsed, forMs, times)));
  const perSecond = (times.length / elapsed()) * 1000;
  for (const socket of [...silent, ...sockets]) socket.destroy();
  times.sort((a, b) => a - b);
  return { perSecond, medianMs: times[times.length >> 1] ?? Number.NaN };
}

const ask = (
  socket: Socket,
  elapsed: () => number,
  forMs: number,
  times: number[],
): Promise<void> =>
  new Promise((resolve) => {
    let [began, got] = [elapsed(), 0];
    socket.on('data', (data) => {
      got += data.length;
      if (got < answerBytes.length) return;
      const now = elapsed();
      times.push(now - began);
      if (now >= forMs) return resolve();
      began = now;
      got = 0;
      socket.write(requestBytes);
    });
    socket.write(requestBytes);
  });

if (process.send !== undefined) {
  process.on('message', (command: ProxyLoadCommand) => {
    void (async () => process.send?.(await load(command)))();
  });
}
