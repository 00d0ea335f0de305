/** A message delivered more than once: what at-least-once means, and what receivers forget. */
import { type Duration, milliseconds } from '../../harness/duration.ts';
import type { MessageFault } from '../../harness/fault.ts';
import { type MessageFaultOptions, count, duration, messageFault } from '../fault-options.ts';
import { smaller } from '../jittered.ts';

export interface DuplicateOptions extends MessageFaultOptions {
  /** How many more are delivered; default 1. */
  readonly copies?: number;
  /** How long each copy comes after the one before; default at once. */
  readonly after?: Duration;
}

/** Delivers further copies of a message, with the same id. Throws `fault.invalid`. */
export function duplicate(link: string, options: DuplicateOptions = {}): MessageFault {
  const head = messageFault('duplicate', link, options, { copies: count, after: duration });
  const { copies = 1, after = 0 } = options;
  const afterMs = milliseconds(after);
  return {
    ...head,
    simpler: [
      ...(copies > 1 || afterMs > 0 ? [{ kind: 'duplicate', settings: {} }] : []),
      ...(copies > 1 ? [{ kind: 'duplicate', settings: { after: afterMs } }] : []),
      ...smaller(afterMs).map((ms) => ({ kind: 'duplicate', settings: { after: ms } })),
    ],
    layer: 'message',
    plan: (deliveries, tools) => {
      const original = deliveries[0];
      if (original === undefined) return deliveries;
      tools.fired(copies === 1 ? 'one more copy' : `${copies} more copies`);
      const last = Math.max(...deliveries.map((delivery) => delivery.copy));
      const further = Array.from({ length: copies }, (_, index) => ({
        ...original,
        copy: last + index + 1,
        afterMs: original.afterMs + (index + 1) * afterMs,
      }));
      return [...deliveries, ...further];
    },
  };
}
