/** A rule carries documents of one kind from where they are born to where they belong. */
import type { ApiClient } from './api-client.ts';
import type { Job, Policies } from './policies.ts';

export interface Tools {
  readonly procurement: ApiClient;
  readonly erp: ApiClient;
  readonly wms: ApiClient;
  readonly policies: Policies;
  /** The source document: read afresh, or as the message carried it, as the policies say. */
  source(job: Job, client: ApiClient, path: string): Promise<any>;
  /** A document as it is now, or a transient failure when the answer is older than what was seen before. */
  fresh(
    job: Job,
    client: ApiClient,
    path: string,
  ): Promise<{ readonly body: any; readonly version: number }>;
  /** The version of the source document that was read for the job. */
  versionOf(job: Job): string;
  /** Whether this look-up's document was created from here, so that not finding it is a late read. */
  wasCreated(lookup: string): boolean;
  /** Creates a document at most once; gives back the one that is there. */
  createOnce(job: Job, client: ApiClient, create: Creation): Promise<any>;
}

export interface Creation {
  /** Names the step of the job; part of the idempotency key. */
  readonly step: string;
  readonly path: string;
  /** Finds the document by its business key. */
  readonly lookup: string;
  readonly body: unknown;
}

export interface Rule {
  readonly name: string;
  /** The system whose messages it listens to. */
  readonly from: 'procurement' | 'erp' | 'wms';
  /** Event types without the vendor's prefix and suffix, e.g. `purchase-order.issued`. */
  readonly events: readonly string[];
  /** Where reconciliation lists the sources, and which of their fields is the key. */
  readonly list?: { readonly path: string; key(document: any): string };
  sync(job: Job, tools: Tools): Promise<void>;
}
