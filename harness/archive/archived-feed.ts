/** The poll feed of a system whose messages are kept: read back from disk when they left memory. */
import type { Feed, FeedPage } from '../event-feed.ts';
import type { PublishedEvent } from '../system.ts';
import { eventCodec } from './codecs.ts';
import type { KeptEntries } from './kept-entries.ts';
import type { LandscapeArchive } from './landscape-archive.ts';

/** Digits of an event's number, so that numbers sort as texts do. */
const digits = 12;

export class ArchivedFeed implements Feed {
  readonly #events: KeptEntries<PublishedEvent>;

  constructor(archive: LandscapeArchive, system: string) {
    const options = { recorded: false, codec: eventCodec };
    this.#events = archive.entries<PublishedEvent>(system, '#event', options);
  }

  get length(): number {
    return this.#events.lastPlace;
  }

  append(event: PublishedEvent): void {
    const id = numbered(this.length + 1);
    this.#events.set(id, { version: 1, at: event.at, data: event, previous: undefined });
  }

  read(after: number, limit: number): FeedPage {
    const events: PublishedEvent[] = [];
    const cursor = Math.max(after, Math.min(this.length, after + limit));
    for (let number = after + 1; number <= cursor; number++) {
      events.push(this.#events.get(numbered(number))?.data as PublishedEvent);
    }
    return { events, cursor, more: cursor < this.length };
  }
}

const numbered = (number: number): string => String(number).padStart(digits, '0');
