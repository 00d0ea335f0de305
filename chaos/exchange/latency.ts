/**
 * A slow way there and back, with Toxiproxy's names. Half of the delay lies before the callee acts
 * and half after it, as on a real path: so requests can overtake each other, and answers come late.
 */
import type { ExchangeFault } from '../../harness/fault.ts';
import { type FaultOptions, amountMs, exchangeFault, oneOf, refuser } from '../fault-options.ts';
import { jitteredMs, smaller } from '../jittered.ts';
import { identityOf } from './struck-exchange.ts';

export interface LatencyOptions extends FaultOptions {
  /** Milliseconds of trial time, for the whole exchange. */
  readonly latency: number;
  /** Up to so many milliseconds more or less, drawn for each exchange; default 0. */
  readonly jitter?: number;
  /**
   * Where it is spent: `upstream` before the callee acts, `downstream` after it (Toxiproxy's
   * default), or half and half (`both`, the default here).
   */
  readonly stream?: 'upstream' | 'downstream' | 'both';
}

/** Makes exchanges slow. Throws `fault.invalid`. */
export function latency(link: string, options: LatencyOptions): ExchangeFault {
  const head = exchangeFault('latency', link, options, {
    latency: amountMs,
    jitter: amountMs,
    stream: oneOf('upstream', 'downstream', 'both'),
  });
  if (options.latency === undefined) refuser('latency', link)('latency', 'be given');
  const { latency: middleMs, jitter: jitterMs = 0, stream = 'both' } = options;
  return {
    ...head,
    simpler: smaller(middleMs).map((ms) => ({
      kind: 'latency',
      settings: { latency: ms, jitter: 0, stream },
    })),
    layer: 'exchange',
    intercept: (exchange, next, { clock, random, fired }) => {
      const totalMs = jitteredMs(middleMs, jitterMs, random, ...identityOf(exchange));
      if (totalMs === 0) return next();
      fired(`${totalMs} ms`, jitterMs === 0 ? undefined : { latency: totalMs, jitter: 0, stream });
      const shares = { upstream: 1, downstream: 0, both: 0.5 } as const;
      const beforeMs = Math.floor(totalMs * shares[stream]);
      return (async () => {
        if (beforeMs > 0) await clock.sleep(beforeMs);
        const outcome = await next();
        if (totalMs > beforeMs) await clock.sleep(totalMs - beforeMs);
        return outcome;
      })();
    },
  };
}
