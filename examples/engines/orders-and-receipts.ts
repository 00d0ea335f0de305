/**
 * Business for a purchase-order and receipt sync: a buyer issues orders, changes his mind about some
 * and takes a few back; what was ordered comes in two deliveries, which the warehouse counts. What
 * happens to the n-th order depends on the seed and n only.
 */
import {
  type TrialOptions,
  businessErrorsNotRetried,
  flowInvariants,
  idempotencyKeyBoundToPayload,
  narrateProcureToPay,
  orderToErp,
  quantitiesConserved,
  receiptToErp,
  receivedOnce,
  retryBudget,
  safeRetryAfterUnknownOutcome,
} from '../../index.ts';
import { Actors } from './actors.ts';

type Workload = TrialOptions['workload'];

export interface OrdersAndReceiptsOptions {
  readonly orders: number;
  /** Trial milliseconds from the first order to the last delivery, about. */
  readonly overMs: number;
  /** Between an order, its first change, its first delivery and its second one; default 2,000 ms. */
  readonly waitMs?: number;
  /** Between the two changes of an order that is changed twice; default 250 ms. */
  readonly gapMs?: number;
}

/** Software under test may still be warming up when it begins to listen. */
const quietMs = 500;
/** The first order comes so much before the others: an engine compiles a route when it runs first. */
const aloneMs = 2000;

const flows = [orderToErp, receiptToErp];

export const ordersAndReceipts = ({
  orders,
  overMs,
  waitMs = 2000,
  gapMs = 250,
}: OrdersAndReceiptsOptions): Workload => ({
  name: 'orders-and-receipts',
  durationMs: overMs,
  flows,
  invariants: [
    ...flowInvariants(flows),
    receivedOnce('erp', 'MaterialDocument'),
    quantitiesConserved('erp', 'MaterialDocument'),
    safeRetryAfterUnknownOutcome(),
    idempotencyKeyBoundToPayload(),
    businessErrorsNotRetried(),
    retryBudget(),
  ],
  narrate: narrateProcureToPay,
  start: (stage) => {
    const actors = new Actors(stage);
    const orderingMs = overMs - quietMs - aloneMs - 3 * waitMs;
    actors.plan(0, quietMs, { waitMs, gapMs });
    for (let index = 1; index < orders; index++) {
      actors.plan(index, quietMs + aloneMs + (orderingMs * index) / orders, { waitMs, gapMs });
    }
    return {
      pending: () =>
        actors.left > 0 ? [{ what: 'actions of buyer and warehouse', count: actors.left }] : [],
      get started() {
        return actors.issued === orders;
      },
      stop: () => actors.stop(),
    };
  },
});
