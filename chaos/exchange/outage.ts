/** A callee that is away for a while: nobody listens, or a proxy in front says 503. */
import { type Duration, milliseconds } from '../../harness/duration.ts';
import type { ExchangeFault } from '../../harness/fault.ts';
import { cut } from '../../harness/wire.ts';
import { type FaultOptions, duration, exchangeFault, oneOf, refuser } from '../fault-options.ts';
import { retryAfterSeconds } from './struck-exchange.ts';

export interface OutageOptions extends FaultOptions {
  /** What callers see: a refused connection (default) or 503. */
  readonly answer?: 'refused' | 'unavailable';
  /** What a 503 asks for; default nothing. */
  readonly retryAfter?: Duration;
}

/**
 * Nothing gets through from `at` (default the beginning) `for` so long (default until healing).
 * Throws `fault.invalid`.
 */
export function outage(link: string, options: OutageOptions = {}): ExchangeFault {
  const head = exchangeFault('outage', link, options, {
    answer: oneOf('refused', 'unavailable'),
    retryAfter: duration,
  });
  const { answer = 'refused', retryAfter } = options;
  if (retryAfter !== undefined && answer !== 'unavailable') {
    refuser('outage', link)('retryAfter', 'go with answer "unavailable"');
  }
  const wait =
    retryAfter === undefined
      ? {}
      : { retryAfterSeconds: retryAfterSeconds(milliseconds(retryAfter)) };
  return {
    ...head,
    layer: 'exchange',
    intercept: (_exchange, _next, tools) => {
      tools.fired(answer);
      return answer === 'refused' ? cut('refused') : tools.refuse({ kind: 'unavailable', ...wait });
    },
  };
}
