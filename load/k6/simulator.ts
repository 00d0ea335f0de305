/**
 * The instrument's own limit: k6 inserts purchase orders into the simulated ERP as a client does, with
 * token and, for S/4HANA, CSRF token and cookies, and reads each again.
 */
import exec from 'k6/execution';
import http from 'k6/http';
import { type CalendarDate, addDays } from '../../domain/calendar-date.ts';
import { type BodyOptions, orderBodies, s4hanaOrders } from '../business/order-bodies.ts';
import { type Market, orderDraft } from '../business/order-life.ts';
import { must } from './control.ts';
import { asExpected, begins, correlate, documents, optionsOf } from './measures.ts';
import { readMarket } from './read-market.ts';
import { readPlan } from './read-plan.ts';
import { type SystemView, csrf, landscapeView, session, systemOf } from './systems.ts';

const plan = readPlan();

export const options = optionsOf(plan, 'inserts', 'insert');

interface Data {
  readonly market: Market;
  readonly erp: SystemView;
  readonly today: CalendarDate;
}

export function setup(): Data {
  const path = `/v1/landscapes/${plan.landscape}`;
  const { clock } = must<{ clock: { today: CalendarDate } }>('GET', path);
  const erp = systemOf(landscapeView(plan.landscape), 'erp');
  const market = readMarket(plan.landscape, 'erp');
  begins();
  return { market, erp, today: clock.today };
}

/** Of this VU; begun with its first order. */
let headers: Record<string, string> | undefined;

export function insert({ market, erp, today }: Data): void {
  const n = exec.scenario.iterationInTest;
  const { seed, mostLines, orders } = plan;
  const draft = orders?.[n] ?? orderDraft(n, { seed, market, mostLines });
  const correlationId = `${seed}-${n}`;
  correlate(correlationId);
  headers ??= loggedIn(erp);
  const request = orderBodies[erp.dialect]?.({ draft, reference: `PO-${n}`, ...where(today) });
  if (request === undefined) throw new Error(`No order is known for the dialect ${erp.dialect}.`);
  const written = http.post(`${erp.url}${request.path}`, JSON.stringify(request.body), {
    headers: { ...headers, 'x-correlation-id': correlationId },
    tags: { name: 'insert', part: 'load' },
  });
  const inserted = asExpected(
    written,
    { action: 'insert', named: 'inserted' },
    ({ status }) => status === 201,
  );
  if (!inserted) return;
  documents.add(1);
  const number = String(request.numberOf(written.json()));
  const read = http.get(addressOf(erp, request.path, number), {
    headers: { ...headers, 'x-correlation-id': correlationId },
    tags: { name: 'read', part: 'load' },
  });
  const same = ({ status, body }: typeof read): boolean =>
    status === 200 && String(body).includes(`"PO-${n}"`);
  asExpected(read, { action: 'read', named: 'read again' }, same);
}

function loggedIn(erp: SystemView): Record<string, string> {
  const plain = session(erp);
  return erp.dialect === 's4hana' ? { ...plain, ...csrf(erp, s4hanaOrders, plain) } : plain;
}

const addressOf = ({ url, dialect }: SystemView, path: string, number: string): string =>
  dialect === 's4hana' ? `${url}${path}('${number}')` : `${url}${path}/${number}`;

const where = (
  today: CalendarDate,
): Pick<BodyOptions, 'today' | 'deliveryDate' | 'plant' | 'companyCode'> => ({
  today,
  deliveryDate: addDays(today, 14),
  plant: '1010',
  companyCode: '1000',
});
