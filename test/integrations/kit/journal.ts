/**
 * Accepted work, where a crash does not reach it. A message is acknowledged once its job is here, and a
 * job leaves when it is done; what is still here at a start is done again.
 */
import type { Job, Policies } from './policies.ts';
import { type Storage, stored } from './stored.ts';

export class Journal {
  readonly #jobs: Map<number, Job>;
  readonly #mode: Policies['journal'];

  constructor(storage: Storage, { journal }: Policies) {
    this.#jobs = stored(storage, 'jobs', () => new Map<number, Job>());
    this.#mode = journal;
  }

  /** What was accepted and not done, oldest first. */
  get open(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  add(job: Job): void {
    this.#jobs.set(job.number, job);
  }

  started(job: Job): void {
    if (this.#mode === 'untilStarted') this.#jobs.delete(job.number);
    else this.changed(job);
  }

  /** What the job knows has changed. */
  changed(job: Job): void {
    if (this.#jobs.get(job.number) === job) this.#jobs.set(job.number, job);
  }

  done({ number }: Job): void {
    this.#jobs.delete(number);
    if (this.#mode !== 'offset') return;
    // An offset says "all up to here", whether or not that is so.
    for (const earlier of this.#jobs.keys()) if (earlier < number) this.#jobs.delete(earlier);
  }

  /** Stood for by another job. */
  dropped({ number }: Job): void {
    this.#jobs.delete(number);
  }
}
