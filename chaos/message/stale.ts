/**
 * An older version of a document, delivered after the newer one: a replay from an outbox, a slow
 * replica. It has an id of its own, so that deduplication by message id does not hide it; a receiver
 * must see by the version that it is old.
 */
import { type Duration, milliseconds } from '../../harness/duration.ts';
import type { Delivery, MessageFault } from '../../harness/fault.ts';
import { type MessageFaultOptions, duration, messageFault } from '../fault-options.ts';
import { smaller } from '../jittered.ts';

export interface StaleOptions extends MessageFaultOptions {
  /** How long after the newer one; default `1s`. */
  readonly after?: Duration;
}

/** Strikes newer versions; a document's first version has nothing older. Throws `fault.invalid`. */
export function stale(link: string, options: StaleOptions = {}): MessageFault {
  const head = messageFault('stale', link, options, { after: duration });
  const afterMs = milliseconds(options.after ?? '1s');
  return {
    ...head,
    simpler: smaller(afterMs).map((ms) => ({ kind: 'stale', settings: { after: ms } })),
    layer: 'message',
    plan: (deliveries, tools) => {
      const newer = latest(deliveries);
      if (newer === undefined) return deliveries;
      const older = tools.earlier(newer.event);
      // Two events of one version could not be told apart by any receiver.
      if (older === undefined || older.version >= newer.event.version) return deliveries;
      const id = tools.random.uuid('stale', newer.event.id);
      tools.fired(`version ${older.version} as ${id} after version ${newer.event.version}`);
      return [...deliveries, { ...behind(newer, afterMs), event: { ...older, id } }];
    },
  };
}

/** The delivery of the message that comes last. */
function latest(deliveries: readonly Delivery[]): Delivery | undefined {
  return deliveries.reduce<Delivery | undefined>(
    (last, each) => (last === undefined || each.afterMs >= last.afterMs ? each : last),
    undefined,
  );
}

/** Held as the newer one is held, so that it cannot slip past it. */
function behind({ event, afterMs, hold }: Delivery, laterMs: number): Delivery {
  const plan = { event, copy: 1, afterMs: afterMs + laterMs };
  if (hold === undefined) return plan;
  const { overtaken: _, ...quiet } = hold;
  return { ...plan, hold: quiet };
}
