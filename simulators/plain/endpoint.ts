/**
 * One row of a dialect's resource table. Routing, `identify`, validation and the OpenAPI document are
 * all read from these rows, so that they cannot disagree.
 */
import type { Collection } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Feed } from '../../harness/event-feed.ts';
import type { CommitLog } from './commit-log.ts';
import type { Schema } from './schema.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT';

export interface QueryOption {
  readonly name: string;
  readonly description: string;
  readonly schema: Schema;
}

export type Query = Readonly<Record<string, string>>;

/** What a handler is called with; everything in it has been checked by form. */
export interface Call<Core> {
  readonly core: Core;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: unknown;
  readonly context: Context;
  readonly commits: CommitLog;
  readonly feed: Feed;
  /** The media type that was agreed on. */
  readonly mediaType: string;
}

/** What a handler answers: a document with its version, or a page of them. */
export interface Answer {
  readonly status: number;
  readonly document?: object;
  /** Becomes the ETag. */
  readonly version?: number;
  /** Path below the base path, for `Location`. */
  readonly location?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Endpoint<Core> {
  readonly method: Method;
  /** Below the base path, with `{name}` for parameters. */
  readonly path: string;
  /** The operation's name in `identify` and the `operationId` in OpenAPI. */
  readonly operation: string;
  readonly summary: string;
  /** The group in OpenAPI and the middle of the scope, e.g. `purchase-orders`. */
  readonly resource: string;
  readonly access: 'read' | 'write';
  readonly query?: readonly QueryOption[];
  readonly body?: Schema;
  /** The body may be left out altogether. */
  readonly bodyOptional?: boolean;
  /** Statuses of success with the schema of their bodies. */
  readonly answers: Readonly<Record<number, Schema>>;
  /** Media types of a success; default JSON only. */
  readonly produces?: readonly string[];
  /** Needs no access token. */
  readonly open?: boolean;
  /** The business key that the request is about; `body` is parsed but not checked. */
  readonly key?: (
    params: Readonly<Record<string, string>>,
    body: () => unknown,
    query: string,
  ) => string | undefined;
  /** The version the client must name with `If-Match`, where it names one. */
  readonly current?: (call: Call<Core>) => number | undefined;
  handle(call: Call<Core>): Answer;
}

/** A kind of document as the dialect shows it. */
export interface Resource<Core, Document extends object> {
  /** Path segment and scope, e.g. `purchase-orders`. */
  readonly name: string;
  /** `PurchaseOrder`: the end of operation names. */
  readonly singular: string;
  readonly plural: string;
  readonly schema: Schema;
  /** Path template of one document below the resource, e.g. `{number}` or `{year}/{number}`. */
  readonly keyPath: string;
  /** The document's id in its collection. */
  readonly idOf: (document: Document) => string;
  /** The id for a key of another kind that the path may hold as well. */
  readonly resolve?: (core: Core, key: string) => string;
  readonly collection: (core: Core) => Collection<Document>;
  readonly filters: readonly Filter<Core, Document>[];
}

/** A query option of a list that keeps documents by a value of theirs. */
export interface Filter<Core, Document> {
  readonly name: string;
  readonly description: string;
  readonly schema?: Schema;
  readonly matches: (document: Document, value: string, core: Core) => boolean;
  /** All documents that match, where the core keeps an index; others are found by looking at all. */
  readonly indexed?: (core: Core, value: string) => readonly Document[];
}
