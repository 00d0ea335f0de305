/**
 * Every decision in which a sound integration and a broken one differ. A broken one is the sound one
 * with one or two of these changed, never a copy.
 */

/** A piece of work: one flow, one business key. */
export interface Job {
  readonly rule: string;
  readonly key: string;
  /** Counts the accepted jobs. */
  readonly number: number;
  /** Business version that the message announced; 0 when unknown. */
  readonly version: number;
  correlationId: string;
  /** Unique per accepted message. */
  readonly ticket: string;
  /** The document as the message carried it. */
  readonly payload?: unknown;
  /** Whether the message told of a new document, not of a change. */
  readonly isNew: boolean;
  attempts: number;
  /** Times it was refused by a target that was behind, and times it waited for one to come up. */
  refusals?: number;
  waits?: number;
  /** Times it came back from the dead letters. */
  replays?: number;
}

/** How sources are read for what no message brought. */
export interface Reading {
  readonly everyMs: number;
  /** How far back each round looks, for commits that came late and clocks that differ. */
  readonly overlapMs: number;
  /** Rows of a page. */
  readonly limit: number;
  /**
   * How the next page is asked for: by the server's cursor, by counting rows, or by the time of the last
   * row: those after it, or those from it on.
   */
  readonly paging: 'cursor' | 'offset' | 'after' | 'from';
  /** How finely the time of the last row is told, where pages go by it. */
  readonly tickMs: number;
  /** Where the next round begins: the newest row of the list, of all lists, or the time by its own clock. */
  readonly watermark: 'newest' | 'newestOfAll' | 'ownClock';
  /** A page that cannot be read ends the round, to be taken up again; or is taken for the last page. */
  readonly brokenPage: 'again' | 'end';
  /** Whether a round waits for the one before. */
  readonly rounds: 'oneByOne' | 'overlapping';
  /** What is no longer on a list of master data: nothing follows, or it is marked as gone in the copies. */
  readonly absent: 'ignore' | 'remove';
}

/** How the warehouse's export files are read. */
export interface FileReading {
  /** A file is whole when its last line counts the others; or as soon as it is there. */
  readonly whole: 'byTrailer' | 'asItIs';
  /** A file is done with when its name is remembered, or only when it could be archived. */
  readonly done: 'remembered' | 'archived';
}

/** What becomes of work that failed too often. */
export interface DeadLetters {
  readonly maxAttempts: number;
  /** When what failed for no fault of its own is tried again; never when missing. */
  readonly replayAfterMs: number | undefined;
  /** As the job that it was; or as if nobody had ever tried it. */
  readonly replayAs: 'itself' | 'new';
}

/**
 * What gets lost between two documents that mean the same: nothing; the plant, or the tax, for which there
 * is one in the configuration; that a credit is no invoice; what a copy does not name; that more is to come;
 * that a reversal takes back.
 */
export type Mapping =
  | 'faithful'
  | 'onePlant'
  | 'oneTaxCode'
  | 'creditsAreInvoices'
  | 'namesOnly'
  | 'alwaysComplete'
  | 'reversalsAreReceipts';

