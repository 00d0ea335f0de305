/** Events as CloudEvents 1.0, one by one (structured) for webhooks and many for the poll feed. */
import { timestamp as rfc3339 } from '../../domain/calendar-date.ts';
import type { PublishedEvent } from '../../harness/system.ts';
import type { RecentJson } from './recent-json.ts';
import { type Schema, count, key, named, object, timestamp } from './schema.ts';

export const cloudEventType = 'application/cloudevents+json';
export const cloudEventBatchType = 'application/cloudevents-batch+json';

export const cloudEventSchema: Schema = named(
  'CloudEvent',
  object({
    specversion: { type: 'string', const: '1.0' },
    id: key(80),
    source: key(80),
    type: key(120),
    time: timestamp,
    subject: { type: 'string' },
    datacontenttype: { type: 'string', const: 'application/json' },
    version: count(1, 2_147_483_647),
    correlationid: { type: 'string' },
    'traceparent?': { type: 'string' },
    data: { type: 'object' },
  }),
  'What happened to a document; `subject` is its business key and `version` orders its changes.',
);

/** The event as a plain object; `kind` is the kind of system, e.g. `erp`. */
export const cloudEvent = (event: PublishedEvent, kind: string): object => ({
  ...attributesOf(event, kind),
  data: event.data,
});

/** All that an event says but its `data`, which comes last. */
const attributesOf = (event: PublishedEvent, kind: string): object => ({
  specversion: '1.0',
  id: event.id,
  source: event.source,
  type: `seatrial.${kind}.${event.type}.v1`,
  time: rfc3339(event.at),
  subject: event.key,
  datacontenttype: 'application/json',
  version: event.version,
  correlationid: event.correlationId,
  traceparent: event.traceparent,
});

/** The event as text. It mostly tells the document that is read next. */
export function cloudEventText(event: PublishedEvent, kind: string, recent: RecentJson): string {
  const { data } = event;
  if (typeof data !== 'object' || data === null) return JSON.stringify(cloudEvent(event, kind));
  return `${JSON.stringify(attributesOf(event, kind)).slice(0, -1)},"data":${recent.of(data)}}`;
}
