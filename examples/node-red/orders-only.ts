/**
 * Business of purchase orders alone: a buyer issues them, changes his mind about some, and takes a
 * few back. What happens to the n-th order depends on the seed and n only.
 */
import {
  type TrialOptions,
  businessErrorsNotRetried,
  flowInvariants,
  idempotencyKeyBoundToPayload,
  narrateProcureToPay,
  orderToErp,
  retryBudget,
  safeRetryAfterUnknownOutcome,
} from '../../index.ts';
import { decimal } from '../../domain/decimal.ts';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { actorContext } from '../../harness/world.ts';
import type { ProcurementCore } from '../../simulators/procurement/procurement-core.ts';

type Workload = TrialOptions['workload'];
type Stage = Parameters<Workload['start']>[0];

export interface OrdersOnlyOptions {
  readonly orders: number;
  /** Trial milliseconds from the first order to the last change, about. */
  readonly overMs: number;
  /** Between an order and its first change; default 2,500 ms. */
  readonly waitMs?: number;
  /** Between the two changes of an order that is changed twice; default 250 ms. */
  readonly gapMs?: number;
}

/** Software under test may still be warming up when it begins to listen. */
const quietMs = 500;

export const ordersOnly = ({
  orders,
  overMs,
  waitMs = 2500,
  gapMs = 250,
}: OrdersOnlyOptions): Workload => ({
  name: 'orders-only',
  durationMs: overMs,
  flows: [orderToErp],
  invariants: [
    ...flowInvariants([orderToErp]),
    safeRetryAfterUnknownOutcome(),
    idempotencyKeyBoundToPayload(),
    businessErrorsNotRetried(),
    retryBudget(),
  ],
  narrate: narrateProcureToPay,
  start: (stage) => {
    const buyer = new Buyer(stage);
    const orderingMs = overMs - quietMs - waitMs - gapMs;
    for (let index = 0; index < orders; index++) {
      buyer.plan(index, quietMs + (orderingMs * index) / orders, { waitMs, gapMs });
    }
    return {
      pending: () =>
        buyer.actionsLeft > 0 ? [{ what: 'actions of the buyer', count: buyer.actionsLeft }] : [],
      get started() {
        return buyer.issued === orders;
      },
      stop: () => buyer.stop(),
    };
  },
});

class Buyer {
  actionsLeft = 0;
  issued = 0;
  readonly #stage: Stage;
  readonly #core: ProcurementCore;
  #stopped = false;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#core = stage.system('procurement').core as ProcurementCore;
  }

  /** The whole story of one order: of five, two are changed twice in a row, one once, and some are cancelled. */
  plan(index: number, atMs: number, { waitMs, gapMs }: { waitMs: number; gapMs: number }): void {
    const { orders } = this.#core;
    let number = '';
    this.#later(atMs, index, 'issue order', (context) => {
      number = orders.issue(this.#draft(index), context).number;
      this.issued++;
      return number;
    });
    const change = (afterMs: number, action: string, what: object): void =>
      this.#later(atMs + afterMs, index, action, (context) => {
        orders.change(number, { lines: [{ line: '1', ...what }] }, context);
        return number;
      });
    if (index % 5 < 3) change(waitMs, 'change quantity', { quantity: decimal(200 + index) });
    if (index % 5 < 2) change(waitMs + gapMs, 'change price', { netPrice: decimal(50 + index) });
    if (index % 10 === 9) {
      this.#later(atMs + waitMs, index, 'cancel order', (context) => {
        orders.cancel(number, context);
        return number;
      });
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  #draft(index: number) {
    const { random, calendar } = this.#stage.world;
    const { suppliers, materials, settings } = this.#core;
    const [supplier, plant] = [
      random.pick(
        [...suppliers.documents.values()].filter(({ blocked }) => !blocked),
        'supplier',
        index,
      ),
      random.pick(settings.plants, 'plant', index),
    ];
    const bought = [...materials.documents.values()].filter(({ deleted }) => !deleted);
    const line = (place: number) => ({
      material: random.pick(bought, 'material', index, place).number,
      quantity: decimal(random.integer(1, 100, 'quantity', index, place)),
      netPrice: decimal(random.integer(1, 40, 'price', index, place)),
      plant: plant.code,
      deliveryDate: calendar.today() as CalendarDate,
    });
    return {
      companyCode: plant.companyCode,
      supplier: supplier.number,
      currency: 'EUR',
      lines: Array.from({ length: random.integer(1, 3, 'lines', index) }, (_, i) => line(i)),
    };
  }

  #later(
    delayMs: number,
    index: number,
    action: string,
    act: (context: ReturnType<typeof actorContext>) => string,
  ): void {
    const { world } = this.#stage;
    const actor = 'buyer';
    this.actionsLeft++;
    world.clock.after(delayMs, () => {
      if (this.#stopped) return;
      this.actionsLeft--;
      const context = actorContext(world, actor, `order ${index}`);
      const key = this.#stage.system('procurement').store.transaction(context, () => act(context));
      const at = world.clock.now();
      world.history.append({ type: 'actor.acted', at, actor, action, system: 'procurement', key });
    });
  }
}
