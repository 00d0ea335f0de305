/** A rate limit: 429 with Retry-After, by share of the requests or beyond so many a second. */
import { type Duration, milliseconds } from '../../harness/duration.ts';
import type { ExchangeFault, ExchangeTools } from '../../harness/fault.ts';
import {
  type FaultOptions,
  aboveZero,
  duration,
  exchangeFault,
  refuser,
} from '../fault-options.ts';
import { retryAfterSeconds } from './struck-exchange.ts';

export interface ThrottleOptions extends FaultOptions {
  /**
   * A budget of so many requests for each second of trial time, all of a second's at once at most.
   * The budget depends on when requests come; only in virtual time does it strike the same again.
   */
  readonly requestsPerSecond?: number;
  /** What the answer asks for, in whole seconds; default `1s`. */
  readonly retryAfter?: Duration;
}

interface Budget {
  left: number;
  at: number;
}

/** Takes either `requestsPerSecond` or `rate`. Throws `fault.invalid`. */
export function throttle(link: string, options: ThrottleOptions): ExchangeFault {
  const head = exchangeFault('throttle', link, options, {
    requestsPerSecond: aboveZero,
    retryAfter: duration,
  });
  const { requestsPerSecond, rate, retryAfter = '1s' } = options;
  if ((requestsPerSecond === undefined) === (rate === undefined)) {
    refuser('throttle', link)('requestsPerSecond', 'be given, or rate, and not both');
  }
  const waitSeconds = retryAfterSeconds(milliseconds(retryAfter));
  return {
    ...head,
    simpler: waitSeconds > 1 ? [{ kind: 'throttle', settings: { rate: 1, retryAfter: '1s' } }] : [],
    layer: 'exchange',
    intercept: (_exchange, next, tools) => {
      const limited = requestsPerSecond !== undefined && !tools.addressed;
      if (limited && spend(requestsPerSecond, tools)) return next();
      tools.fired(`retry after ${waitSeconds} s`);
      return tools.refuse({ kind: 'throttled', retryAfterSeconds: waitSeconds });
    },
  };
}

/** Takes one request out of the budget, which grows evenly with time; false when nothing is left. */
function spend(perSecond: number, { clock, memory }: ExchangeTools): boolean {
  const most = Math.max(1, perSecond);
  const budget = memory<Budget>(() => ({ left: most, at: clock.now() }));
  const now = clock.now();
  budget.left = Math.min(most, budget.left + ((now - budget.at) / 1000) * perSecond);
  budget.at = now;
  if (budget.left < 1) return false;
  budget.left -= 1;
  return true;
}
