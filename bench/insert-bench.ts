/**
 * Inserts of a 3-line order over HTTP into an ERP, history on (S/4HANA with CSRF token and cookies): against a bare `node:http` that
 * parses and answers as much, and with many orders stored against few. Servers run in processes of
 * their own, and the two sides of a ratio take turns, because the machine may be shared.
 */
import { type Bench, type Figure, atLeast, reported } from './figure.ts';
import type { Wire } from './insert-landscape.ts';
import { type InsertTarget, insertRate } from './insert-rate.ts';
import { median } from './measure.ts';
import { ServerProcess } from './server-process.ts';
import type { BareServerCommand, BareServerReady } from './servers/bare-server.ts';
import type { ErpServerCommand, ErpServerReady } from './servers/erp-server.ts';

const erpServer = (): ServerProcess<ErpServerCommand, ErpServerReady> =>
  new ServerProcess('servers/erp-server.ts');

const httpInsertBenchOf =
  (wire: Wire, prefix: string, leastRatio: number): Bench =>
  async ({ short }): Promise<Figure[]> => {
    const [rounds, seconds] = short ? [3, 1] : [7, 3];
    const erp = erpServer();
    const bare = new ServerProcess<BareServerCommand, BareServerReady>('servers/bare-server.ts');
    try {
      const filled = await erp.ready({ orders: 1000, wire });
      const { url } = await bare.ready({ replyBytes: filled.replyBytes });
      const rates = await takeTurns(rounds, seconds, filled, { ...filled, url });
      return [
        atLeast(`${prefix}http-insert-ratio`, ratioOf(rates), leastRatio, 'of bare node:http'),
        reported(`${prefix}http-insert-rate`, median(rates.map(([own]) => own)), 'orders/s'),
      ];
    } finally {
      erp.stop();
      bare.stop();
    }
  };

/** The figure that is asked of S/4HANA; the plain wire's own stands beside it. */
export const httpInsertBench = httpInsertBenchOf('s4hana', '', 0.65);
export const plainHttpInsertBench = httpInsertBenchOf('plain', 'plain-', 0.5);

export const insertGrowthBench: Bench = async ({ short }): Promise<Figure[]> => {
  const [rounds, seconds] = short ? [3, 1] : [7, 3];
  const many = erpServer();
  const few = erpServer();
  try {
    const full = await many.ready({ orders: short ? 100_000 : 1_000_000 });
    // Few must stay few: what a round adds is let go before the next.
    const refilled = (): Promise<ErpServerReady> => few.ready({ orders: 1000 });
    const rates = await takeTurns(rounds, seconds, full, refilled);
    return [
      atLeast('insert-growth', ratioOf(rates), 0.9, 'of the rate with 1,000 stored'),
      reported('bytes-per-order', full.bytesPerOrder, 'bytes'),
    ];
  } finally {
    many.stop();
    few.stop();
  }
};

type Rates = readonly (readonly [own: number, other: number])[];
type Side = InsertTarget | (() => Promise<InsertTarget> | InsertTarget);

/** Measures both sides one after the other, several times; the first round only warms up. */
async function takeTurns(rounds: number, seconds: number, own: Side, other: Side): Promise<Rates> {
  const rates: (readonly [number, number])[] = [];
  for (let round = 0; round <= rounds; round++) {
    const pair = [await rateOf(own, seconds), await rateOf(other, seconds)] as const;
    if (round > 0) rates.push(pair);
  }
  return rates;
}

const rateOf = async (side: Side, seconds: number): Promise<number> =>
  insertRate(typeof side === 'function' ? await side() : side, seconds);

const ratioOf = (rates: Rates): number => median(rates.map(([own, other]) => own / other));
