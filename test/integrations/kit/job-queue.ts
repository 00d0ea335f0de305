/** The outbox: accepted work, one worker per key, retries with backoff, dead letters. */
import { type QueueLimits, backoffMs, defaultLimits } from './backoff.ts';
import { CallFailed } from './call-failed.ts';
import type { Time } from './environment.ts';
import type { Journal } from './journal.ts';
import type { Job, Policies } from './policies.ts';
import { type Storage, stored } from './stored.ts';

export interface DeadLetter {
  readonly rule: string;
  readonly key: string;
  readonly reason: string;
}

export type Worker = (job: Job) => Promise<void>;

/** Jobs that begin within so long of each other are one batch, where batches are made. */
const batchMs = 1000;

export interface Surroundings {
  readonly policies: Policies;
  readonly clock: Time;
  readonly storage: Storage;
  readonly journal: Journal;
  readonly limits?: QueueLimits;
}

interface Lane {
  readonly waiting: Job[];
  current: Job | undefined;
}

export class JobQueue {
  readonly deadLetters: DeadLetter[];
  readonly #lanes = new Map<string, Lane>();
  readonly #ready: Job[] = [];
  readonly #firstTried = new Map<Job, number>();
  readonly #work: Worker;
  readonly #policies: Policies;
  readonly #clock: Time;
  readonly #limits: QueueLimits;
  readonly #journal: Journal;
  /** By the time it began: what was worked off in a batch. */
  readonly #batches = new Map<number, Job[]>();
  #running = 0;
  #delayed = 0;
  #blocked = false;
  #stopped = false;

  constructor(
    work: Worker,
    { policies, clock, storage, journal, limits = defaultLimits }: Surroundings,
  ) {
    this.#work = work;
    this.#policies = policies;
    this.#clock = clock;
    this.#journal = journal;
    this.#limits = limits;
    this.deadLetters = stored(storage, 'deadLetters', () => []);
  }

  get pending(): number {
    return this.#running + this.#delayed + this.#ready.length;
  }

  stop(): void {
    this.#stopped = true;
  }

  /**
   * Takes up again what a crash interrupted. What was under way may still come to be: it is looked at
   * when that has settled, as after an answer that was lost.
   */
  resume(): void {
    for (const job of this.#journal.open) {
      this.#take(job, job.attempts === 0 ? 0 : this.#limits.settleMs);
    }
  }

  add(job: Job): void {
    if (this.#stopped) return;
    this.#journal.add(job);
    this.#take(job);
  }

  /** Work under way and waiting learns from a message which business it belongs to. */
  learn(rule: string, key: string, correlationId: string): void {
    const lane = this.#lanes.get(`${rule} ${key}`);
    for (const each of [lane?.current, ...(lane?.waiting ?? [])])
      if (each !== undefined) this.#correlate(each, correlationId);
  }

  #correlate(job: Job, correlationId: string): void {
    if (job.correlationId || !correlationId) return;
    job.correlationId = correlationId;
    this.#journal.changed(job);
  }

