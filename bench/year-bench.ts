/**
 * A year of the published company (76,349 orders of 251,734 items) through procurement, ERP and
 * warehouse, carried by the sound integration and judged by all invariants. `year-virtual`: one process,
 * virtual time. `year-real`: the integration in another process, real time, at a pace that two cores keep
 * up with. The short form does a piece that is made up like the year and says what the whole would take if
 * it went on like that.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Bench, type Figure, atMost, reported } from './figure.ts';
import type { YearDone } from './servers/year.ts';

const year = { orders: 76_349, items: 251_734 };
const gibibyte = 1024 * 1024 * 1024;

/**
 * The short form: so many orders of a seed whose first ones have as many items as the year's in the mean
 * (3.3), and as long ones (the squares of their items, which is what long orders cost, are 56 for each item,
 * 3.3 and 55.6 here). The first orders of any seed have one of hundreds of items, or none.
 */
const piece = { orders: 300, seed: 'year-1150' };

type Kind = 'virtual' | 'real';

/** What a run in real time has to wait for once, however long it is: the last goods, invoices and payments. */
const lastWaitMs = 20_000;

const bench =
  (kind: Kind, mostMinutes: number): Bench =>
  ({ short }): Figure[] => {
    const done = short ? run(kind, piece.orders, piece.seed) : run(kind, year.orders, 'year');
    const whole = (value: number): number => (short ? (value * year.items) / done.items : value);
    const name = `year-${kind}`;
    const how = short ? `minutes, extrapolated from ${done.items} items` : 'minutes';
    const onceMs = Math.min(done.tailMs, lastWaitMs);
    const tookMs = whole(done.tookMs - onceMs) + onceMs;
    const cpuMs = done.landscape.cpuMs + done.integration.cpuMs;
    return [
      atMost(name, tookMs / 60_000, mostMinutes, how),
      reported(`${name}-cpu`, whole(cpuMs) / 60_000, 'CPU minutes of both processes'),
      reported(`${name}-orders`, (done.orders * 1000) / (done.tookMs - onceMs), 'orders/s'),
      reported(`${name}-commits`, whole(done.commits), 'document versions in the year'),
      atMost(`${name}-not-held`, done.verdict === 'holds' ? 0 : 1, 0, `verdict ${done.verdict}`),
      ...memory(name, done, short, kind === 'real' ? 2 : 8),
    ];
  };

/** Of both processes. What a start takes does not grow with the orders, so a piece's says little of the whole. */
function memory(name: string, done: YearDone, short: boolean, most: number): Figure[] {
  const bytes = done.landscape.peakRssBytes + done.integration.peakRssBytes;
  const unit = short ? `GiB with ${done.orders} orders` : 'GiB';
  const of = `${name}-memory`;
  return [short ? reported(of, bytes / gibibyte, unit) : atMost(of, bytes / gibibyte, most, unit)];
}

export const yearVirtualBench = bench('virtual', 3);
export const yearRealBench = bench('real', 15);

/** In a process of its own, so that its memory is its own. Throws with what it said when it fails. */
function run(kind: Kind, orders: number, seed: string): YearDone {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--max-old-space-size=12288',
      fileURLToPath(new URL('./servers/year.ts', import.meta.url)),
      kind,
      String(orders),
      seed,
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (status === 0) return JSON.parse(stdout) as YearDone;
  throw new Error(`Failed to run the year: ${stderr.slice(-2000)}`);
}
