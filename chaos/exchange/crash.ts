/**
 * The integration dies and comes back: between the commit in a system and the answer, before a call got
 * through, between taking a message and acknowledging it, or right after acknowledging it. What it only
 * had in memory is gone.
 */
import { type Duration, describeDuration, milliseconds } from '../../harness/duration.ts';
import type { Crash, ExchangeFault, ExchangeTools } from '../../harness/fault.ts';
import { cut } from '../../harness/wire.ts';
import { type FaultOptions, exchangeFault, flag, oneOf, someTime } from '../fault-options.ts';
import { smaller } from '../jittered.ts';
import { mayCommit } from './struck-exchange.ts';

export interface CrashOptions extends FaultOptions {
  /**
   * On a call (`integration -> erp`): `after` the system did what it was asked and before anybody heard
   * of it (default), or `before` the call got through. On a message (`wms -> integration`): `before`
   * it is acknowledged (default), or right `after` that.
   */
  readonly when?: 'before' | 'after';
  /** How long until it is started again; default `1s`. */
  readonly down?: Duration;
  /** Whether what it stored is still there when it comes back; default yes. */
  readonly keepsStore?: boolean;
}

/**
 * Kills the integration at an exchange that may change something, and starts it again. Strikes first
 * attempts only, unless `attempt` or `atMostPerKey` says otherwise. Throws `fault.invalid`.
 */
export function crash(link: string, options: CrashOptions = {}): ExchangeFault {
  const head = exchangeFault('crash', link, options, {
    when: oneOf('before', 'after'),
    down: someTime,
    keepsStore: flag,
  });
  const toIntegration = link.endsWith(' -> integration');
  const { when = toIntegration ? 'before' : 'after', down = '1s', keepsStore = true } = options;
  const how: Crash = { downMs: milliseconds(down), keeps: keepsStore };
  const trigger =
    options.attempt === undefined ? { atMostPerKey: 1, ...head.trigger } : head.trigger;
  return {
    ...head,
    trigger,
    simpler: smaller(how.downMs).map((ms) => ({
      kind: 'crash',
      settings: { when, down: ms, keepsStore },
    })),
    layer: 'exchange',
    intercept: (exchange, next, tools) => {
      if (!mayCommit(exchange, trigger)) return next();
      const die = (): void => {
        tools.fired(`${when}, down for ${describeDuration(how.downMs)}`);
        tools.crash(how);
      };
      if (exchange.delivery !== undefined) return atMessage(when, next, die, tools);
      return atCall(when, next, die);
    },
  };
}

type Next = Parameters<ExchangeFault['intercept']>[1];

async function atCall(when: 'before' | 'after', next: Next, die: () => void) {
  if (when === 'after') await next();
  die();
  return cut('reset');
}

/** The message is handed over in either case; only whether its sender hears of it differs. */
async function atMessage(
  when: 'before' | 'after',
  next: Next,
  die: () => void,
  tools: ExchangeTools,
) {
  const taken = next();
  if (when === 'before') {
    // A process has to get the message first; one in this process has it already.
    if (tools.clock.kind === 'real') await Promise.race([taken, tools.clock.sleep(3)]);
    die();
    // Whatever it would still have said, nobody hears.
    tools.background(Promise.resolve(taken).catch(() => {}));
    return cut('reset');
  }
  const answer = await taken;
  die();
  return answer;
}
