/**
 * Every decision in which a sound integration and a broken one differ. A broken one is the sound one
 * with one or two of these changed, never a copy.
 */

/** A piece of work: one flow, one business key. */
export interface Job {
  readonly rule: string;
  readonly key: string;
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
}

export interface Policies {
  /** Whether a message is only believed with a good signature. */
  readonly verifySignature: boolean;
  /** Jobs for one flow and key become one, and what was applied already is not applied again. */
  readonly deduplicate: boolean;
  /** Only one job of a key at a time. */
  readonly serialByKey: boolean;
  /** `source` reads the document afresh; `message` trusts what the message carried, in the order it came. */
  readonly truth: 'source' | 'message';
  /**
   * Look for the target document by its business key before creating it. Without, only what was
   * created and answered before is known, from memory, when a change comes.
   */
  readonly lookBeforeCreate: boolean;
  readonly idempotencyKey: (job: Job, step: string) => string | undefined;
  /** What a Retry-After means: `honour` waits, but never longer than the cap. */
  readonly retryAfter: 'honour' | 'ignore' | 'withoutCap';
  /** A transient failure is tried again; `never` forgets it. */
  readonly retry: 'backoff' | 'never';
  /** A target that lacks the parent document yet: wait for it, or drop the child. */
  readonly missingParent: 'wait' | 'drop';
  /** A final refusal goes to the dead letters; or is tried for ever; or stops the queue. */
  readonly refusal: 'deadLetter' | 'retry' | 'block';
  /** A 401 fetches a new token and goes on; `fail` treats it as final. */
  readonly expiredToken: 'renew' | 'fail';
  /** A job not done after so long is given to another worker as well. */
  readonly leaseMs: number | undefined;
  /** Reads the sources again now and then for what messages did not bring. */
  readonly reconcile: boolean;
}

/** What a sound integration does. */
export const soundPolicies: Policies = {
  verifySignature: true,
  deduplicate: true,
  serialByKey: true,
  truth: 'source',
  lookBeforeCreate: true,
  idempotencyKey: (job, step) => `${job.rule}:${job.key}:${step}`,
  retryAfter: 'honour',
  retry: 'backoff',
  missingParent: 'wait',
  refusal: 'deadLetter',
  expiredToken: 'renew',
  leaseMs: undefined,
  reconcile: true,
};
