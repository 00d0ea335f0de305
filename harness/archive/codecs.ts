/** How what is kept becomes text and comes back. */
import type { PublishedEvent } from '../system.ts';
import type { Codec } from './kept-entries.ts';

interface CommitText {
  readonly data: unknown;
}

/** A document: its commit has it already; what was never committed to the history has a text of its own. */
export function documentCodec<T>(
  plain: (data: T) => unknown = (data) => data,
  revive: (plain: unknown) => T = (plain) => plain as T,
): Codec<T> {
  return {
    keep: (data, { positions }) => {
      const position = positions.get(data);
      if (position !== undefined) return { position, body: null };
      return { position: null, body: JSON.stringify(plain(data)) };
    },
    revive: (body, record) =>
      body === null
        ? ((JSON.parse(record as string) as CommitText).data as T)
        : revive(JSON.parse(body)),
  };
}

/** An event: most tell the whole document that was just committed. */
export const eventCodec: Codec<PublishedEvent> = {
  keep: (event, { positions }) => {
    const position = positions.get(event.data);
    if (position === undefined) return { position: null, body: JSON.stringify(event) };
    const { data: _, ...rest } = event;
    return { position, body: JSON.stringify(rest) };
  },
  revive: (body, record) => {
    const event = JSON.parse(body as string) as PublishedEvent;
    if (record === null) return event;
    return { ...event, data: (JSON.parse(record) as CommitText).data };
  },
};
