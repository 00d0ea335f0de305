/** Messages that are on their way, where they outlive the process: what was not delivered is delivered then. */
import type { EntryTable } from './collection.ts';
import { eventCodec } from './archive/codecs.ts';
import type { Codec } from './archive/kept-entries.ts';
import type { LandscapeArchive } from './archive/landscape-archive.ts';
import type { PublishedEvent } from './system.ts';

interface KeptDelivery {
  readonly event: PublishedEvent;
  readonly copy: number;
  readonly attempt: number;
}

/** The event as events are kept, and the little that is said of its delivery. */
const codec: Codec<KeptDelivery> = {
  keep: ({ event, ...rest }, batch) => {
    const { body, position } = eventCodec.keep(event, batch);
    return { position, body: JSON.stringify({ ...rest, event: JSON.parse(body as string) }) };
  },
  revive: (body, record) => {
    const { event, ...rest } = JSON.parse(body as string) as KeptDelivery;
    return { ...rest, event: eventCodec.revive(JSON.stringify(event), record) };
  },
};

export class KeptDeliveries {
  readonly #entries: EntryTable<KeptDelivery> | undefined;

  constructor(archive: LandscapeArchive | undefined, system: string, kind: string) {
    this.#entries = archive?.entries<KeptDelivery>(system, kind, { recorded: false, codec });
  }

  *all(): IterableIterator<KeptDelivery> {
    for (const [, { data }] of this.#entries?.entries() ?? []) yield data;
  }

  put(delivery: KeptDelivery): void {
    const { event, copy } = delivery;
    const entry = { version: 1, at: event.at, data: delivery, previous: undefined };
    this.#entries?.set(`${event.id}/${copy}`, entry);
  }

  remove(event: string, copy: number): void {
    this.#entries?.delete(`${event}/${copy}`);
  }
}
