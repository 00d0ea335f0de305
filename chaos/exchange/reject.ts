/**
 * A refusal in the callee's own words before anything was done: transient ones that a retry gets
 * over, and the business error that no retry ever will.
 */
import { type Duration, milliseconds } from '../../harness/duration.ts';
import type { ExchangeFault } from '../../harness/fault.ts';
import type { EdgeRefusal } from '../../harness/system.ts';
import { type Outcome, reply } from '../../harness/wire.ts';
import {
  type FaultOptions,
  duration,
  exchangeFault,
  oneOf,
  refuser,
  text,
} from '../fault-options.ts';
import { mayCommit, retryAfterSeconds } from './struck-exchange.ts';

export interface RejectOptions extends FaultOptions {
  /**
   * `unavailable` 503, `serverError` 500, `locked` another user has the document open,
   * `businessError` a rule refuses it, finally; `inBody` a server error with status 200, as of an API
   * that says in the body what went wrong.
   */
  readonly error: 'unavailable' | 'serverError' | 'locked' | 'businessError' | 'inBody';
  /** What an `unavailable` asks for; default nothing. */
  readonly retryAfter?: Duration;
  /** Stable name of the rule behind a `businessError`; default `rejected`. */
  readonly rule?: string;
  /** What the `businessError` says. */
  readonly message?: string;
}

/**
 * Refuses requests. Locks, business errors and errors in a body strike only requests that may change something, unless
 * `on` says otherwise; a business error is drawn once for a key and stays (`perKey`). Throws
 * `fault.invalid`.
 */
export function reject(link: string, options: RejectOptions): ExchangeFault {
  const head = exchangeFault('reject', link, options, {
    error: oneOf('unavailable', 'serverError', 'locked', 'businessError', 'inBody'),
    retryAfter: duration,
    rule: text,
    message: text,
  });
  const refusal = refusalOf(link, options);
  const { error } = options;
  const ofBusiness = ['businessError', 'locked', 'inBody'].includes(error);
  const trigger = error === 'businessError' ? { perKey: true, ...head.trigger } : head.trigger;
  return {
    ...head,
    trigger,
    layer: 'exchange',
    intercept: (exchange, next, tools) => {
      if (ofBusiness && !mayCommit(exchange, trigger)) return next();
      tools.fired(error);
      return error === 'inBody' ? asSuccess(tools.refuse(refusal)) : tools.refuse(refusal);
    },
  };
}

/** The refusal's words under a status that says the contrary. */
function asSuccess(refused: Outcome): Outcome {
  if (refused.kind !== 'reply') return refused;
  const { headers, body } = refused.reply;
  return reply({ status: 200, headers, body });
}

function refusalOf(link: string, options: RejectOptions): EdgeRefusal {
  const refuse = refuser('reject', link);
  const { error, retryAfter, rule, message } = options;
  if (error === undefined) refuse('error', 'be given');
  if (retryAfter !== undefined && error !== 'unavailable') {
    refuse('retryAfter', 'go with error "unavailable"');
  }
  if (error !== 'businessError') {
    if (rule !== undefined) refuse('rule', 'go with error "businessError"');
    if (message !== undefined) refuse('message', 'go with error "businessError"');
  }
  if (error === 'unavailable') {
    return retryAfter === undefined
      ? { kind: error }
      : { kind: error, retryAfterSeconds: retryAfterSeconds(milliseconds(retryAfter)) };
  }
  if (error === 'inBody') return { kind: 'serverError' };
  if (error !== 'businessError') return { kind: error };
  return {
    kind: error,
    rule: rule ?? 'rejected',
    message: message ?? 'The document cannot be processed.',
  };
}
