/**
 * The integration's own endpoints: bursts of webhooks, signed as Standard Webhooks wants it, and calls
 * of its façade. The webhooks are true ones: some orders are issued, and their events are sent again
 * and again, as a sender does that never hears an answer. Nothing may come of them twice.
 */
import crypto from 'k6/crypto';
import encoding from 'k6/encoding';
import exec from 'k6/execution';
import http from 'k6/http';
import { orderDraft } from '../business/order-life.ts';
import { must } from './control.ts';
import {
  asExpected,
  begins,
  correlate,
  healed,
  judge,
  look,
  watchedOptionsOf,
} from './measures.ts';
import { readMarket } from './read-market.ts';
import { readPlan } from './read-plan.ts';
import { landscapeView, session, systemOf } from './systems.ts';

const plan = readPlan();
const integration = __ENV['SEATRIAL_INTEGRATION_URL'] ?? 'http://127.0.0.1:8080';
/** Orders whose events are sent. */
const orders = 20;

export const options = {
  ...watchedOptionsOf(plan, 'webhooks', 'burst'),
  setupTimeout: '120s',
};

interface CloudEvent {
  readonly id: string;
  readonly correlationid: string;
}

interface Data {
  readonly secret: string;
  readonly events: readonly CloudEvent[];
}

/** Issues the orders, waits until the integration has carried them, and reads the events from the feed. */
export function setup(): Data {
  const { landscape, seed, mostLines, patience } = plan;
  const path = `/v1/landscapes/${landscape}`;
  const market = readMarket(landscape, 'procurement');
  for (let n = 0; n < orders; n++) {
    const draft = orderDraft(n, { seed, market, mostLines });
    must('POST', `${path}/actions/issue-order`, { ...draft, correlationId: `${seed}-${n}` });
  }
  must('GET', `${path}/owed?wait=${patience}`, undefined, '600s');
  const view = landscapeView(landscape);
  const { url, basePath, ...procurement } = systemOf(view, 'procurement');
  const headers = session({ url, basePath, ...procurement });
  const feed = http.get(`${url}${basePath}/events?limit=200`, {
    headers,
    tags: { name: 'events', part: 'bookkeeping' },
  });
  const { items } = feed.json() as unknown as { items: CloudEvent[] };
  begins();
  return { secret: view.webhookSecret, events: items };
}

export function burst({ secret, events }: Data): void {
  const n = exec.scenario.iterationInTest;
  const event = events[n % events.length];
  if (event === undefined) throw new Error('The feed of procurement has no events to send.');
  correlate(event.correlationid);
  const body = JSON.stringify(event);
  const sent = http.post(`${integration}${plan.webhookPath}/procurement`, body, {
    headers: { ...signed(secret, event.id, body), 'x-correlation-id': event.correlationid },
    tags: { name: 'webhook', part: 'load' },
  });
  asExpected(
    sent,
    { action: 'webhook', named: 'webhook taken' },
    ({ status }) => status >= 200 && status < 300,
  );
  const call = plan.facade[n % Math.max(1, plan.facade.length)];
  if (call !== undefined) callFacade(call, event.correlationid);
}

export const lookOut = (): void => look(plan.landscape);

export function teardown(): void {
  healed(plan);
  judge(plan);
}

function signed(secret: string, id: string, body: string): Record<string, string> {
  const at = Math.floor(Date.now() / 1000);
  const key = encoding.b64decode(secret.replace(/^whsec_/, ''), 'std');
  const mac = crypto.hmac('sha256', key, `${id}.${at}.${body}`, 'base64');
  return {
    'content-type': 'application/cloudevents+json',
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': `v1,${mac}`,
  };
}

function callFacade(
  { method, path, body, status }: (typeof plan.facade)[number],
  id: string,
): void {
  const name = `${method} ${path}`;
  const answered = http.request(
    method,
    `${integration}${path}`,
    body === undefined ? null : JSON.stringify(body),
    {
      headers: { 'content-type': 'application/json', 'x-correlation-id': id },
      tags: { name, part: 'load' },
    },
  );
  const expected = (given: number): boolean =>
    status === undefined ? given >= 200 && given < 400 : given === status;
  asExpected(answered, { action: name, named: 'façade answered' }, (each) => expected(each.status));
}
