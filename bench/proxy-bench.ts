/**
 * Requests through the embedded Toxiproxy against the real one and against no proxy: how many a second,
 * and what the proxy adds to each. All three take turns in one run, because the machine may be shared.
 */
import { connect } from 'node:net';
import { type ToxiproxyServer, openToxiproxy } from '../chaos/network/toxiproxy-server.ts';
import { realSleep } from '../harness/clock.ts';
import { type Bench, type Figure, atLeast, atMost, reported } from './figure.ts';
import { median } from './measure.ts';
import { ServerProcess } from './server-process.ts';
import type { EmbeddedProxyReady } from './servers/embedded-proxy.ts';
import type { ProxyLoadCommand, ProxyLoadDone } from './servers/proxy-load.ts';

const megabyte = 1024 * 1024;

interface Ports {
  readonly none: number;
  readonly embedded: number;
  readonly real: number;
}

type Load = ServerProcess<ProxyLoadCommand, ProxyLoadDone>;

/** Without a real one there is nothing to compare with, and the bench says so. */
export const proxyBench: Bench = async (effort): Promise<Figure[]> => {
  const upstream = new ServerProcess<object, { port: number }>('servers/proxy-upstream.ts');
  const embedded = new ServerProcess<object, EmbeddedProxyReady>('servers/embedded-proxy.ts');
  const load: Load = new ServerProcess('servers/proxy-load.ts');
  let real: ToxiproxyServer | undefined;
  try {
    const { port } = await upstream.ready({});
    const { url } = await embedded.ready({});
    real = await openToxiproxy({ toxiproxy: 'binary', seed: 'bench' });
    const ports = {
      none: port,
      embedded: await proxyBefore(url, 'bench', port),
      real: await proxyBefore(real.url, 'bench', port),
    };
    return [
      ...(await compared(load, ports, effort.short)),
      ...(await memoryOf(url, port, embedded, effort.short)),
    ];
  } finally {
    upstream.stop();
    embedded.stop();
    load.stop();
    await real?.close();
  }
};

async function compared(load: Load, ports: Ports, short: boolean): Promise<Figure[]> {
  const [rounds, forMs] = short ? [3, 500] : [9, 2000];
  const many = await rated(load, ports, rounds, { busy: 50, idle: 0, forMs });
  const alone = await rated(load, ports, rounds, { busy: 1, idle: 0, forMs });
  const crowd = await rated(load, ports, rounds, { busy: 100, idle: 1000, forMs });
  return [
    atLeast('proxy-throughput', ratio(many), 1, 'of the real one'),
    atMost('proxy-latency', added(alone), 1, 'of what the real one adds'),
    atLeast('proxy-throughput-crowd', ratio(crowd), 1, 'of the real one'),
    reported('proxy-requests', rate(many, 'embedded'), 'requests/s'),
    reported('proxy-requests-real', rate(many, 'real'), 'requests/s'),
    reported('proxy-requests-none', rate(many, 'none'), 'requests/s'),
    reported('proxy-added', delay(alone, 'embedded') * 1000, 'us'),
    reported('proxy-added-real', delay(alone, 'real') * 1000, 'us'),
  ];
}

type Round = Record<keyof Ports, ProxyLoadDone>;

/** Rounds in which each has its turn, in another order each time. */
async function rated(
  load: Load,
  ports: Ports,
  rounds: number,
  command: Omit<ProxyLoadCommand, 'port'>,
): Promise<Round[]> {
  const done: Round[] = [];
  const order: (keyof Ports)[] = ['none', 'embedded', 'real'];
  for (let round = 0; round <= rounds; round++) {
    const each: Partial<Round> = {};
    for (const which of order) each[which] = await load.ready({ ...command, port: ports[which] });
    order.push(order.shift() as keyof Ports);
    // The first round warms up.
    if (round > 0) done.push(each as Round);
  }
  return done;
}

const ratio = (rounds: readonly Round[]): number =>
  median(rounds.map(({ embedded, real }) => embedded.perSecond / real.perSecond));
const rate = (rounds: readonly Round[], which: keyof Ports): number =>
  median(rounds.map((each) => each[which].perSecond));
const delay = (rounds: readonly Round[], which: keyof Ports): number =>
  median(rounds.map((each) => each[which].medianMs - each.none.medianMs));
const added = (rounds: readonly Round[]): number =>
  median(
    rounds.map(
      ({ none, embedded, real }) =>
        (embedded.medianMs - none.medianMs) / (real.medianMs - none.medianMs),
    ),
  );

/** How much the server's memory grows while a lot goes through a `bandwidth` toxic. */
async function memoryOf(
  url: string,
  upstream: number,
  embedded: ServerProcess<object, EmbeddedProxyReady>,
  short: boolean,
): Promise<Figure[]> {
  const bytes = (short ? 128 : 1024) * megabyte;
  const port = await proxyBefore(url, 'bandwidth', upstream, {
    type: 'bandwidth',
    stream: 'upstream',
    attributes: { rate: 200_000 },
  });
  const memory: number[] = [];
  const sent = send(port, bytes);
  const progress = { sending: true };
  const watched = sent.finally(() => {
    progress.sending = false;
  });
  // Buffers find their size in the beginning; what counts is that it stays.
  await realSleep(500);
  while (progress.sending) {
    memory.push((await embedded.ready({})).rssBytes);
    await realSleep(200);
  }
  await watched;
  const grown = Math.max(...memory) - (memory[0] ?? 0);
  return [atMost('proxy-memory', grown / megabyte, 64, `MiB more over ${bytes / megabyte} MiB`)];
}

const send = (port: number, bytes: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const block = Buffer.alloc(megabyte);
    let left = bytes / megabyte;
    const socket = connect(port, '127.0.0.1');
    const write = (): void => {
      while (left > 0) {
        left--;
        if (!socket.write(block)) return;
      }
      socket.end();
    };
    socket.on('drain', write);
    socket.on('connect', write);
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.resume();
  });

async function proxyBefore(
  url: string,
  name: string,
  upstream: number,
  toxic?: object,
): Promise<number> {
  const post = async (path: string, body: object): Promise<{ listen?: string }> => {
    const reply = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
    return (await reply.json()) as { listen?: string };
  };
  const made = await post('/proxies', {
    name,
    listen: '127.0.0.1:0',
    upstream: `127.0.0.1:${upstream}`,
  });
  if (toxic !== undefined) await post(`/proxies/${name}/toxics`, toxic);
  return Number(made.listen?.split(':').at(-1));
}
