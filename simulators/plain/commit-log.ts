/**
 * The order in which a system's documents were first written, and in which they last changed: what
 * lists page over. Positions never move, because documents are never removed, so a cursor neither
 * skips nor repeats a row whatever is written meanwhile. It follows the history, which knows nothing
 * of what was rolled back; it is derived from the store and holds nothing that is not there.
 */
import type { History } from '../../harness/history.ts';
import type { Store } from '../../harness/store.ts';

/** Place of a change in the order of (time, sequence). */
export interface ChangePlace {
  readonly at: number;
  readonly sequence: number;
}

/** The commits of one kind of document. */
export class KindLog {
  /** Ids in the order they were first written. */
  readonly ids: string[] = [];
  readonly #at: number[] = [];
  readonly #sequence: number[] = [];
  readonly #id: string[] = [];
  readonly #version: number[] = [];
  #last = 0;

  add(id: string, version: number, at: number): void {
    if (version === 1) this.ids.push(id);
    this.addChange(id, version, at);
  }

  addChange(id: string, version: number, at: number): void {
    const sequence = ++this.#last;
    const end = this.#at.length;
    if (end === 0 || (this.#at[end - 1] as number) <= at) {
      this.#at.push(at);
      this.#sequence.push(sequence);
      this.#id.push(id);
      this.#version.push(version);
      return;
    }
    // A late commit carries an earlier time and belongs before what is there; that is rare.
    const place = this.seek({ at, sequence });
    this.#at.splice(place, 0, at);
    this.#sequence.splice(place, 0, sequence);
    this.#id.splice(place, 0, id);
    this.#version.splice(place, 0, version);
  }

  get changes(): number {
    return this.#at.length;
  }

  /** Position of the first change at or behind the place. */
  seek(place: ChangePlace): number {
    let low = 0;
    let high = this.#at.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = this.#at[middle] as number;
      const before =
        at < place.at || (at === place.at && (this.#sequence[middle] as number) < place.sequence);
      if (before) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  change(position: number): ChangePlace & { readonly id: string; readonly version: number } {
    return {
      at: this.#at[position] as number,
      sequence: this.#sequence[position] as number,
      id: this.#id[position] as string,
      version: this.#version[position] as number,
    };
  }
}

export class CommitLog {
  readonly #kinds = new Map<string, KindLog>();

  constructor(store: Store, history: History) {
    for (const collection of store.collections) {
      if (!collection.recorded) continue;
      const log = this.of(collection.kind);
      const entries = [...collection.entries()];
      for (const [id] of entries) log.ids.push(id);
      entries.sort(([, a], [, b]) => a.at - b.at);
      for (const [id, { version, at }] of entries) log.addChange(id, version, at);
    }
    history.subscribe((record) => {
      if (record.type !== 'commit' || record.system !== store.system) return;
      this.of(record.document).add(record.id, record.version, record.at);
    });
  }

  of(kind: string): KindLog {
    let log = this.#kinds.get(kind);
    if (log === undefined) this.#kinds.set(kind, (log = new KindLog()));
    return log;
  }
}
