/**
 * Committed, then cut: the callee did what it was asked and the caller never hears of it. The fault
 * behind most duplicate orders and receipts.
 */
import type { ExchangeFault } from '../../harness/fault.ts';
import { cut } from '../../harness/wire.ts';
import { type FaultOptions, exchangeFault, oneOf } from '../fault-options.ts';
import { mayCommit, succeeded, whenAnswered } from './struck-exchange.ts';

export interface LoseResponseOptions extends FaultOptions {
  /** What the caller sees: a connection that breaks (default) or silence. */
  readonly how?: 'reset' | 'timeout';
}

/**
 * Loses answers to what was done. Strikes requests that may change something; `on` aims it at
 * others, too. An error answer gets through. Throws `fault.invalid`.
 */
export function loseResponse(link: string, options: LoseResponseOptions = {}): ExchangeFault {
  const head = exchangeFault('loseResponse', link, options, { how: oneOf('reset', 'timeout') });
  const { how = 'reset' } = options;
  return {
    ...head,
    simpler: how === 'timeout' ? [{ kind: 'loseResponse', settings: {} }] : [],
    layer: 'exchange',
    intercept: (exchange, next, tools) => {
      if (!mayCommit(exchange, head.trigger)) return next();
      return whenAnswered(next(), (outcome) => {
        if (!succeeded(outcome)) return outcome;
        tools.fired(how);
        return cut(how);
      });
    },
  };
}
