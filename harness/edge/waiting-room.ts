/**
 * The place in front of a system for requests that are to be answered: so many at a time, then it is
 * full and who comes is sent away at once. Answers are worked off a few milliseconds at a stretch, so
 * that between two stretches the port sees who is at the door; without that the queue would be in the
 * machine's sockets, where nobody can be refused.
 */
import { atTurnEnd, stopwatch } from '../clock.ts';

/** Real time for which answers may keep the door unattended, at least. */
const stretchMs = 5;

export class WaitingRoom {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  readonly #elapsed = stopwatch();
  #inside = 0;
  #working = false;
  #stoppedAt = 0;

  /** Room for so many requests, from their head to the end of their answer. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Requests inside: arriving, waiting, or being answered. */
  get inside(): number {
    return this.#inside;
  }

  /** Lets one in, unless it is full. */
  enter(): boolean {
    if (this.#inside >= this.#most) return false;
    this.#inside++;
    return true;
  }

  leave(): void {
    this.#inside--;
  }

  /** Answers when it is its turn. */
  answer(work: () => void): void {
    this.#waiting.push(work);
    if (this.#working) return;
    this.#working = true;
    atTurnEnd(() => this.#work());
  }

  /** As long as the door took since the last stretch: refusing must not keep it from answering. */
  #work(): void {
    const began = this.#elapsed();
    const until = began + Math.max(stretchMs, began - this.#stoppedAt);
    let done = 0;
    try {
      while (done < this.#waiting.length && this.#elapsed() < until) this.#waiting[done++]?.();
    } finally {
      this.#waiting.splice(0, done);
      this.#stoppedAt = this.#elapsed();
      this.#working = this.#waiting.length > 0;
      if (this.#working) atTurnEnd(() => this.#work());
    }
  }
}