export interface Policies {
  /** Whether a message is only believed with a good signature. */
  readonly verifySignature: boolean;
  /** A message is work; or a note of whose business it is, and work is found by reading. */
  readonly messages: 'work' | 'note';
  /** When accepted work leaves the journal; `late` keeps the note of the message first, the work later. */
  readonly journal: 'untilDone' | 'untilStarted' | 'offset' | 'late';
  /** What makes two messages about a document the same: its version, or the second in which it changed. */
  readonly sameMessage: 'version' | 'second';
  /** Jobs for one flow and key become one, and what was applied already is not applied again. */
  readonly deduplicate: boolean;
  /** Only one job of a key at a time. */
  readonly serialByKey: boolean;
  /** What shares a lane, where the last waiting job stands for all: the document, or its whole order. */
  readonly lane: 'document' | 'order';
  /**
   * `source` reads the document afresh; `message` trusts what the message carried, in the order it came;
   * `newest` trusts it unless a newer one had an effect.
   */
  readonly truth: 'source' | 'message' | 'newest';
  /** How long what was read of an order serves for the next ones who look at it. */
  readonly cacheMs: number;
  /**
   * Look for the target document by its business key before creating it. Without, only what was
   * created and answered before is known, from memory, when a change comes.
   */
  readonly lookBeforeCreate: boolean;
  readonly idempotencyKey: (job: Job, step: string) => string | undefined;
  /** What goes out under a key that was used: what went out first, or the document as it is now. */
  readonly bodyOfKey: 'first' | 'current';
  /** Whether the status alone says that a request was done. */
  readonly success: 'body' | 'status';
  /** What a Retry-After means: `honour` waits, but never longer than the cap. */
  readonly retryAfter: 'honour' | 'ignore' | 'withoutCap';
  /** A transient failure is tried again; `batch`: with all that was worked off beside it; `never`: forgotten. */
  readonly retry: 'backoff' | 'batch' | 'never';
  /** A target that lacks the parent document yet: wait for it, or drop the child. */
  readonly missingParent: 'wait' | 'drop';
  /** A final refusal goes to the dead letters; or is tried for ever; or stops the queue. */
  readonly refusal: 'deadLetter' | 'retry' | 'block';
  readonly deadLetters: DeadLetters;
  /** A 401 fetches a new token and goes on; `fail` treats it as final. */
  readonly expiredToken: 'renew' | 'fail';
  /** A job not done after so long is given to another worker as well. */
  readonly leaseMs: number | undefined;
  /** Reads the sources again now and then for what messages did not bring. */
  readonly reconcile: boolean;
  readonly reading: Reading;
  /** Whether what the warehouse counted comes by its files instead of its messages. */
  readonly files: FileReading | undefined;
  /** Whether the correlation id of a message goes on with its work. */
  readonly correlation: 'kept' | 'lost';
  /** How a receipt is taken back: by cancelling its document once, or by a posting against it. */
  readonly reversal: 'cancel' | 'counterPosting';
  readonly mapping: Mapping;
  readonly quantities: 'exact' | 'twoDecimals';
  /** Tax and total as the invoice says them, or added up from rounded lines. */
  readonly totals: 'asGiven' | 'fromLines';
  /** Dates as they are, or by way of a local midnight told in UTC. */
  readonly dates: 'asGiven' | 'throughUtc';
}

/** How a sound integration reads what no message brought. */
const soundReading: Reading = {
  everyMs: 3000,
  overlapMs: 6000,
  limit: 200,
  paging: 'cursor',
  tickMs: 1,
  watermark: 'newest',
  brokenPage: 'again',
  rounds: 'oneByOne',
  absent: 'ignore',
};

/** How one that lives by reading does it. */
export const soundPolling: Reading = { ...soundReading, everyMs: 500, overlapMs: 3000, limit: 20 };

/** How files are read by one that lives by them. */
export const soundFiles: FileReading = { whole: 'byTrailer', done: 'remembered' };

/** What a sound integration does. */
export const soundPolicies: Policies = {
  verifySignature: true,
  messages: 'work',
  journal: 'untilDone',
  sameMessage: 'version',
  deduplicate: true,
  serialByKey: true,
  lane: 'document',
  truth: 'source',
  cacheMs: 0,
  lookBeforeCreate: true,
  idempotencyKey: (job, step) => `${job.rule}:${job.key}:${step}`,
  bodyOfKey: 'first',
  success: 'body',
  retryAfter: 'honour',
  retry: 'backoff',
  missingParent: 'wait',
  refusal: 'deadLetter',
  deadLetters: { maxAttempts: 40, replayAfterMs: 20_000, replayAs: 'itself' },
  expiredToken: 'renew',
  leaseMs: undefined,
  reconcile: true,
  reading: soundReading,
  files: undefined,
  correlation: 'kept',
  reversal: 'cancel',
  mapping: 'faithful',
  quantities: 'exact',
  totals: 'asGiven',
  dates: 'asGiven',
};
