/**
 * Four times the rate that an ERP with a limit can do: what it takes it does right, the rest it refuses
 * with 503 and `Retry-After`, its memory grows by what it took and no more, and afterwards it is at once
 * as it was. Orders of many lines, so that the load generator beside it can offer so much.
 */
import autocannon from 'autocannon';
import { realSleep, stopwatch } from '../harness/clock.ts';
import { type Bench, type Figure, atLeast, atMost, reported } from './figure.ts';
import { insertRate } from './insert-rate.ts';
import { ServerProcess } from './server-process.ts';
import type { OverloadCommand, OverloadReady } from './servers/overload-server.ts';

const lines = 60;
const mostAtOnce = 128;
const connections = 512;
const mebibyte = 1024 * 1024;

export const overloadBench: Bench = async ({ short }): Promise<Figure[]> => {
  const seconds = short ? 2 : 10;
  const server = new ServerProcess<OverloadCommand, OverloadReady>('servers/overload-server.ts');
  const look = (): Promise<OverloadReady> => server.ready({ lines, mostAtOnce });
  try {
    const empty = await look();
    // Twice: the first warms up, the second is measured.
    await insertRate(empty, seconds);
    const rate = await insertRate(empty, seconds);
    const before = await look();
    const bytesPerOrder = (before.heapBytes - empty.heapBytes) / before.orders;
    const offered = await overload(before, rate * 4, seconds);
    const recoveredMs = await recovery(before);
    const after = await look();
    const stored = after.orders - before.orders;
    // The last of each connection may have been taken without its answer being waited for.
    const right = stored >= offered.taken && stored <= offered.taken + connections + probes;
    const grown = after.peakRssBytes - before.peakRssBytes - stored * bytesPerOrder;
    return [
      reported('overload-offered', offered.perSecond / rate, 'times what it can do'),
      atLeast('overload-taken', offered.taken / seconds / rate, 0.5, 'of what it can do'),
      atLeast('overload-refused', offered.refused, 1, 'requests with 503 and Retry-After'),
      atMost('overload-wrong', offered.wrong + (right ? 0 : 1), 0, 'answers'),
      atMost('overload-memory', grown / mebibyte, 256, 'MiB beside the orders it took'),
      atMost('overload-recovers', recoveredMs, 5000, 'ms'),
    ];
  } finally {
    server.stop();
  }
};

interface Offered {
  readonly perSecond: number;
  readonly taken: number;
  readonly refused: number;
  /** Neither taken nor refused as it should be. */
  readonly wrong: number;
}

function overload(target: OverloadReady, perSecond: number, seconds: number): Promise<Offered> {
  const { url, path, headers, body } = target;
  const seen = { taken: 0, refused: 0, wrong: 0 };
  return new Promise((resolve, reject) => {
    const instance = autocannon(
      {
        url: url + path,
        method: 'POST',
        headers,
        body,
        connections,
        overallRate: Math.ceil(perSecond),
        duration: seconds,
        setupClient: (client) => {
          client.on('headers', (head) => tally(head as unknown as Head, seen));
        },
      },
      (error, result) => {
        if (error) reject(error);
        else resolve({ ...seen, perSecond: result.requests.total / result.duration });
      },
    );
    instance.on('reqError', () => seen.wrong++);
  });
}

interface Head {
  readonly statusCode: number;
  readonly headers: readonly string[];
}

function tally(head: Head, seen: { taken: number; refused: number; wrong: number }): void {
  const retryAfter = head.headers.some((each) => String(each).toLowerCase() === 'retry-after');
  if (head.statusCode === 201) seen.taken++;
  else if (head.statusCode === 503 && retryAfter) seen.refused++;
  else seen.wrong++;
}

/** So many in a row must be taken. */
const probes = 20;

/** Milliseconds until it takes everything again. */
async function recovery({ url, path, headers, body }: OverloadReady): Promise<number> {
  const elapsed = stopwatch();
  let last = elapsed();
  for (let inARow = 0; inARow < probes && elapsed() < 30_000;) {
    const { status } = await fetch(url + path, { method: 'POST', headers, body });
    if (status === 201) inARow++;
    else {
      inARow = 0;
      last = elapsed();
      await realSleep(20);
    }
  }
  return last;
}
