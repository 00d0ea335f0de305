/**
 * The trial that brings each bug of the corpus out: the faults that trigger it, and which invariants
 * may name it. One list, used by the tests and by the bench.
 */
import {
  type Trial,
  defineTrial,
  delay,
  drop,
  duplicate,
  expireToken,
  lateCommit,
  latency,
  loseResponse,
  outage,
  procureToPay,
  reject,
  reorder,
  stale,
  staleRead,
  throttle,
} from '../../../index.ts';
import { coupa, erp, procurement, s4hana, wms } from '../../../simulators.ts';

type Fault = NonNullable<Trial['faults']>[number];

export interface Expectation {
  readonly faults: readonly Fault[];
  /** The violated invariants whose name ends so are the ones meant. */
  readonly caughtBy: readonly string[];
}

const lostAnswers = [
  loseResponse('integration -> erp', { rate: 0.3, on: 'POST', atMostPerKey: 1 }),
];
const refusals = [
  reject('integration -> erp', {
    error: 'businessError',
    rate: 0.2,
    on: 'postSupplierInvoice',
  }),
];

/** By the broken integration's name. */
export const expectations: Readonly<Record<string, Expectation>> = {
  'retry-without-key': { faults: lostAnswers, caughtBy: ['no-duplicates', 'received-once'] },
  'new-key-each-attempt': { faults: lostAnswers, caughtBy: ['no-duplicates', 'received-once'] },
  'check-then-insert-race': {
    faults: [
      duplicate('* -> integration', { rate: 0.3, after: '20ms' }),
      latency('integration -> *', { latency: 60, jitter: 20 }),
    ],
    caughtBy: ['no-duplicates', 'received-once'],
  },
  'redelivery-applied-again': {
    faults: [duplicate('* -> integration', { rate: 0.3, after: '300ms' })],
    caughtBy: ['no-duplicates', 'received-once'],
  },
  'forgets-on-failure': {
    faults: [outage('integration -> erp', { at: '2s', for: '5s' })],
    caughtBy: ['nothing-lost'],
  },
  'older-overwrites-newer': {
    faults: [
      stale('procurement -> integration', { rate: 0.5, after: '400ms' }),
      reorder('procurement -> integration', { againstKeyOrder: true, rate: 0.5 }),
    ],
    caughtBy: ['no-stale-overwrite', 'fields-agree'],
  },
  'child-before-parent-dropped': {
    faults: [delay('procurement -> integration', { on: 'PurchaseOrder', rate: 0.5, by: '3s' })],
    caughtBy: ['nothing-lost'],
  },
  'retry-after-ignored': {
    faults: [throttle('integration -> erp', { rate: 0.1, retryAfter: '2s' })],
    caughtBy: ['throttling-respected'],
  },
  'refusal-retried-for-ever': {
    faults: refusals,
    caughtBy: ['business-errors-not-retried'],
  },
  'poison-blocks-the-queue': { faults: refusals, caughtBy: ['nothing-lost'] },
  'expired-token-is-final': {
    faults: [expireToken('integration -> erp', { at: '3s', every: '2s', for: '1s' })],
    caughtBy: ['nothing-lost'],
  },
  'lease-expires': {
    faults: [latency('integration -> erp', { on: 'POST', rate: 0.3, latency: 4000 })],
    caughtBy: ['no-duplicates', 'received-once'],
  },
};

/** Who the systems are: the fakes' own plain wire, or vendors' wires over the same cores. */
export type Dialects = 'plain' | 'vendors';

const landscapes = {
  plain: { procurement: procurement(), erp: erp(), wms: wms() },
  vendors: { procurement: coupa(), erp: s4hana(), wms: wms() },
};

/** Events of a vendor carry keys, so that what may be old is the read that follows. */
const ofVendors: Readonly<Record<string, readonly Fault[]>> = {
  'older-overwrites-newer': [staleRead('integration -> procurement', { rate: 0.5, age: '2s' })],
};

/** Coupa takes 25 requests a second, so that the same business needs more time to be carried. */
const usualSpan = { plain: '12s', vendors: '80s' } as const;

export interface TrialSize {
  readonly purchaseOrders?: number;
  readonly over?: `${number}s`;
  readonly dialects?: Dialects;
}

function trialOf(name: string, faults: readonly Fault[], size: TrialSize): Trial {
  const { dialects = 'plain', purchaseOrders = 20, over = usualSpan[dialects] } = size;
  return defineTrial({
    name,
    systems: landscapes[dialects],
    workload: procureToPay({ purchaseOrders, over, mostLines: 5 }),
    faults,
    liveness: { deadline: '60s', settle: '8s' },
  });
}

/** The trial for a broken integration, with its faults on. */
export const trialFor = (name: string, size: TrialSize = {}): Trial =>
  trialOf(
    name,
    [
      ...(expectations[name]?.faults ?? []),
      ...((size.dialects === 'vendors' ? ofVendors[name] : undefined) ?? []),
    ],
    size,
  );

/** The same business on a good day: what no integration of the corpus fails. */
export const goodDay = (size: TrialSize = {}): Trial => trialOf('good day', [], size);

/** Everything at once: what the sound integration must hold. */
export const badDay = (size: TrialSize = {}): Trial =>
  trialOf(
    'bad day',
    [
      duplicate('* -> integration', { rate: 0.1 }),
      reorder('* -> integration', { window: 5, rate: 0.1 }),
      delay('* -> integration', { rate: 0.1, by: '2s' }),
      drop('* -> integration', { rate: 0.05 }),
      stale('* -> integration', { rate: 0.1 }),
      loseResponse('integration -> *', { rate: 0.1 }),
      lateCommit('integration -> *', { rate: 0.03, after: '1s' }),
      latency('integration -> *', { latency: 50, jitter: 30 }),
      throttle('integration -> erp', { rate: 0.02, retryAfter: '1s' }),
      expireToken('integration -> erp', { at: '4s' }),
      outage('integration -> erp', { at: '6s', for: '2s' }),
      staleRead('integration -> *', { rate: 0.05, age: '2s' }),
      reject('integration -> erp', { error: 'unavailable', rate: 0.03 }),
    ],
    size,
  );
