/**
 * Follows a history from its first record on. A long one, kept on disk by a landscape before this one,
 * is read in slices, so that nobody waits for it at the start.
 */
import { type Timer, everyReal, stopwatch } from './clock.ts';
import type { History, HistoryListener } from './history.ts';
import type { HistoryRecord } from './record.ts';

/** As much is read at once. */
const atOnce = 20_000;
const sliceMs = 20;
const everyMs = 40;

export class Follower {
  readonly #history: History;
  readonly #listener: HistoryListener;
  readonly #reader: Iterator<HistoryRecord>;
  #read = 0;
  #slices: Timer | undefined;
  #unfollow: (() => void) | undefined;

  constructor(history: History, listener: HistoryListener) {
    this.#history = history;
    this.#listener = listener;
    this.#reader = history[Symbol.iterator]();
    if (history.length <= atOnce) this.catchUp();
    else this.#slices = everyReal(everyMs, () => this.#readFor(sliceMs));
  }

  /** Records that were not read yet. */
  get behind(): number {
    return this.#unfollow === undefined ? this.#history.length - this.#read : 0;
  }

  /** Reads all there is. */
  catchUp(): void {
    this.#readFor(Number.POSITIVE_INFINITY);
  }

  stop(): void {
    this.#slices?.cancel();
    this.#unfollow?.();
    this.#unfollow ??= () => {};
  }

  #readFor(ms: number): void {
    const elapsedMs = stopwatch();
    while (this.#unfollow === undefined) {
      const next = this.#reader.next();
      if (next.done === true) {
        this.#slices?.cancel();
        this.#unfollow = this.#history.subscribe(this.#listener);
        return;
      }
      this.#read++;
      this.#listener(next.value);
      if (this.#read % 64 === 0 && elapsedMs() >= ms) return;
    }
  }
}
