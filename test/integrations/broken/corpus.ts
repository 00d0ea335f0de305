/**
 * The corpus of broken integrations: each one the sound middleware with one classic bug, the fault
 * that brings the bug out, and the invariant that must name it. Numbers are those of the list of bug
 * classes in docs/bug-corpus.md.
 */
import type { Policies } from '../kit/policies.ts';

export interface BrokenIntegration {
  readonly name: string;
  readonly bug: number;
  /** What is wrong with it, in one sentence. */
  readonly sentence: string;
  readonly changes: Partial<Policies>;
}

const withoutKey = (): undefined => undefined;

export const corpus: readonly BrokenIntegration[] = [
  {
    name: 'retry-without-key',
    bug: 1,
    sentence: 'It retries a lost answer without an idempotency key and does not look first.',
    changes: { idempotencyKey: withoutKey, lookBeforeCreate: false },
  },
  {
    name: 'new-key-each-attempt',
    bug: 2,
    sentence: 'It makes a new idempotency key for each attempt.',
    changes: {
      idempotencyKey: (job, step) => `${job.ticket}:${step}:${job.attempts}`,
      lookBeforeCreate: false,
    },
  },
  {
    name: 'check-then-insert-race',
    bug: 5,
    sentence: 'It looks before it creates, but two workers may look at the same time.',
    changes: { idempotencyKey: withoutKey, serialByKey: false, deduplicate: false },
  },
  {
    name: 'redelivery-applied-again',
    bug: 6,
    sentence: 'A webhook that comes twice is work twice.',
    changes: {
      deduplicate: false,
      lookBeforeCreate: false,
      idempotencyKey: (job, step) => `${job.ticket}:${step}`,
    },
  },
  {
    name: 'forgets-on-failure',
    bug: 7,
    sentence: 'It acknowledges the message and forgets the work when the target is down.',
    changes: { retry: 'never', reconcile: false },
  },
  {
    name: 'older-overwrites-newer',
    bug: 10,
    sentence: 'It writes what a message carries, whatever came before.',
    changes: { truth: 'message', deduplicate: false, reconcile: false },
  },
  {
    name: 'child-before-parent-dropped',
    bug: 11,
    sentence: 'A document whose order has not arrived yet is dropped.',
    changes: { missingParent: 'drop', reconcile: false },
  },
  {
    name: 'retry-after-ignored',
    bug: 12,
    sentence: 'It calls again before the time that Retry-After names.',
    changes: { retryAfter: 'ignore' },
  },
  {
    name: 'refusal-retried-for-ever',
    bug: 22,
    sentence: 'A business error is retried for ever.',
    changes: { refusal: 'retry' },
  },
  {
    name: 'poison-blocks-the-queue',
    bug: 24,
    sentence: 'One message that is refused stops everything behind it.',
    changes: { refusal: 'block', reconcile: false },
  },
  {
    name: 'expired-token-is-final',
    bug: 27,
    sentence: 'A token that expires in the middle of the work loses the work.',
    changes: { expiredToken: 'fail', reconcile: false },
  },
  {
    name: 'lease-expires',
    bug: 34,
    sentence: 'A slow job is given to a second worker while the first still works on it.',
    changes: {
      leaseMs: 3500,
      serialByKey: false,
      deduplicate: false,
      lookBeforeCreate: false,
      idempotencyKey: (job, step) => `${job.ticket}:${step}`,
    },
  },
];

/** The broken integration of that name. */
export function brokenIntegration(name: string): BrokenIntegration {
  const found = corpus.find((each) => each.name === name);
  if (found) return found;
  throw new Error(
    `No broken integration "${name}". There are: ${corpus.map((each) => each.name).join(', ')}`,
  );
}

/** All at once: how the first version of many integrations looks. */
export const naivePolicies: Partial<Policies> = {
  deduplicate: false,
  serialByKey: false,
  truth: 'message',
  lookBeforeCreate: false,
  idempotencyKey: withoutKey,
  retryAfter: 'ignore',
  missingParent: 'drop',
  reconcile: false,
};
