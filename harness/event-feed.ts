/** The poll feed of a system: the messages in the order they became visible, read by cursor. */
import type { PublishedEvent } from './system.ts';

export interface FeedPage {
  readonly events: readonly PublishedEvent[];
  /** Cursor behind the last event of the page; the one asked for when the page is empty. */
  readonly cursor: number;
  readonly more: boolean;
}

/** Where a system's messages are read from. */
export interface Feed {
  readonly length: number;
  append(event: PublishedEvent): void;
  /** Up to `limit` events behind `after`; 0 begins at the first. */
  read(after: number, limit: number): FeedPage;
}

export class EventFeed implements Feed {
  readonly #visible: PublishedEvent[] = [];

  append(event: PublishedEvent): void {
    this.#visible.push(event);
  }

  get length(): number {
    return this.#visible.length;
  }

  /** Up to `limit` events behind `after`; 0 begins at the first. */
  read(after: number, limit: number): FeedPage {
    const events = this.#visible.slice(after, after + limit);
    const cursor = after + events.length;
    return { events, cursor, more: cursor < this.#visible.length };
  }
}
