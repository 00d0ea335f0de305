/**
 * A history as an object-centric event log (OCEL 2.0, JSON), for process mining: every version of a
 * document is an event of that document, and everything with one correlation id is one thread.
 */
import type { HistorySource } from '../../harness/history.ts';
import type { CommitRecord, HistoryRecord } from '../../harness/record.ts';
import { TextFile } from './text-file.ts';

interface Relationship {
  readonly objectId: string;
  readonly qualifier: string;
}

interface OcelEvent {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly relationships: readonly Relationship[];
}

/** Trial time as RFC 3339 writes it. */
type Instant = (at: number) => string;

const eventAttributes = ['system', 'actor', 'exchange', 'version'];

/** Reads the history twice: what kinds there are stands in front. Throws `export.not-written`. */
export function exportOcel(history: HistorySource, path: string, instant: Instant): void {
  const { objects, eventTypes } = contentsOf(history);
  const objectTypes = new Set(objects.values());
  const file = new TextFile(path);
  try {
    const types = (names: Iterable<string>, attributes: readonly string[]): string =>
      JSON.stringify(
        [...names].map((name) => ({
          name,
          attributes: attributes.map((each) => ({ name: each, type: 'string' })),
        })),
      );
    file.write(`{"objectTypes":${types(objectTypes, ['system'])},\n`);
    file.write(`"eventTypes":${types(eventTypes, eventAttributes)},\n"objects":[\n`);
    writeList(file, objectsOf(objects));
    file.write('],\n"events":[\n');
    writeList(file, eventsOf(history, instant));
    file.write(']}\n');
  } finally {
    file.close();
  }
}

function writeList(file: TextFile, items: Iterable<unknown>): void {
  let between = '';
  for (const item of items) {
    file.write(between + JSON.stringify(item));
    between = ',\n';
  }
  file.write('\n');
}

const thread = 'Thread';

function contentsOf(history: HistorySource): {
  readonly objects: ReadonlyMap<string, string>;
  readonly eventTypes: ReadonlySet<string>;
} {
  const objects = new Map<string, string>();
  const eventTypes = new Set<string>();
  for (const record of history) {
    if (!isCommit(record)) continue;
    eventTypes.add(typeOf(record));
    objects.set(objectOf(record), record.document);
    if (record.correlationId !== undefined) objects.set(record.correlationId, thread);
  }
  return { objects, eventTypes };
}

function* objectsOf(objects: ReadonlyMap<string, string>): Generator<unknown> {
  for (const [id, type] of objects) {
    const system =
      type === thread ? [] : [{ name: 'system', time: epoch, value: id.split('/')[0] }];
    yield { id, type, attributes: system, relationships: [] };
  }
}

function* eventsOf(history: HistorySource, instant: Instant): Generator<OcelEvent> {
  for (const record of history) {
    if (!isCommit(record)) continue;
    const { position, at, correlationId } = record;
    const values: Readonly<Record<string, unknown>> = { ...record };
    yield {
      id: `e${position}`,
      type: typeOf(record),
      time: instant(at),
      attributes: eventAttributes.flatMap((name) =>
        values[name] === undefined ? [] : [{ name, value: String(values[name]) }],
      ),
      relationships: [
        { objectId: objectOf(record), qualifier: 'document' },
        ...(correlationId === undefined
          ? []
          : [{ objectId: correlationId, qualifier: 'belongs to' }]),
      ],
    };
  }
}

const isCommit = (record: HistoryRecord): record is CommitRecord => record.type === 'commit';
const objectOf = ({ system, document, id }: CommitRecord): string => `${system}/${document}/${id}`;
const typeOf = ({ system, document, version }: CommitRecord): string =>
  `${version === 1 ? 'create' : 'change'} ${document} in ${system}`;

const epoch = '1970-01-01T00:00:00Z';
