/** The documents of the systems, as they are or as they were: what no integration can see by itself. */
import type { Collection } from '../../harness/collection.ts';
import { SeatrialError } from '../../harness/seatrial-error.ts';
import { type Call, type Endpoint, ok } from '../endpoint.ts';
import { instantOption, textOption, wholeOption } from '../query-options.ts';
import { documentKinds, documentPage, documentView } from '../schemas.ts';
import { landscapeOf } from './landscape-endpoints.ts';

const tag = 'documents';
const path = '/v1/landscapes/{landscape}/documents';
const asOf = instantOption('asOf', 'Documents as they were then; default now.');

export const documentEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path,
    operation: 'listDocumentKinds',
    tag,
    summary: 'What kinds of documents each system holds, and how many.',
    answers: { 200: { description: 'They are.', schema: documentKinds } },
    handle: (call) => {
      const { systems } = landscapeOf(call).control.landscape;
      const items = [...systems.values()].flatMap(({ name, store }) =>
        [...store.collections]
          .filter(({ recorded }) => recorded)
          .map(({ kind, size }) => ({ system: name, kind, documents: size })),
      );
      return ok({ items });
    },
  },
  {
    method: 'GET',
    path: `${path}/{system}/{kind}`,
    operation: 'listDocuments',
    tag,
    summary: 'Documents of a kind, in the order they were first written.',
    query: [
      asOf,
      wholeOption('limit', 'Documents at most; default 100.', 1000),
      textOption('after', 'The id that the page before ended with.'),
    ],
    answers: { 200: { description: 'A page of them.', schema: documentPage } },
    handle: (call) => ok(page(collectionOf(call), call.query)),
  },
  {
    method: 'GET',
    path: `${path}/{system}/{kind}/{id}`,
    operation: 'getDocument',
    tag,
    summary: 'One document. An id with a slash is written with %2F.',
    query: [asOf],
    answers: { 200: { description: 'It is.', schema: documentView } },
    handle: (call) => {
      const collection = collectionOf(call);
      const id = call.params['id'] as string;
      const at = call.query['asOf'] as number | undefined;
      const entry = at === undefined ? collection.entry(id) : collection.asOf(id, at);
      if (entry === undefined)
        throw missing(`${collection.kind} ${id}`, 'there is none of that id');
      const { version, at: since, data } = entry;
      return ok({ id, version, at: since, data });
    },
  },
];

function collectionOf(call: Call): Collection<object> {
  const { system, kind } = call.params;
  const { store } = landscapeOf(call).control.landscape.system(system as string);
  for (const collection of store.collections) {
    if (collection.kind === kind && collection.recorded) return collection;
  }
  throw missing(`documents of the kind ${kind} in ${system}`, 'it has none of that kind');
}

function page(collection: Collection<object>, query: Call['query']) {
  const {
    asOf: at,
    limit = 100,
    after,
  } = query as {
    asOf?: number;
    limit?: number;
    after?: string;
  };
  const items: { id: string; version: number; at: number; data: object }[] = [];
  let begun = after === undefined;
  for (const [id, current] of collection.entries()) {
    if (!begun) {
      begun = id === after;
      continue;
    }
    const entry = at === undefined ? current : collection.asOf(id, at);
    if (entry === undefined) continue;
    if (items.length === limit) return { items, next: items.at(-1)?.id ?? '' };
    items.push({ id, version: entry.version, at: entry.at, data: entry.data });
  }
  return { items };
}

const missing = (what: string, reason: string): SeatrialError =>
  new SeatrialError({ code: 'control.no-document', task: `find ${what}`, reason });
