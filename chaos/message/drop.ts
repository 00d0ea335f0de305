/** A message that gets lost: for good, as on a channel without acknowledgement, or until it is sent again. */
import { type Duration, describeDuration, milliseconds } from '../../harness/duration.ts';
import type { MessageFault } from '../../harness/fault.ts';
import { type MessageFaultOptions, messageFault, someTime } from '../fault-options.ts';
import { smaller } from '../jittered.ts';

export interface DropOptions extends MessageFaultOptions {
  /** The message comes after all, so much later; default never. */
  readonly redeliverAfter?: Duration;
}

/** Loses a message, for good or until it is redelivered. Throws `fault.invalid`. */
export function drop(link: string, options: DropOptions = {}): MessageFault {
  const head = messageFault('drop', link, options, { redeliverAfter: someTime });
  const { redeliverAfter } = options;
  const laterMs = redeliverAfter === undefined ? undefined : milliseconds(redeliverAfter);
  return {
    ...head,
    simpler: smaller(laterMs ?? 0).map((ms) => ({
      kind: 'drop',
      settings: { redeliverAfter: ms },
    })),
    layer: 'message',
    plan: (deliveries, tools) => {
      if (deliveries.length === 0) return deliveries;
      if (laterMs === undefined) {
        tools.fired('lost for good');
        return [];
      }
      tools.fired(`lost, redelivered after ${describeDuration(laterMs)}`);
      return deliveries.map((delivery) => ({ ...delivery, afterMs: delivery.afterMs + laterMs }));
    },
  };
}
