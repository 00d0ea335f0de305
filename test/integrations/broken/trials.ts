/** The trials of the corpus: for each bug the one that brings it out, a good day, and a bad one. */
import {
  type Trial,
  crash,
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
import type { Bug } from './bug.ts';
import { brokenIntegration, corpus } from './corpus.ts';
import { coupa, erp, procurement, s4hana, wms } from '../../../simulators.ts';

type Fault = NonNullable<Trial['faults']>[number];

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

/** Longer than the integration waits for a message of Coupa before it looks for itself. */
const usualSettle = { plain: '8s', vendors: '14s' } as const;

export interface TrialSize {
  readonly purchaseOrders?: number;
  readonly over?: `${number}s`;
  readonly dialects?: Dialects;
  /** How many times as often the rare faults of a bad day strike, so that each does in a small one. */
  readonly often?: number;
}

function trialOf(name: string, faults: readonly Fault[], size: TrialSize, bug?: Bug): Trial {
  const { dialects = 'plain' } = size;
  const asked = size.purchaseOrders ?? bug?.purchaseOrders ?? 20;
  const purchaseOrders = Math.max(asked, bug?.leastOrders ?? 0);
  const { over = usualSpan[dialects] } = size;
  const shares = bug?.shares;
  return defineTrial({
    name,
    systems: bug?.systems ?? landscapes[dialects],
    workload: procureToPay({
      purchaseOrders,
      over,
      mostLines: 5,
      ...(shares === undefined ? {} : { shares }),
    }),
    faults,
    liveness: { deadline: bug?.deadline ?? '60s', settle: bug?.settle ?? usualSettle[dialects] },
  });
}

/** By the broken integration's name: its faults, and the invariants that may name it. */
export const expectations: Readonly<Record<string, Pick<Bug, 'faults' | 'caughtBy'>>> =
  Object.fromEntries(corpus.map((bug) => [bug.name, bug]));

/** The trial for a broken integration, with its faults on. */
export function trialFor(name: string, size: TrialSize = {}): Trial {
  const bug = brokenIntegration(name);
  const more = size.dialects === 'vendors' ? (ofVendors[name] ?? []) : [];
  return trialOf(name, [...bug.faults, ...more], size, bug);
}

/** The same business on a good day: what no integration of the corpus fails, unless it says why. */
export const goodDay = (size: TrialSize = {}, bug?: Bug): Trial =>
  trialOf('good day', [], size, bug);

/** Everything at once: what the sound integration must hold. */
export const badDay = ({ often = 1, ...size }: TrialSize = {}): Trial =>
  trialOf(
    'bad day',
    [
      duplicate('* -> integration', { rate: 0.1 }),
      reorder('* -> integration', { window: 5, rate: 0.1 }),
      delay('* -> integration', { rate: 0.1, by: '2s' }),
      drop('* -> integration', { rate: 0.05 }),
      stale('* -> integration', { rate: 0.1 }),
      loseResponse('integration -> *', { rate: 0.1 }),
      lateCommit('integration -> *', { rate: 0.03 * often, after: '1s' }),
      latency('integration -> *', { latency: 50, jitter: 30 }),
      throttle('integration -> erp', { rate: 0.02 * often, retryAfter: '1s' }),
      expireToken('integration -> erp', { at: '4s' }),
      outage('integration -> erp', { at: '6s', for: '2s' }),
      staleRead('integration -> *', { rate: 0.05 * often, age: '2s' }),
      reject('integration -> erp', { error: 'unavailable', rate: 0.03 * often }),
      outage('integration -> erp', {
        rate: 0.1,
        answer: 'unavailable',
        retryAfter: '1s',
        label: 'half down',
      }),
      crash('integration -> *', { rate: 0.01 }),
      crash('* -> integration', { rate: 0.01, when: 'after' }),
    ],
    size,
  );
