/**
 * Messages that arrive in another order than they were published: shuffled within a window, as
 * parallel consumers do it, or against the order of their business key, which is what breaks
 * receivers that let an older version overwrite a newer one.
 */
import { type Duration, milliseconds } from '../../harness/duration.ts';
import type { Hold, MessageFault, MessageTools } from '../../harness/fault.ts';
import type { PublishedEvent } from '../../harness/system.ts';
import {
  type MessageFaultOptions,
  count,
  messageFault,
  refuser,
  someTime,
} from '../fault-options.ts';

interface ReorderCommon extends MessageFaultOptions {
  /** A held message goes after this at the latest, whatever came; default `5s`. */
  readonly atMost?: Duration;
}

export interface ShuffleOptions extends ReorderCommon {
  /** So many messages published later may go before it, at most. */
  readonly window: number;
  readonly againstKeyOrder?: never;
}

export interface AgainstKeyOrderOptions extends ReorderCommon {
  /** A message waits until the next one of its business key went first. */
  readonly againstKeyOrder: true;
  readonly window?: never;
}

export type ReorderOptions = ShuffleOptions | AgainstKeyOrderOptions;

/** Recorded as fired when another message really went first. Throws `fault.invalid`. */
export function reorder(link: string, options: ReorderOptions): MessageFault {
  const onlyTrue = { must: 'be true', holds: (value: unknown) => value === true };
  const head = messageFault('reorder', link, options, {
    window: count,
    againstKeyOrder: onlyTrue,
    atMost: someTime,
  });
  const { window, againstKeyOrder, atMost = '5s', rate = 1 } = options;
  if ((window === undefined) === (againstKeyOrder === undefined)) {
    refuser('reorder', link)('window', 'be given, or againstKeyOrder, and not both');
  }
  const atMostMs = milliseconds(atMost);
  const holdFor = (event: PublishedEvent, tools: MessageTools): Hold | undefined => {
    const overtaken = firedOnce(tools);
    if (window === undefined) return { sameKey: true, atMostMs, overtaken };
    // When all are held none may be moved by the same number, or the order would stay as it was.
    const following = tools.random.integer(rate < 1 ? 1 : 0, window, 'following', event.id);
    return following === 0 ? undefined : { following, atMostMs, overtaken };
  };
  return {
    ...head,
    layer: 'message',
    plan: (deliveries, tools) => {
      const message = deliveries[0]?.event;
      const hold = message && holdFor(message, tools);
      if (hold === undefined) return deliveries;
      return deliveries.map((delivery) => ({ ...delivery, hold }));
    },
  };
}

function firedOnce(tools: MessageTools): () => void {
  let fired = false;
  return () => {
    if (!fired) tools.fired('overtaken by a later message');
    fired = true;
  };
}
