/**
 * The trial of the main command: 300 purchase orders of realistic business in under half a minute, with
 * every kind of trouble that integrations meet in production.
 */
import { delay, drop, duplicate, latency, loseResponse, outage, reorder } from '../chaos/index.ts';
import type { Fault } from '../harness/fault.ts';
import { type Trial, defineTrial } from '../harness/trial.ts';
import { business, landscapeSystems } from './business.ts';

export interface RehearsalOptions {
  readonly purchaseOrders: number;
  /** Trial milliseconds in which their business shall be done. */
  readonly overMs: number;
}

export const rehearsal = ({ purchaseOrders, overMs }: RehearsalOptions): Trial =>
  defineTrial({
    name: `rehearsal: ${purchaseOrders} purchase orders on a bad day`,
    systems: landscapeSystems(),
    workload: business(purchaseOrders, overMs),
    faults: badDay(overMs),
    webhooks: { retryScheduleMs: [200, 400, 800, 1500, 3000, 3000, 5000] },
    liveness: { deadline: '15s', settle: '4s' },
  });

/** Faults on every link, scaled to how long the business takes. */
function badDay(overMs: number): Fault[] {
  return [
    duplicate('procurement -> integration', { rate: 0.05 }),
    duplicate('wms -> integration', { rate: 0.1, after: '150ms' }),
    reorder('procurement -> integration', { rate: 0.1, againstKeyOrder: true, atMost: '1s' }),
    reorder('wms -> integration', { rate: 0.1, window: 5, atMost: '1s' }),
    drop('procurement -> integration', { rate: 0.03, redeliverAfter: '1s' }),
    drop('wms -> integration', { rate: 0.05, redeliverAfter: '1500ms' }),
    delay('erp -> integration', { rate: 0.1, by: '800ms', jitter: '400ms' }),
    loseResponse('integration -> erp', { rate: 0.05, on: 'POST', atMostPerKey: 2 }),
    loseResponse('integration -> procurement', { rate: 0.03, on: 'POST', atMostPerKey: 2 }),
    outage('integration -> erp', { at: overMs * 0.4, for: overMs * 0.15 }),
    latency('integration -> erp', { rate: 0.2, latency: 60, jitter: 40 }),
    latency('integration -> wms', { rate: 0.2, latency: 60, jitter: 40 }),
  ];
}
