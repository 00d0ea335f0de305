/** How long failed work waits, and for how long altogether. */
import type { CallFailed } from './call-failed.ts';
import type { Job, Policies } from './policies.ts';

export interface QueueLimits {
  readonly concurrency: number;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  readonly maxRetryAfterMs: number;
  /** How long a child waits for its parent before it is a dead letter. */
  readonly parentPatienceMs: number;
  /** Times that a dead letter is tried again. */
  readonly maxReplays: number;
  /** How long what a crash interrupted may still come to be. */
  readonly settleMs: number;
}

export const defaultLimits: QueueLimits = {
  concurrency: 48,
  baseDelayMs: 200,
  maxDelayMs: 3000,
  maxRetryAfterMs: 300_000,
  parentPatienceMs: 45_000,
  maxReplays: 3,
  settleMs: 4000,
};

/** How long the job waits for its next attempt. */
export function backoffMs(
  { baseDelayMs, maxDelayMs, maxRetryAfterMs }: QueueLimits,
  policies: Policies,
  job: Job,
  failure?: CallFailed,
): number {
  // Spread by key, not by chance, so that a recovery does not bring everyone back at once.
  const spread = 0.75 + (hash(`${job.key} ${job.attempts}`) % 500) / 1000;
  const steppedMs = Math.min(maxDelayMs, baseDelayMs * 2 ** Math.min(job.attempts - 1, 8)) * spread;
  const leastMs = Math.max(steppedMs, failure?.settleMs ?? 0);
  const asked = failure?.retryAfterMs;
  if (asked === undefined || policies.retryAfter === 'ignore') return leastMs;
  const waitMs = policies.retryAfter === 'withoutCap' ? asked : Math.min(asked, maxRetryAfterMs);
  return Math.max(waitMs, leastMs);
}

function hash(text: string): number {
  let value = 7;
  for (const character of text) value = (value * 31 + character.charCodeAt(0)) >>> 0;
  return value;
}
