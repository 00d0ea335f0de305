/** Endpoints that every system has beside its documents: the poll feed and the contract. */
import { cloudEvent, cloudEventBatchType, cloudEventSchema } from './cloud-event.ts';
import type { Answer, Call, Endpoint } from './endpoint.ts';
import { limitOption, readLimit } from './paging.ts';
import { key, list, named, object } from './schema.ts';
import { malformed } from './wire-refusal.ts';

const cursorSchema = { type: 'string', pattern: '^[0-9]{1,15}$' } as const;

/** `GET /events`: the events in the order they became visible, duplicates and all. */
export function eventsEndpoint<Core>(kind: string): Endpoint<Core> {
  return {
    method: 'GET',
    path: '/events',
    operation: 'listEvents',
    summary:
      'Polls the events. Go on with `next` as `after`; an empty page says that there is nothing new yet.',
    resource: 'events',
    access: 'read',
    query: [
      { name: 'after', description: 'The `next` of the page before.', schema: cursorSchema },
      limitOption,
    ],
    produces: ['application/json', cloudEventBatchType],
    answers: {
      200: named(
        'EventsPage',
        object({ items: list(cloudEventSchema, 200), next: key(20), more: { type: 'boolean' } }),
        `As ${cloudEventBatchType} the body is the list alone and \`next\` is in the Link header.`,
      ),
    },
    handle: (call) => events(call, kind),
  };
}

function events<Core>({ query, feed, mediaType }: Call<Core>, kind: string): Answer {
  const after = query['after'] ?? '0';
  if (!/^\d{1,15}$/.test(after)) {
    throw malformed('invalid-cursor', 'after is not a cursor of this feed.', 'after');
  }
  const limit = readLimit(query);
  const page = feed.read(Number(after), limit);
  const items = page.events.map((event) => cloudEvent(event, kind));
  const next = String(page.cursor);
  // Relative, so that it holds wherever the system is mounted.
  const link = `<?after=${next}&limit=${limit}>; rel="next"`;
  const headers = { link, 'x-next-cursor': next };
  if (mediaType === cloudEventBatchType) return { status: 200, document: items, headers };
  return { status: 200, document: { items, next, more: page.more }, headers };
}

/** `GET /openapi.json`: the contract, for anybody. */
export function contractEndpoint<Core>(contract: () => object): Endpoint<Core> {
  return {
    method: 'GET',
    path: '/openapi.json',
    operation: 'readContract',
    summary: 'This document.',
    resource: 'contract',
    access: 'read',
    open: true,
    answers: { 200: { type: 'object' } },
    handle: () => ({ status: 200, document: contract() }),
  };
}
