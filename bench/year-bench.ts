/**
 * A year of the published company (76,349 orders of 251,734 items) through procurement, ERP and
 * warehouse, carried by the sound integration and judged by all invariants. `year-virtual`: one process,
 * virtual time. `year-real`: the integration in another process, real time, as fast as it goes. The short
 * form does a fraction of it and says what the whole would take if it went on like that, item by item:
 * one order of hundreds of items among few would otherwise count for too many.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Bench, type Figure, atMost, reported } from './figure.ts';
import type { YearDone } from './servers/year.ts';

const year = { orders: 76_349, items: 251_734 };
const gibibyte = 1024 * 1024 * 1024;

/** Orders of the short form: enough that starting up is a small part. */
const fractions = { virtual: 150, real: 60 };

type Kind = keyof typeof fractions;

const bench =
  (kind: Kind, mostMinutes: number): Bench =>
  ({ short }): Figure[] => {
    const orders = short ? fractions[kind] : year.orders;
    const done = run(kind, orders);
    const whole = (value: number): number => (short ? (value * year.items) / done.items : value);
    const name = `year-${kind}`;
    const how = short ? `minutes, extrapolated from ${done.items} items` : 'minutes';
    const figures = [
      atMost(name, whole(done.tookMs) / 60_000, mostMinutes, how),
      reported(`${name}-orders`, (done.orders * 1000) / done.tookMs, 'orders/s'),
      reported(`${name}-commits`, whole(done.commits), 'document versions in the year'),
      atMost(`${name}-not-held`, done.verdict === 'holds' ? 0 : 1, 0, `verdict ${done.verdict}`),
    ];
    // What a start takes does not grow with the orders, so a fraction's memory says little of the whole.
    const memory = done.peakRssBytes / gibibyte;
    return [
      ...figures,
      short
        ? reported(`${name}-memory`, memory, `GiB with ${orders} orders`)
        : atMost(`${name}-memory`, memory, kind === 'real' ? 2 : 8, 'GiB'),
    ];
  };

export const yearVirtualBench = bench('virtual', 3);
export const yearRealBench = bench('real', 15);

/** In a process of its own, so that its memory is its own. Throws with what it said when it fails. */
function run(kind: Kind, orders: number): YearDone {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--max-old-space-size=12288',
      fileURLToPath(new URL('./servers/year.ts', import.meta.url)),
      kind,
      String(orders),
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (status === 0) return JSON.parse(stdout) as YearDone;
  throw new Error(`Failed to run the year: ${stderr.slice(-2000)}`);
}
