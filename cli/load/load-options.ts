/** The plan that the options of `seatrial load` make. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { HistoryFile } from '../../harness/history-file.ts';
import { SeatrialError } from '../../harness/seatrial-error.ts';
import { type FacadeCall, type LoadPlan, type Target, planFormat } from '../../load/plan.ts';
import { type Curve, scaled, steadyCurve, within } from '../../load/volume/curve.ts';
import { curveOfDay, dayOf, readHourlyCounts } from '../../load/volume/hourly-counts.ts';
import { peakDay } from '../../load/volume/peak-day.ts';
import { recordedOrders, replayCurve } from '../../load/volume/recorded-orders.ts';
import { messageOf } from '../describe-failure.ts';
import type { KeepingOptions } from '../keeping-options.ts';
import type { Given, Segment } from './option-readers.ts';

export interface LoadOptions extends KeepingOptions {
  readonly target: Target;
  readonly integration?: string;
  readonly orders?: number;
  readonly over: number;
  readonly rate?: number;
  readonly counts?: string;
  readonly day?: string;
  readonly recorded?: string;
  readonly pace: number | 'max';
  readonly promotion: readonly Given[];
  readonly batch: readonly Given[];
  readonly outage: readonly Given[];
  readonly stage: Readonly<Record<string, number>>;
  readonly within: number;
  readonly requestWithin: number;
  readonly mostOwed?: number;
  readonly atOnce: number;
  readonly mostLines: number;
  readonly patience: number;
  readonly only?: readonly string[];
  readonly facade: readonly FacadeCall[];
  readonly systems?: Readonly<Record<string, string>>;
  readonly faults?: string;
  readonly seed?: string;
  readonly segment?: Segment;
  readonly history?: string;
  readonly report?: string;
  readonly json?: string;
  readonly k6?: string;
  readonly plan?: string;
  readonly quiet?: boolean;
}

/** Everything of the plan but what only a landscape that stands can say. */
export type DrawnPlan = Omit<LoadPlan, 'landscape'>;

/** Throws what reading counts and histories throws, and `load.invalid`. */
export function planOf(
  options: LoadOptions,
  seed: string,
  flows: readonly string[],
  cwd: string,
): DrawnPlan {
  for (const name of Object.keys(options.stage)) {
    if (flows.includes(name)) continue;
    const reason = `there is no flow "${name}"; there are ${flows.join(', ')}`;
    throw new SeatrialError({ code: 'load.invalid', task: 'set a threshold', reason });
  }
  const { arrivals, orders } = arrivalsOf(options, cwd);
  return {
    format: planFormat,
    target: options.target,
    seed,
    arrivals,
    ...(orders === undefined ? {} : { orders }),
    atOnce: options.atOnce,
    mostLines: options.mostLines,
    patience: `${Math.round(options.patience)}ms`,
    stages:
      options.target === 'simulator'
        ? {}
        : { ...Object.fromEntries(flows.map((each) => [each, options.within])), ...options.stage },
    requestMs: options.requestWithin,
    ...(options.mostOwed === undefined ? {} : { mostOwed: options.mostOwed }),
    ...onlyOf(options),
    webhookPath: '/webhooks',
    facade: options.facade,
  };
}

/** Sending events again asks nothing of the flows that come after them. */
const ofWebhooks = ['order-to-erp', 'order-to-wms'];

const onlyOf = ({ only, target }: LoadOptions): Pick<LoadPlan, 'only'> => {
  if (only !== undefined) return { only };
  return target === 'integration' ? { only: ofWebhooks } : {};
};

function arrivalsOf(options: LoadOptions, cwd: string): Pick<LoadPlan, 'arrivals' | 'orders'> {
  const { recorded, pace, orders, over, rate } = options;
  if (recorded !== undefined) {
    const asked = recordedOrders(new HistoryFile(resolve(cwd, recorded)));
    const drafts = asked.map(({ draft }) => draft);
    if (pace === 'max') return { arrivals: { fastest: asked.length }, orders: drafts };
    return { arrivals: { curve: replayCurve(asked, pace) }, orders: drafts };
  }
  if (pace === 'max') return { arrivals: { fastest: orders ?? 1000 } };
  if (rate !== undefined) return { arrivals: { curve: steadyCurve(rate, over) } };
  return { arrivals: { curve: within(dayCurve(options, cwd), over) } };
}

function dayCurve(options: LoadOptions, cwd: string): Curve {
  const { counts, day, orders, promotion, batch, outage } = options;
  if (counts === undefined) {
    return peakDay({
      ...(orders === undefined ? {} : { orders }),
      promotions: promotion.map(({ number = 2, ...hours }) => ({ ...hours, factor: number })),
      batches: batch.map(({ number = 100, ...hours }) => ({ ...hours, orders: number })),
      outages: outage.map(({ number, ...hours }) => ({
        ...hours,
        ...(number === undefined ? {} : { burst: number }),
      })),
    });
  }
  const chosen = dayOf(readHourlyCounts(textOf(resolve(cwd, counts)), counts), day);
  const curve = curveOfDay(chosen);
  const total = chosen.hours.reduce((sum, each) => sum + each, 0);
  return orders === undefined || total === 0 ? curve : scaled(curve, orders / total);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new SeatrialError({
      code: 'load.bad-counts',
      task: `read the hourly counts ${path}`,
      reason: messageOf(cause),
      cause,
    });
  }
}
