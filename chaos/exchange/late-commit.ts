/**
 * Answered first, committed later: a gateway gives up while the system behind it goes on. A caller
 * that retries or looks at once finds nothing, and then there are two.
 */
import type { Clock } from '../../harness/clock.ts';
import { type Duration, describeDuration, milliseconds } from '../../harness/duration.ts';
import type { ExchangeFault } from '../../harness/fault.ts';
import { cut } from '../../harness/wire.ts';
import { type FaultOptions, exchangeFault, oneOf, refuser, someTime } from '../fault-options.ts';
import { smaller } from '../jittered.ts';
import { mayCommit } from './struck-exchange.ts';

export interface LateCommitOptions extends FaultOptions {
  /** How long after its answer the request is done (or refused after all). */
  readonly after: Duration;
  /** What the caller sees: silence (default), or the gateway's 504 in the callee's words. */
  readonly answer?: 'timeout' | 'gatewayTimeout';
}

/**
 * Lets requests be done after their callers gave up. Strikes requests that may change something;
 * `on` aims it at others, too. The trial waits for what is still to be done. Throws `fault.invalid`.
 */
export function lateCommit(link: string, options: LateCommitOptions): ExchangeFault {
  const head = exchangeFault('lateCommit', link, options, {
    after: someTime,
    answer: oneOf('timeout', 'gatewayTimeout'),
  });
  if (options.after === undefined) refuser('lateCommit', link)('after', 'be given');
  const afterMs = milliseconds(options.after);
  const { answer = 'timeout' } = options;
  return {
    ...head,
    simpler: [
      { kind: 'loseResponse', settings: {} },
      ...smaller(afterMs).map((ms) => ({ kind: 'lateCommit', settings: { after: ms, answer } })),
    ],
    layer: 'exchange',
    intercept: (exchange, next, tools) => {
      if (!mayCommit(exchange, head.trigger)) return next();
      tools.fired(`${answer}, done ${describeDuration(afterMs)} later`);
      tools.background(doneLater(tools.clock, afterMs, next));
      return answer === 'timeout' ? cut('timeout') : tools.refuse({ kind: 'gatewayTimeout' });
    },
  };
}

async function doneLater(clock: Clock, afterMs: number, next: () => unknown): Promise<void> {
  await clock.sleep(afterMs);
  await next();
}