  #take(job: Job, delayMs = 0): void {
    if (!this.#policies.serialByKey) {
      this.#begin(job, delayMs);
      return;
    }
    const lane = this.#lane(job);
    if (lane.current === undefined) {
      lane.current = job;
      this.#begin(job, delayMs);
      return;
    }
    // Work that was found by reading learns from the message which business it belongs to.
    for (const each of [lane.current, ...lane.waiting]) this.#correlate(each, job.correlationId);
    this.#correlate(job, lane.current.correlationId);
    // The work reads the source afresh, so one waiting job stands for all that came meanwhile.
    const last = lane.waiting.at(-1);
    if (this.#policies.deduplicate && last && this.#standsFor(last, job)) {
      this.#journal.dropped(job);
      return;
    }
    lane.waiting.push(job);
  }

  #begin(job: Job, delayMs: number): void {
    if (delayMs > 0) {
      this.#later(job, delayMs);
      return;
    }
    this.#ready.push(job);
    this.#next();
  }

  #standsFor(last: Job, job: Job): boolean {
    return this.#policies.lane === 'order' || last.version >= job.version;
  }

  #laneName({ rule, key, payload }: Job): string {
    const order = (payload as { purchaseOrder?: string } | undefined)?.purchaseOrder;
    const shared = this.#policies.lane === 'order' ? order : undefined;
    return `${rule} ${shared ?? key}`;
  }

  #lane(job: Job): Lane {
    const name = this.#laneName(job);
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
    const batch = this.#batch();
    this.#journal.started(job);
    let failure: unknown;
    try {
      await this.#work(job);
    } catch (error) {
      failure = error;
    }
    lease?.cancel();
    this.#running--;
    if (failure === undefined) {
      batch?.push(job);
      this.#finish(job);
    } else {
      if (batch !== undefined && isTransient(failure)) this.#repeat(batch);
      this.#failed(job, failure);
    }
    this.#next();
  }

  /** What is worked off at about the same time. */
  #batch(): Job[] | undefined {
    if (this.#policies.retry !== 'batch') return undefined;
    const began = Math.floor(this.#clock.now() / batchMs);
    let batch = this.#batches.get(began);
    if (batch === undefined) this.#batches.set(began, (batch = []));
    return batch;
  }

  /** All of the batch once more, because one of it failed. */
  #repeat(batch: Job[]): void {
    for (const job of batch.splice(0)) this.#take({ ...job, ticket: `${job.ticket}+` });
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
    this.#journal.done(job);
    if (!this.#policies.serialByKey) return;
    const lane = this.#lane(job);
    const following = lane.waiting.shift();
    if (following === undefined) {
      this.#lanes.delete(this.#laneName(job));
      return;
    }
    lane.current = following;
    this.#ready.push(following);
  }

  #failed(job: Job, error: unknown): void {
    if (this.#stopped) return;
    this.#journal.changed(job);
    const kind = error instanceof CallFailed ? error.kind : 'refused';
    const reason = error instanceof Error ? error.message : String(error);
    if (kind === 'transient') {
      if (this.#policies.retry === 'never') this.#finish(job);
      else if (job.attempts >= this.#policies.deadLetters.maxAttempts) {
        this.#bury(job, reason);
        this.#replay(job);
      } else this.#later(job, backoffMs(this.#limits, this.#policies, job, error as CallFailed));
      return;
    }
    if (kind === 'missingParent') {
      if (this.#policies.missingParent === 'drop') {
        this.#finish(job);
        return;
      }
      const waitedMs = this.#clock.now() - (this.#firstTried.get(job) ?? 0);
      // What waits for somebody else's work knocks less often than what only failed to get through.
      if (waitedMs < this.#limits.parentPatienceMs)
        this.#later(job, 2 * backoffMs(this.#limits, this.#policies, job));
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

  /** What failed for no fault of its own is taken out of the dead letters later, and tried again. */
  #replay(job: Job): void {
    const { replayAfterMs } = this.#policies.deadLetters;
    const replays = (job.replays ?? 0) + 1;
    if (replayAfterMs === undefined || replays > this.#limits.maxReplays) return;
    this.#after(replayAfterMs, () => {
      const letter = this.deadLetters.findIndex(
        ({ rule, key }) => rule === job.rule && key === job.key,
      );
      if (letter >= 0) this.deadLetters.splice(letter, 1);
      // One attempt counts already: what was tried before may have been done.
      this.add({ ...job, attempts: 1, replays });
    });
  }

  /** The poison message stays at the head of the queue, and everything behind it waits. */
  #block(job: Job): void {
    this.#blocked = true;
    this.#ready.unshift(job);
  }

  #later(job: Job, delayMs: number): void {
    this.#after(delayMs, () => {
      this.#ready.push(job);
      this.#next();
    });
  }

  #after(delayMs: number, action: () => void): void {
    this.#delayed++;
    this.#clock.after(delayMs, () => {
      this.#delayed--;
      action();
    });
  }
}

const isTransient = (error: unknown): boolean =>
  error instanceof CallFailed && error.kind === 'transient';
