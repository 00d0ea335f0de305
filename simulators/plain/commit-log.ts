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

/**
 * Where the store is kept on disk, a kind's log is made when its first list is asked for: of what nobody
 * lists, nothing is held in memory.
 */
export class CommitLog {
  readonly #kinds = new Map<string, KindLog>();
  readonly #store: Store;

  constructor(store: Store, history: History) {
    this.#store = store;
    if (!store.isKept) {
      for (const { kind, recorded } of store.collections) if (recorded) this.of(kind);
    }
    history.subscribe((record) => {
      if (record.type !== 'commit' || record.system !== store.system) return;
      let log = this.#kinds.get(record.document);
      if (log === undefined) {
        if (store.isKept) return;
        this.#kinds.set(record.document, (log = new KindLog()));
      }
      log.add(record.id, record.version, record.at);
    });
  }

  of(kind: string): KindLog {
    let log = this.#kinds.get(kind);
    if (log === undefined) this.#kinds.set(kind, (log = this.#read(kind)));
    return log;
  }

  #read(kind: string): KindLog {
    const log = new KindLog();
    const rows = [...this.#store.collection(kind).outline()];
    for (const { id } of rows) log.ids.push(id);
    rows.sort((a, b) => a.at - b.at || (a.order ?? 0) - (b.order ?? 0));
    for (const { id, version, at } of rows) log.addChange(id, version, at);
    return log;
  }
}
