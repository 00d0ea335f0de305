/** Reads answered from a replica that lags behind: what was just written is not there yet. */
import { type Duration, describeDuration, milliseconds } from '../../harness/duration.ts';
import type { ExchangeFault } from '../../harness/fault.ts';
import type { Outcome } from '../../harness/wire.ts';
import { type FaultOptions, exchangeFault, refuser, someTime } from '../fault-options.ts';
import { succeeded, whenAnswered } from './struck-exchange.ts';

export interface StaleReadOptions extends FaultOptions {
  /** How old the answer is. */
  readonly age: Duration;
}

/**
 * Answers safe requests as of an earlier time. Recorded as fired only when that made a difference.
 * Throws `fault.invalid`.
 */
export function staleRead(link: string, options: StaleReadOptions): ExchangeFault {
  const head = exchangeFault('staleRead', link, options, { age: someTime });
  if (options.age === undefined) refuser('staleRead', link)('age', 'be given');
  const ageMs = milliseconds(options.age);
  return {
    ...head,
    layer: 'exchange',
    intercept: (exchange, next, tools) => {
      if (!exchange.safe) return next();
      return whenAnswered(next(), (current) => {
        if (!succeeded(current)) return current;
        return whenAnswered(tools.answerAsOf(ageMs), (older) => {
          if (same(current, older)) return current;
          tools.fired(`${describeDuration(ageMs)} old`);
          return older;
        });
      });
    },
  };
}

/** Whether two answers say the same; headers may count requests or tell the time. */
function same(a: Outcome, b: Outcome): boolean {
  if (a.kind !== 'reply' || b.kind !== 'reply') return a.kind === b.kind;
  return a.reply.status === b.reply.status && a.reply.body === b.reply.body;
}
