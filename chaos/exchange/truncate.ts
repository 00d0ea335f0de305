/**
 * Only the beginning: a read is answered with the first part of the list that it is about. A file that
 * is still being copied, a batch of which not everything came through.
 */
import type { ExchangeFault } from '../../harness/fault.ts';
import { type Outcome, reply } from '../../harness/wire.ts';
import { type FaultOptions, type Rule, exchangeFault } from '../fault-options.ts';
import { succeeded, whenAnswered } from './struck-exchange.ts';

export interface TruncateOptions extends FaultOptions {
  /** How much of the list comes, from 0 to less than 1; default half, rounded down. */
  readonly share?: number;
}

const lessThanAll: Rule = {
  must: 'be a number from 0 to less than 1',
  holds: (value) => typeof value === 'number' && value >= 0 && value < 1,
};

/**
 * Cuts the first list in the JSON answers of safe requests short. Strikes the first read of a key only,
 * unless `attempt` or `atMostPerKey` says otherwise. Throws `fault.invalid`.
 */
export function truncate(link: string, options: TruncateOptions = {}): ExchangeFault {
  const head = exchangeFault('truncate', link, options, { share: lessThanAll });
  const { share = 0.5 } = options;
  const trigger =
    options.attempt === undefined ? { atMostPerKey: 1, ...head.trigger } : head.trigger;
  return {
    ...head,
    trigger,
    layer: 'exchange',
    intercept: (exchange, next, tools) => {
      if (!exchange.safe || exchange.token === true) return next();
      return whenAnswered(next(), (outcome) => {
        const shorter = cutShort(outcome, share);
        if (shorter === undefined) return outcome;
        tools.fired(`${shorter.kept} of ${shorter.of}`);
        return shorter.outcome;
      });
    },
  };
}

interface Shorter {
  readonly outcome: Outcome;
  readonly kept: number;
  readonly of: number;
}

function cutShort(outcome: Outcome, share: number): Shorter | undefined {
  if (!succeeded(outcome) || outcome.kind !== 'reply') return undefined;
  const { status, headers, body } = outcome.reply;
  const read = jsonOf(body);
  const list = listIn(read);
  if (list === undefined || list.length === 0) return undefined;
  const of = list.length;
  list.length = Math.floor(of * share);
  const cut = reply({ status, headers, body: JSON.stringify(read) });
  return { outcome: cut, kept: list.length, of };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The answer itself, or the first of its fields that is a list. */
function listIn(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.values(value).find(Array.isArray) as unknown[] | undefined;
}
