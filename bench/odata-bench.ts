/**
 * What reading costs on the S/4HANA wire: `$metadata`, a page of 50 orders and a filtered list against
 * a deep insert; and whether a filter by supplier or by change time looks at all orders, told by the
 * same filter over ten times as many.
 */
import { timestamp } from '../domain/calendar-date.ts';
import { stopwatch } from '../harness/clock.ts';
import { type Bench, type Figure, atMost } from './figure.ts';
import { fillWithOrders } from './fill-with-orders.ts';
import { type InsertLandscape, insertLandscape } from './insert-landscape.ts';
import { collectGarbage } from './memory.ts';

const service = '/sap/opu/odata/sap/API_PURCHASEORDER_PROCESS_SRV';
const orders = `${service}/A_PurchaseOrder`;

/** Orders of one supplier, and orders that changed last: as many in a small set as in a large one. */
const rare = 50;

interface Filled {
  readonly inserting: InsertLandscape;
  readonly bySupplier: string;
  readonly byChange: string;
}

/** So many orders of one supplier; then a few of another one, which are the last to change. */
async function filledWith(count: number): Promise<Filled> {
  const inserting = await insertLandscape('s4hana');
  await fillWithOrders(inserting, count - rare);
  const common = (JSON.parse(inserting.nextOrder()) as { Supplier: string }).Supplier;
  const data = await inserting.ask('GET', '/sap/opu/odata/sap/API_BUSINESS_PARTNER/A_Supplier');
  const { d } = (await data.json()) as {
    d: { results: { Supplier: string; PurchasingIsBlocked: boolean }[] };
  };
  const other = d.results.find((each) => each.Supplier !== common && !each.PurchasingIsBlocked);
  const at = await lastChange(inserting);
  const ofOther: InsertLandscape = {
    ...inserting,
    nextOrder: () => inserting.nextOrder().replace(`"${common}"`, `"${other?.Supplier}"`),
  };
  await fillWithOrders(ofOther, rare);
  const filter = (text: string): string =>
    `${orders}?$top=${rare}&$filter=${encodeURIComponent(text)}`;
  return {
    inserting,
    bySupplier: filter(`Supplier eq '${other?.Supplier}'`),
    byChange: filter(`LastChangeDateTime ge datetimeoffset'${at}'`),
  };
}

/** The change time of the last order, a millisecond later: the clock has to reach it first. */
async function lastChange({ ask }: InsertLandscape): Promise<string> {
  const answer = await ask('GET', `${orders}?$top=1&$orderby=PurchaseOrder%20desc`);
  const { d } = (await answer.json()) as { d: { results: { LastChangeDateTime: string }[] } };
  const ms = Number(/\d+/.exec(d.results[0]?.LastChangeDateTime ?? '')?.[0]);
  const elapsedMs = stopwatch();
  while (elapsedMs() < 5);
  return timestamp(ms + 1);
}

async function get({ ask }: InsertLandscape, target: string): Promise<void> {
  const answer = await ask('GET', target);
  if (answer.status !== 200) throw new Error(`Failed to read: ${await answer.text()}`);
  await answer.text();
}

/** Milliseconds of one go, the least of several rounds: others on the machine only slow it down. */
async function leastMs(
  rounds: number,
  times: number,
  work: () => Promise<unknown>,
): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const elapsedMs = stopwatch();
    for (let i = 0; i < times; i++) await work();
    least = Math.min(least, elapsedMs() / times);
  }
  return least;
}

export const odataBench: Bench = async ({ short }): Promise<Figure[]> => {
  const [rounds, times, most] = short ? [3, 50, 10_000] : [9, 300, 100_000];
  const few = await filledWith(most / 10);
  const many = await filledWith(most);
  collectGarbage();
  const time = ({ inserting }: Filled, target: string): Promise<number> =>
    leastMs(rounds, times, () => get(inserting, target));
  const growths: number[] = [];
  for (const filter of ['bySupplier', 'byChange'] as const) {
    growths.push((await time(many, many[filter])) / (await time(few, few[filter])));
  }
  const metadata = await time(few, `${service}/$metadata`);
  const page = await time(few, `${orders}?$top=50`);
  const filtered = Math.max(await time(many, many.bySupplier), await time(many, many.byChange));
  const insert = await leastMs(rounds, times, () => fillWithOrders(few.inserting, 1));
  return [
    atMost('metadata-cost', metadata / insert, 3, "of an insert's time"),
    atMost('page-of-50-cost', page / insert, 3, "of an insert's time"),
    atMost('filtered-list-cost', filtered / insert, 3, "of an insert's time"),
    atMost('filter-growth', Math.max(...growths), 1.5, 'times as long for 10 times the orders'),
  ];
};
