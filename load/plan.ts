/**
 * All that a run of k6 is told, as one JSON file: the curve, where the landscape is controlled, how fast
 * is fast enough. Written by `seatrial load`, read by the scripts in `k6/`; anybody may write one.
 */
import type { OrderDraft } from './business/order-life.ts';
import { type Curve, lastsMs, volumeOf } from './volume/curve.ts';

export const planFormat = 1;

/** What the scripts say when all is prepared and the first arrivals come. */
export const loadBegins = 'seatrial: the load begins';

export type Target = 'business' | 'integration' | 'simulator';

export interface LoadPlan {
  readonly format: typeof planFormat;
  readonly target: Target;
  /** Decides what the n-th order is. */
  readonly seed: string;
  /** Arrivals over time; or as fast as it goes, so many in all. */
  readonly arrivals: { readonly curve: Curve } | { readonly fastest: number };
  /** Most iterations at a time (k6's VUs); what does not fit in is dropped and counted. */
  readonly atOnce: number;
  readonly mostLines: number;
  /** What was ordered, when a history is replayed; the n-th arrival orders the n-th of them. */
  readonly orders?: readonly OrderDraft[];
  /** Real time that one step waits for what the integration must bring first, and the end for quiet. */
  readonly patience: string;
  /** Milliseconds, for the 95th of 100 arrivals of each flow. */
  readonly stages: Readonly<Record<string, number>>;
  /** Milliseconds, for the 95th of 100 requests of k6 itself. */
  readonly requestMs: number;
  /** Most that may be owed at any time; default any. */
  readonly mostOwed?: number;
  /** Invariants that the verdict is about; default all. */
  readonly only?: readonly string[];
  readonly landscape: string;
  readonly webhookPath: string;
  /** Calls of the integration's own, beside the webhooks. */
  readonly facade: readonly FacadeCall[];
}

export interface FacadeCall {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** Default: any below 400. */
  readonly status?: number;
}

/** Rates are whole numbers for k6; per so long a time nothing that matters is rounded away. */
const timeUnit = '1000s';
const perTimeUnit = 1000;

/** A scenario's executor as k6 wants it, with the name of the exported function. */
export function executorOf({ arrivals, atOnce, patience }: LoadPlan, exec: string): object {
  if ('fastest' in arrivals) {
    return {
      executor: 'shared-iterations',
      exec,
      vus: Math.min(atOnce, arrivals.fastest),
      iterations: arrivals.fastest,
      maxDuration: '24h',
      gracefulStop: patience,
    };
  }
  const { curve } = arrivals;
  return {
    executor: 'ramping-arrival-rate',
    exec,
    timeUnit,
    startRate: rateOf(curve[0]?.perSecond ?? 0),
    // One that must be made while the load runs comes too late for its iteration.
    preAllocatedVUs: atOnce,
    maxVUs: atOnce,
    gracefulStop: patience,
    // A step is a ramp of no time to the next rate, and then a stretch at it.
    stages: curve.flatMap(({ fromMs, toMs, perSecond }) => [
      { duration: '0s', target: rateOf(perSecond) },
      { duration: `${Math.round(toMs) - Math.round(fromMs)}ms`, target: rateOf(perSecond) },
    ]),
  };
}

const rateOf = (perSecond: number): number => Math.round(perSecond * perTimeUnit);

/** Arrivals that the plan asks for. */
export const askedOf = ({ arrivals }: LoadPlan): number =>
  'fastest' in arrivals ? arrivals.fastest : volumeOf(arrivals.curve);

/** How long they take to come, when the plan says so. */
export const plannedMs = ({ arrivals }: LoadPlan): number | undefined =>
  'fastest' in arrivals ? undefined : lastsMs(arrivals.curve);
