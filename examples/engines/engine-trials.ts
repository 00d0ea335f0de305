/** The same two days for every engine: a bad one, which needs a hardened sync, and a calm one, which does not. */
import {
  type Trial,
  defineTrial,
  drop,
  duplicate,
  loseResponse,
  outage,
  reject,
  reorder,
} from '../../index.ts';
import { erp, procurement, wms } from '../../simulators.ts';
import { ordersAndReceipts } from './orders-and-receipts.ts';

const common = {
  systems: { procurement: procurement(), erp: erp(), wms: wms() },
  // An engine answers before its routes have started; the sender tries again.
  webhooks: { retryScheduleMs: [200, 400, 800, 1500, 3000, 3000] },
  liveness: { deadline: '18s', settle: '8s' },
} as const;

/** 30 orders and their deliveries in twelve seconds, with everything that goes wrong on a bad day. */
export const badDay = (engine: string): Trial =>
  defineTrial({
    ...common,
    name: `${engine}: 30 purchase orders and their receipts on a bad day`,
    workload: ordersAndReceipts({ orders: 30, overMs: 13_000 }),
    faults: [
      duplicate('* -> integration', { rate: 0.2, after: '100ms' }),
      reorder('procurement -> integration', { rate: 0.6, againstKeyOrder: true, atMost: '600ms' }),
      drop('* -> integration', { rate: 0.1, redeliverAfter: '1s' }),
      drop('* -> integration', { rate: 0.08, label: 'drop for good' }),
      loseResponse('integration -> erp', { on: 'POST', rate: 0.2, atMostPerKey: 1 }),
      reject('integration -> erp', {
        on: 'createPurchaseOrder',
        error: 'businessError',
        rule: 'supplier-not-approved',
        message: 'The supplier is not approved yet.',
        rate: 0.3,
        at: '4s',
        for: '3s',
      }),
      outage('integration -> erp', { at: '8500ms', for: '1500ms' }),
    ],
  });

/** The same business without a fault: what the naive sync must hold, or it would be no test of faults. */
export const calmDay = (engine: string): Trial =>
  defineTrial({
    ...common,
    name: `${engine}: 8 purchase orders and their receipts on a day without faults`,
    workload: ordersAndReceipts({ orders: 8, overMs: 12_500, waitMs: 3_000, gapMs: 1_200 }),
    liveness: { deadline: '20s', settle: '3s' },
  });

/** Each fault alone, on a small and slow business: which of the two mends what shows in the verdicts. */
const alone = (name: string, faults: NonNullable<Trial['faults']>): Trial =>
  defineTrial({
    ...common,
    name,
    workload: ordersAndReceipts({ orders: 6, overMs: 12_000, waitMs: 3_000, gapMs: 1_200 }),
    faults,
    liveness: { deadline: '8s', settle: '4s' },
  });

export const messagesTwice = (engine: string): Trial =>
  alone(`${engine}: every message comes twice`, [
    duplicate('* -> integration', { rate: 1, after: '400ms' }),
  ]);

export const answersLost = (engine: string): Trial =>
  alone(`${engine}: answers of the ERP are lost`, [
    loseResponse('integration -> erp', { on: 'POST', rate: 0.5, atMostPerKey: 1 }),
  ]);
