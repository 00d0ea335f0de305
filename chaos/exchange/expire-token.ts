/**
 * Access tokens that end before their time: the identity provider restarts, a secret is rotated. The
 * caller gets a 401 in the middle of its work and has to log on again without losing any of it.
 */
import { milliseconds } from '../../harness/duration.ts';
import type { ExchangeFault } from '../../harness/fault.ts';
import { type FaultOptions, exchangeFault } from '../fault-options.ts';

export type ExpireTokenOptions = FaultOptions;

interface Expiry {
  lastAt: number;
}

/**
 * Takes back all tokens and answers 401, then lets the caller log on again. Without `rate` it does so
 * once, at the first exchange that matches, and again with every `every`; with `rate` for each
 * exchange that is drawn, at its first attempt (`atMostPerKey: 1`). Throws `fault.invalid`.
 */
export function expireToken(link: string, options: ExpireTokenOptions = {}): ExchangeFault {
  const head = exchangeFault('expireToken', link, options);
  const { rate, every } = options;
  const everyMs = every === undefined ? Number.POSITIVE_INFINITY : milliseconds(every);
  const trigger = rate === undefined ? head.trigger : { atMostPerKey: 1, ...head.trigger };
  return {
    ...head,
    trigger,
    layer: 'exchange',
    intercept: (exchange, next, tools) => {
      // A request for a token carries none that could have expired.
      if (exchange.token === true) return next();
      if (rate === undefined && !tools.addressed) {
        const now = tools.clock.now();
        const expiry = tools.memory<Expiry>(() => ({ lastAt: Number.NEGATIVE_INFINITY }));
        if (now - expiry.lastAt < everyMs) return next();
        expiry.lastAt = now;
      }
      tools.fired();
      tools.revokeTokens();
      return tools.refuse({ kind: 'expiredToken' });
    },
  };
}
