/** A rule carries documents of one kind from where they are born to where they belong. */
import type { Job, Policies } from './policies.ts';
import type { Copies, Creation, Ports, Read, Source } from './ports.ts';

/** What `fresh` reads: a source, or a document of the target's own. */
export type Readable = Pick<Source, 'name' | 'read'>;

export interface Tools extends Ports {
  readonly policies: Policies;
  /** The source document: read afresh, or as the message carried it, as the policies say. */
  source(job: Job, source: Source): Promise<any>;
  /** A document as it is now, or a transient failure when the answer is older than what was seen before. */
  fresh(job: Job, from: Readable, key: string): Promise<Read>;
  /** The version of the source document that was read for the job. */
  versionOf(job: Job): string;
  /** Whether this look-up's document was created from here, so that not finding it is a late read. */
  wasCreated(lookup: string): boolean;
  /** Whether it was asked for and not refused: the answer may be lost, and the document there. */
  wasAsked(lookup: string): boolean;
  /** Whether the target refused for good what the rule last carried of the document. */
  wasRefused(rule: string, key: string): boolean;
  /** Does work on one thing of the target's while nobody else does. */
  alone<T>(what: string, work: () => Promise<T>): Promise<T>;
  /** Notes that the document was taken back before it was carried; and whether it was. */
  void(key: string): void;
  isVoid(key: string): boolean;
  /** Forgets which version of the job's document had an effect: it had none. */
  forget(job: Job): void;
  /** Creates a document at most once; gives back the one that is there. */
  createOnce(job: Job, creation: Creation): Promise<any>;
}

export interface Rule {
  readonly name: string;
  /** The system whose messages it listens to. */
  readonly from: 'procurement' | 'erp' | 'wms';
  /** Event types without the vendor's prefix and suffix, e.g. `purchase-order.issued`; the first tells of a new document. */
  readonly events: readonly string[];
  /** Where its documents are read, by message and by reconciliation. */
  readonly source: (ports: Ports) => Source;
  /** Where its documents go, when they are copied as they are. */
  readonly copies?: (ports: Ports) => Copies;
  sync(job: Job, tools: Tools): Promise<void>;
}
