/** The outbox: accepted work, one worker per key, retries with backoff, dead letters. */
import { CallFailed } from './call-failed.ts';
import type { Time } from './environment.ts';
import type { Job, Policies } from './policies.ts';

export interface DeadLetter {
  readonly rule: string;
  readonly key: string;
  readonly reason: string;
}

export type Worker = (job: Job) => Promise<void>;

export interface QueueLimits {
  readonly concurrency: number;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  readonly maxRetryAfterMs: number;
  /** How long a child waits for its parent before it is a dead letter. */
  readonly parentPatienceMs: number;
  readonly maxAttempts: number;
}

export const defaultLimits: QueueLimits = {
  concurrency: 48,
  baseDelayMs: 200,
  maxDelayMs: 3000,
  maxRetryAfterMs: 30_000,
  parentPatienceMs: 45_000,
  maxAttempts: 40,
};

interface Lane {
  readonly waiting: Job[];
  current: Job | undefined;
}

export class JobQueue {
  readonly deadLetters: DeadLetter[] = [];
  readonly #lanes = new Map<string, Lane>();
  readonly #ready: Job[] = [];
  readonly #firstTried = new Map<Job, number>();
  readonly #work: Worker;
  readonly #policies: Policies;
  readonly #clock: Time;
  readonly #limits: QueueLimits;
  #running = 0;
  #delayed = 0;
  #blocked = false;
  #stopped = false;

  constructor(work: Worker, policies: Policies, clock: Time, limits: QueueLimits = defaultLimits) {
    this.#work = work;
    this.#policies = policies;
    this.#clock = clock;
    this.#limits = limits;
  }

  get pending(): number {
    return this.#running + this.#delayed + this.#ready.length;
  }

  stop(): void {
    this.#stopped = true;
  }

  add(job: Job): void {
    if (this.#stopped) return;
    if (!this.#policies.serialByKey) {
      this.#ready.push(job);
      this.#next();
      return;
    }
    const lane = this.#lane(job);
    if (lane.current === undefined) {
      lane.current = job;
      this.#ready.push(job);
      this.#next();
      return;
    }
    // Work that was found by reading learns from the message which business it belongs to.
    for (const each of [lane.current, ...lane.waiting]) each.correlationId ||= job.correlationId;
    job.correlationId ||= lane.current.correlationId;
    // The work reads the source afresh, so one waiting job stands for all that came meanwhile.
    const last = lane.waiting.at(-1);
    if (this.#policies.deduplicate && last && last.version >= job.version) return;
    lane.waiting.push(job);
  }

  #lane({ rule, key }: Job): Lane {
    const name = `${rule} ${key}`;
    let lane = this.#lanes.get(name);
    if (lane === undefined) this.#lanes.set(name, (lane = { waiting: [], current: undefined }));
    return lane;
  }

  #next(): void {
    while (!this.#blocked && this.#running < this.#limits.concurrency && this.#ready.length > 0) {
      void this.#run(this.#ready.shift() as Job);
    }
  }

  async #run(job: Job): Promise<void> {
    this.#running++;
    job.attempts++;
    if (!this.#firstTried.has(job)) this.#firstTried.set(job, this.#clock.now());
    const lease = this.#lease(job);
    let failure: unknown;
    try {
      await this.#work(job);
    } catch (error) {
      failure = error;
    }
    lease?.cancel();
    this.#running--;
    if (failure === undefined) this.#finish(job);
    else this.#failed(job, failure);
    this.#next();
  }

  /** Gives the job to a second worker when the first has not come back in time. */
  #lease(job: Job): { cancel(): void } | undefined {
    const { leaseMs } = this.#policies;
    if (leaseMs === undefined) return undefined;
    return this.#clock.after(leaseMs, () => {
      this.#ready.push({ ...job, ticket: `${job.ticket}+` });
      this.#next();
    });
  }

  #finish(job: Job): void {
    this.#firstTried.delete(job);
    if (!this.#policies.serialByKey) return;
    const lane = this.#lane(job);
    const following = lane.waiting.shift();
    if (following === undefined) {
      this.#lanes.delete(`${job.rule} ${job.key}`);
      return;
    }
    lane.current = following;
    this.#ready.push(following);
  }

  #failed(job: Job, error: unknown): void {
    if (this.#stopped) return;
    const kind = error instanceof CallFailed ? error.kind : 'refused';
    const reason = error instanceof Error ? error.message : String(error);
    if (kind === 'transient') {
      if (this.#policies.retry === 'never') this.#finish(job);
      else if (job.attempts >= this.#limits.maxAttempts) this.#bury(job, reason);
      else this.#later(job, this.#backoff(job, error as CallFailed));
      return;
    }
    if (kind === 'missingParent') {
      if (this.#policies.missingParent === 'drop') {
        this.#finish(job);
        return;
      }
      const waitedMs = this.#clock.now() - (this.#firstTried.get(job) ?? 0);
      // What waits for somebody else's work knocks less often than what only failed to get through.
      if (waitedMs < this.#limits.parentPatienceMs) this.#later(job, 2 * this.#backoff(job));
      else this.#bury(job, reason);
      return;
    }
    if (this.#policies.refusal === 'retry') this.#later(job, this.#limits.baseDelayMs);
    else if (this.#policies.refusal === 'block') this.#block(job);
    else this.#bury(job, reason);
  }

  #bury(job: Job, reason: string): void {
    this.deadLetters.push({ rule: job.rule, key: job.key, reason });
    this.#finish(job);
  }

  /** The poison message stays at the head of the queue, and everything behind it waits. */
  #block(job: Job): void {
    this.#blocked = true;
    this.#ready.unshift(job);
  }

  #later(job: Job, delayMs: number): void {
    this.#delayed++;
    this.#clock.after(delayMs, () => {
      this.#delayed--;
      this.#ready.push(job);
      this.#next();
    });
  }

  #backoff(job: Job, failure?: CallFailed): number {
    const { baseDelayMs, maxDelayMs, maxRetryAfterMs } = this.#limits;
    // Spread by key, not by chance, so that a recovery does not bring everyone back at once.
    const spread = 0.75 + (hash(`${job.key} ${job.attempts}`) % 500) / 1000;
    const backoffMs =
      Math.min(maxDelayMs, baseDelayMs * 2 ** Math.min(job.attempts - 1, 8)) * spread;
    const leastMs = Math.max(backoffMs, failure?.settleMs ?? 0);
    const asked = failure?.retryAfterMs;
    if (asked === undefined || this.#policies.retryAfter === 'ignore') return leastMs;
    const waitMs =
      this.#policies.retryAfter === 'withoutCap' ? asked : Math.min(asked, maxRetryAfterMs);
    return Math.max(waitMs, leastMs);
  }
}

function hash(text: string): number {
  let value = 7;
  for (const character of text) value = (value * 31 + character.charCodeAt(0)) >>> 0;
  return value;
}
