/**
 * The real test: k6 acts as buyers, suppliers, the warehouse and accounts payable through the control
 * API, and the integration under test does the rest. Each iteration is one order's life.
 *
 *     k6 run -e SEATRIAL_LOAD_PLAN=plan.json load/k6/business.ts
 */
import exec from 'k6/execution';
import { type CalendarDate, addDays } from '../../domain/calendar-date.ts';
import { type Market, type OrderLife, orderLife } from '../business/order-life.ts';
import { ask, must } from './control.ts';
import {
  asExpected,
  begins,
  correlate,
  documents,
  healed,
  judge,
  look,
  watchedOptionsOf,
} from './measures.ts';
import { all, readMarket } from './read-market.ts';
import { readPlan } from './read-plan.ts';

const plan = readPlan();
const path = `/v1/landscapes/${plan.landscape}`;

export const options = watchedOptionsOf(plan, 'orders', 'order');

/** Whom there is to buy from, and what. */
export function setup(): Market {
  const market = readMarket(plan.landscape, 'procurement');
  begins();
  return market;
}

export function order(market: Market): void {
  const n = exec.scenario.iterationInTest;
  const { seed, mostLines, orders } = plan;
  const draft = orders?.[n];
  const life = orderLife(n, { seed, market, mostLines, ...(draft === undefined ? {} : { draft }) });
  correlate(life.correlationId);
  live(life);
}

export const lookOut = (): void => look(plan.landscape);

export function teardown(): void {
  healed(plan);
  // What was invoiced falls due weeks later, which is past the end of any load.
  const { clock } = must<{ clock: { today: CalendarDate } }>('GET', path);
  must('POST', `${path}/actions/run-payments`, { runDate: addDays(clock.today, daysToPay) });
  for (const { id } of all(`${path}/documents/erp/Payment`))
    must('POST', `${path}/actions/clear-payment`, { payment: id });
  judge(plan);
}

const daysToPay = 90;

/** The steps of one order; it ends with the first that is refused. */
function live(life: OrderLife): void {
  const { correlationId } = life;
  const act = (action: string, body: object): string | undefined =>
    perform(action, { ...body, correlationId })?.id;
  if (life.corrects !== undefined) correct(life.corrects, correlationId, act);
  const requisition = life.requested ? requested(life, act) : undefined;
  if (life.requested && requisition === undefined) return;
  const asked = requisition === undefined ? {} : { requisition };
  const issued = perform('issue-order', { ...life.draft, ...asked, correlationId });
  if (issued === undefined) return;
  const purchaseOrder = issued.id;
  const line = issued.data.lines?.[0]?.line;
  if (life.changedQuantity !== undefined) {
    const lines = [{ line, quantity: life.changedQuantity }];
    if (act('change-order', { purchaseOrder, lines }) === undefined) return;
  }
  if (life.cancelled) return void act('cancel-order', { purchaseOrder });
  if (act('acknowledge-order', { purchaseOrder }) === undefined) return;
  if (life.invoicedFirst && act('send-invoice', { purchaseOrder }) === undefined) return;
  if (!receive(life, purchaseOrder, act)) return;
  if (!life.invoicedFirst) act('send-invoice', { purchaseOrder });
}

type Act = (action: string, body: object) => string | undefined;

function correct(
  { supplier, material }: NonNullable<OrderLife['corrects']>,
  word: string,
  act: Act,
): void {
  act('change-supplier', { supplier, name: `Supplier ${word}` });
  act('change-material', { material, description: `Material ${word}`.slice(0, 40) });
}

function requested({ draft }: OrderLife, act: Act): string | undefined {
  const requisition = act('submit-requisition', draft);
  return requisition && act('approve-requisition', { requisition });
}

/** Goods come with a notice or without, and are counted again when they were counted wrong. */
function receive(life: OrderLife, purchaseOrder: string, act: Act): boolean {
  const shipNotice = life.announced ? act('ship-goods', { purchaseOrder }) : undefined;
  if (life.announced && shipNotice === undefined) return false;
  const goods = { purchaseOrder, ...(shipNotice === undefined ? {} : { shipNotice }) };
  const counted = act('receive-goods', goods);
  if (counted === undefined || !life.recounted) return counted !== undefined;
  if (act('reverse-receipt', { receiptConfirmation: counted }) === undefined) return false;
  return act('receive-goods', goods) !== undefined;
}

interface Done {
  readonly id: string;
  readonly data: { readonly lines?: readonly { readonly line: string }[] };
}

/** Waits for what the integration must bring first. The document that came of it. */
function perform(action: string, body: object): Done | undefined {
  const reply = ask('POST', `${path}/actions/${action}?wait=${plan.patience}`, body, {
    name: action,
    timeout: '600s',
    load: true,
  });
  if (!asExpected(reply, { action }, ({ status }) => status === 201)) return undefined;
  documents.add(1);
  return JSON.parse(reply.body as string) as Done;
}
