/**
 * Timers in the order in which they come due. One that is cancelled leaves at once with all that its action
 * holds: most timers guard a call that is answered long before.
 */

export interface Scheduled {
  readonly at: number;
  readonly action: () => void;
}

interface Entry extends Scheduled {
  readonly order: number;
  /** Its place in the heap; -1 when it is there no more. */
  place: number;
}

export class TimerHeap {
  readonly #entries: Entry[] = [];
  #order = 0;

  get size(): number {
    return this.#entries.length;
  }

  /** Of those that come due together the first is the one that was added first. */
  get first(): Scheduled | undefined {
    return this.#entries[0];
  }

  /** Returns what takes it away again, which does nothing once it is gone. */
  add(at: number, action: () => void): () => void {
    const entry = { at, action, order: this.#order++, place: this.#entries.length };
    this.#entries.push(entry);
    this.#rise(entry);
    return () => this.#remove(entry);
  }

  takeFirst(): Scheduled | undefined {
    const [first] = this.#entries;
    if (first !== undefined) this.#remove(first);
    return first;
  }

  #remove(entry: Entry): void {
    if (entry.place < 0) return;
    const last = this.#entries.pop() as Entry;
    if (last !== entry) {
      this.#put(last, entry.place);
      this.#sink(last);
      this.#rise(last);
    }
    entry.place = -1;
  }

  #rise(entry: Entry): void {
    while (entry.place > 0) {
      const above = this.#entries[(entry.place - 1) >> 1] as Entry;
      if (!isEarlier(entry, above)) return;
      this.#swap(entry, above);
    }
  }

  #sink(entry: Entry): void {
    for (;;) {
      const left = this.#entries[2 * entry.place + 1];
      if (left === undefined) return;
      const right = this.#entries[2 * entry.place + 2];
      const below = right !== undefined && isEarlier(right, left) ? right : left;
      if (!isEarlier(below, entry)) return;
      this.#swap(below, entry);
    }
  }

  #swap(a: Entry, b: Entry): void {
    const place = a.place;
    this.#put(a, b.place);
    this.#put(b, place);
  }

  #put(entry: Entry, place: number): void {
    this.#entries[place] = entry;
    entry.place = place;
  }
}

const isEarlier = (a: Entry, b: Entry): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order);
