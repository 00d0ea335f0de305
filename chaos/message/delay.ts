/** A message that takes its time. Messages published after it may arrive before it. */
import { type Duration, describeDuration, milliseconds } from '../../harness/duration.ts';
import type { MessageFault } from '../../harness/fault.ts';
import { type MessageFaultOptions, duration, messageFault, refuser } from '../fault-options.ts';
import { jitteredMs, smaller } from '../jittered.ts';

export interface DelayOptions extends MessageFaultOptions {
  /** How much later it is delivered. */
  readonly by: Duration;
  /** Up to so much more or less; default none. */
  readonly jitter?: Duration;
}

/** Delivers a message later. Throws `fault.invalid`. */
export function delay(link: string, options: DelayOptions): MessageFault {
  const head = messageFault('delay', link, options, { by: duration, jitter: duration });
  if (options.by === undefined) refuser('delay', link)('by', 'be given');
  const byMs = milliseconds(options.by);
  const jitterMs = milliseconds(options.jitter ?? 0);
  return {
    ...head,
    simpler: smaller(byMs).map((ms) => ({ kind: 'delay', settings: { by: ms, jitter: 0 } })),
    layer: 'message',
    plan: (deliveries, tools) => {
      const message = deliveries[0]?.event;
      if (message === undefined) return deliveries;
      const laterMs = jitteredMs(byMs, jitterMs, tools.random, message.id);
      if (laterMs === 0) return deliveries;
      tools.fired(
        describeDuration(laterMs),
        jitterMs === 0 ? undefined : { by: laterMs, jitter: 0 },
      );
      return deliveries.map((delivery) => ({ ...delivery, afterMs: delivery.afterMs + laterMs }));
    },
  };
}
