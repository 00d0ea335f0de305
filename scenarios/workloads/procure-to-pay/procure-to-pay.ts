/**
 * Procure-to-pay as a workload: orders of a realistic mix, and the people and partners who carry each
 * of them from requisition to payment. What happens to the n-th order depends on the seed and n only.
 */
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { instantOf } from '../../../domain/calendar-date.ts';
import { type Duration, milliseconds } from '../../../harness/duration.ts';
import type { Excerpt } from '../../../harness/excerpt.ts';
import { SeatrialError } from '../../../harness/seatrial-error.ts';
import type { Stage, Workload, WorkloadRun } from '../../../harness/workload.ts';
import { procureToPayFlows, withoutFields } from '../../flows/index.ts';
import { procureToPayInvariants } from '../../invariants/index.ts';
import { documentStates } from '../../invariants/status-moves.ts';
import { narrateProcureToPay } from '../../narrate.ts';
import { Desk } from './desk.ts';
import { divisibleOrders, excerpted, noMasterData, oftenShares } from './excerpted.ts';
import { GlAccountant } from './gl-accountant.ts';
import { Market } from './market.ts';
import { MasterDataSteward } from './master-data-steward.ts';
import { OrderStory } from './order-story.ts';
import { Pace } from './pace.ts';
import { PaymentRun } from './payment-run.ts';
import { createPeriod } from './period.ts';
import { type PlanOptions, type Shares, planOrder } from './plan-order.ts';

export interface ProcureToPayOptions {
  readonly purchaseOrders: number;
  /**
   * Trial time in which all of it shall be done, about: business days shrink, and the long tail of
   * durations is bent (see `Pace`). Left out, a business day is a day: for virtual clocks.
   */
  readonly over?: Duration;
  /** Business days that `over` stands for (default 45); without `over`, days in which orders come (30). */
  readonly businessDays?: number;
  /** First business date; default 2026-03-16, so that orders meet a month's end. */
  readonly firstDay?: string;
  /** Least trial time between two steps of one order that depend on each other. Default 150 ms. */
  readonly minimumGapMs?: number;
  /** Items of an order at most; default 20 (published: 429). */
  readonly mostLines?: number;
  /** Shipments of a line at most; default 3. */
  readonly mostShipments?: number;
  /** Small changes of a line at most; default 2. */
  readonly mostChanges?: number;
  /** Other shares than the published ones, of what is rare; between 0 and 1. */
  readonly shares?: Shares;
  /**
   * Fields that the integration does not carry, and need not, as violations name them:
   * `lines[].storageLocation`, or `order-to-erp/lines[].storageLocation` in one flow alone.
   */
  readonly notCarried?: readonly string[];
}

/**
 * Business of procure-to-pay for systems named `procurement`, `erp` and `wms`. Throws `workload.invalid`,
 * `flow.unknown-field`.
 */
export function procureToPay(options: ProcureToPayOptions): Workload {
  return workloadOf(options, {});
}

function workloadOf(options: ProcureToPayOptions, excerpt: Excerpt): Workload {
  const { purchaseOrders, firstDay = '2026-03-16', minimumGapMs = 150 } = options;
  checkOptions(options);
  const pace = new Pace(options);
  const { mostLines = 20, mostShipments = 3, mostChanges = 2 } = options;
  const period = createPeriod(firstDay as CalendarDate, pace.orderingDays);
  const plans: PlanOptions = {
    period,
    mostLines,
    mostShipments,
    mostChanges,
    shares: { ...oftenShares(excerpt), ...options.shares },
  };
  const flows = withoutFields(procureToPayFlows, options.notCarried ?? []);
  return {
    name: 'procure-to-pay',
    calendar: { businessDayMs: pace.businessDayMs, firstDay: instantOf(firstDay as CalendarDate) },
    ...(options.over === undefined ? {} : { durationMs: milliseconds(options.over, 'over') }),
    flows,
    invariants: procureToPayInvariants(flows),
    narrate: narrateProcureToPay,
    states: documentStates(),
    divisible: divisibleOrders(purchaseOrders, plans, (less) => workloadOf(options, less)),
    start: (stage) => start(stage, { purchaseOrders, minimumGapMs, pace, plans, excerpt }),
  };
}

function checkOptions({ purchaseOrders, shares = {} }: ProcureToPayOptions): void {
  const refuse = (reason: string, hint: string): never => {
    throw new SeatrialError({
      code: 'workload.invalid',
      task: 'plan procure-to-pay',
      reason,
      hint,
    });
  };
  if (!Number.isSafeInteger(purchaseOrders) || purchaseOrders < 1) {
    refuse(
      `purchaseOrders is ${String(purchaseOrders)}`,
      'Give a whole number of orders, at least 1.',
    );
  }
  for (const [name, share] of Object.entries(shares)) {
    if (!(typeof share === 'number' && share >= 0 && share <= 1))
      refuse(`shares.${name} is ${String(share)}`, 'Give a number from 0 to 1.');
  }
}

interface Settings {
  readonly purchaseOrders: number;
  readonly minimumGapMs: number;
  readonly pace: Pace;
  readonly plans: PlanOptions;
  readonly excerpt: Excerpt;
}

function start(
  stage: Stage,
  { purchaseOrders, minimumGapMs, pace, plans, excerpt }: Settings,
): WorkloadRun {
  const desk = new Desk(stage, minimumGapMs);
  const market = new Market(desk);
  const payments = new PaymentRun(desk, market, plans.shares?.paymentReturned);
  const story = new OrderStory(desk, market, pace);
  const random = stage.world.random.fork('procure-to-pay');
  const all = arrivalsOf(random, purchaseOrders, plans);
  const arrivals = all.filter(({ index }) => excerpt.parts?.includes(index) ?? true);
  const startedAt = desk.now;
  let begun = 0;
  const isBusy = (): boolean =>
    begun < arrivals.length || desk.pending().length > 0 || payments.pending().length > 0;
  const next = (): void => {
    const arrival = arrivals[begun];
    if (arrival === undefined) return;
    desk.quietly(Math.max(0, startedAt + arrival.createdAt * pace.businessDayMs - desk.now), () => {
      begun++;
      story.begin(excerpted(planOrder(random, arrival.index, plans), excerpt));
      next();
    });
  };
  new GlAccountant(desk, isBusy).start();
  const orderingMs = (all.at(-1)?.createdAt ?? 0) * pace.businessDayMs;
  const pieces = excerpt.plain?.includes(noMasterData) === true ? 0 : purchaseOrders / 25;
  if (pieces > 0) new MasterDataSteward(desk, market, orderingMs).start(Math.ceil(pieces));
  next();
  return {
    pending: () => {
      const orders = { what: 'orders to come', count: arrivals.length - begun };
      return [...(orders.count > 0 ? [orders] : []), ...desk.pending(), ...payments.pending()];
    },
    get started() {
      return begun === arrivals.length;
    },
    stop: () => desk.stop(),
  };
}

/** Which order comes when, earliest first: one number each, so that a million of them fit. */
function arrivalsOf(
  random: Parameters<typeof planOrder>[0],
  count: number,
  { period }: PlanOptions,
): { readonly index: number; readonly createdAt: number }[] {
  return Array.from({ length: count }, (_, index) => ({
    index,
    createdAt: period?.at(random.draw('created', index)) ?? 0,
  })).sort((a, b) => a.createdAt - b.createdAt || a.index - b.index);
}
