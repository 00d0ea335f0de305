/**
 * The integration's clock is wrong: it goes ahead of the systems' or behind them, from the exchange
 * that is struck until everything is healed. Its timers run on; only what time it is differs.
 */
import { type Duration, describeDuration, milliseconds } from '../../harness/duration.ts';
import type { ExchangeFault } from '../../harness/fault.ts';
import { type FaultOptions, exchangeFault, refuser, someTime } from '../fault-options.ts';

export interface ClockSkewOptions extends FaultOptions {
  /** How far its clock is ahead of the systems'; or `behind`, one of the two. */
  readonly ahead?: Duration;
  readonly behind?: Duration;
}

/** Sets the clock of an integration in this process, once. Throws `fault.invalid`. */
export function clockSkew(link: string, options: ClockSkewOptions): ExchangeFault {
  const head = exchangeFault('clockSkew', link, options, { ahead: someTime, behind: someTime });
  const { ahead, behind } = options;
  if ((ahead === undefined) === (behind === undefined))
    refuser('clockSkew', link)('ahead', 'be given, or behind, and not both');
  const byMs = ahead === undefined ? -milliseconds(behind as Duration) : milliseconds(ahead);
  const way = byMs > 0 ? 'ahead' : 'behind';
  return {
    ...head,
    layer: 'exchange',
    intercept: (_exchange, next, tools) => {
      const memory = tools.memory(() => ({ isSet: false }));
      if (!memory.isSet && tools.setClock(byMs)) {
        memory.isSet = true;
        tools.fired(`${describeDuration(Math.abs(byMs))} ${way}`);
      }
      return next();
    },
  };
}
