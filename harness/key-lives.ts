/**
 * From when to when a long history speaks of each key, so that a check may let go of what it holds about
 * a key that is spoken of no more. In 8 bytes for each key: two keys with one hash are taken for one,
 * which lives longer than either and is let go of later, and does no harm.
 */
import { textHash } from './text-hash.ts';

export class KeyLives {
  /** Pairs: a key's hash, and the last span that speaks of it, from 1; 0 for none. */
  #slots = new Uint32Array(2 * 1024);
  #size = 0;
  /** Keys that are spoken of first in each span. */
  readonly #begun: number[] = [];
  /** Time is counted in so many records. */
  readonly #spanRecords: number;

  constructor(spanRecords: number) {
    this.#spanRecords = spanRecords;
  }

  /** The span that a record stands in. */
  spanOf(position: number): number {
    return Math.floor(position / this.#spanRecords);
  }

  /** The record there speaks of the key. */
  see(key: string, position: number): void {
    const span = this.spanOf(position);
    const slot = this.#slotOf(textHash(key));
    if (this.#slots[slot + 1] === 0) {
      while (this.#begun.length <= span) this.#begun.push(0);
      this.#begun[span] = (this.#begun[span] as number) + 1;
      this.#size++;
    }
    this.#slots[slot + 1] = span + 1;
    if (this.#size * 3 > this.#slots.length) this.#grow();
  }

  /** The last span that speaks of the key; infinite for one that was never seen. */
  lastOf(key: string): number {
    const last = this.#slots[this.#slotOf(textHash(key)) + 1] as number;
    return last === 0 ? Number.POSITIVE_INFINITY : last - 1;
  }

  /** How many keys there are at a time, at most. */
  get mostAtOnce(): number {
    const over: number[] = this.#begun.map(() => 0);
    for (let i = 1; i < this.#slots.length; i += 2) {
      const last = this.#slots[i] as number;
      if (last > 0) over[last - 1] = (over[last - 1] ?? 0) + 1;
    }
    let [now, most] = [0, 0];
    for (const [span, begun] of this.#begun.entries()) {
      now += begun;
      most = Math.max(most, now);
      now -= over[span] as number;
    }
    return most;
  }

  /** The slot of the hash, taken when it is new. */
  #slotOf(hash: number): number {
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      if (slots[2 * at + 1] === 0) slots[2 * at] = hash;
      if (slots[2 * at] === hash) return 2 * at;
    }
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(before.length * 2);
    for (let i = 0; i < before.length; i += 2) {
      if (before[i + 1] !== 0)
        this.#slots[this.#slotOf(before[i] as number) + 1] = before[i + 1] as number;
    }
  }
}
