/** Exchanges a second in one process through the injected fetch: token, history and all, no network. */
import { type Bench, type Figure, atLeast } from './figure.ts';
import { fillWithOrders } from './fill-with-orders.ts';
import { insertLandscape } from './insert-landscape.ts';
import { ratesOf } from './measure.ts';
import { collectGarbage } from './memory.ts';

export const inProcessBench: Bench = async ({ short }): Promise<Figure[]> => {
  const [rounds, reads, inserts] = short ? [3, 50_000, 10_000] : [7, 200_000, 40_000];
  const s4hana = await insertLandscape('s4hana');
  await fillWithOrders(s4hana, 1000);
  const s4hanaRates = await ratesOf(rounds, inserts, (times) => fillWithOrders(s4hana, times));
  collectGarbage();
  const inserting = await insertLandscape();
  const number = await fillWithOrders(inserting, 1000);
  const insertRates = await ratesOf(rounds, inserts, (times) => fillWithOrders(inserting, times));
  collectGarbage();
  const readRates = await ratesOf(rounds, reads, async (times) => {
    for (let i = 0; i < times; i++) {
      const reply = await inserting.ask('GET', `/v1/purchase-orders/${number}`);
      if (reply.status !== 200) throw new Error(`Failed to read: ${await reply.text()}`);
    }
  });
  // Others on the machine only ever slow a round down, so the fastest is the nearest to the truth.
  return [
    atLeast('inprocess-read', Math.max(...readRates), 100_000, 'exchanges/s'),
    atLeast('plain-inprocess-insert', Math.max(...insertRates), 40_000, 'exchanges/s'),
    atLeast('inprocess-insert', Math.max(...s4hanaRates), 30_000, 'exchanges/s'),
  ];
};
