/** What exchange faults ask about the exchange they strike. */
import type { ExchangeView, Trigger } from '../../harness/fault.ts';
import type { KeyPart } from '../../harness/random.ts';
import type { Outcome } from '../../harness/wire.ts';

/** What draws are keyed by: the same for the same exchange in every run, whatever the interleaving. */
export const identityOf = (exchange: ExchangeView): readonly KeyPart[] => [
  exchange.link,
  exchange.operation,
  exchange.key ?? '',
  exchange.delivery ?? '',
  exchange.attempt,
];

/** Whether it may change business: unsafe and not about tokens, unless the user aimed at it by `on`. */
export const mayCommit = (exchange: ExchangeView, trigger: Trigger): boolean =>
  trigger.on !== undefined || (!exchange.safe && exchange.token !== true);

/** Whether the callee did what it was asked. */
export const succeeded = (outcome: Outcome): boolean =>
  outcome.kind === 'reply' && outcome.reply.status < 400;

/** Goes on with the outcome in the same turn when it is there, so that faults add no waiting of their own. */
export function whenAnswered<R>(
  outcome: Outcome | Promise<Outcome>,
  then: (outcome: Outcome) => R | Promise<R>,
): R | Promise<R> {
  return outcome instanceof Promise ? outcome.then(then) : then(outcome);
}

/** Whole seconds as `Retry-After` states them, rounded up so that nobody is asked to come too early. */
export const retryAfterSeconds = (waitMs: number): number => Math.ceil(waitMs / 1000);
