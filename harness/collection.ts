/** One kind of document in a store: versions by key, and indexes that follow every write. */
import type { DomainEvent } from './domain-event.ts';

/** One version of a document; older ones hang behind it. */
export interface Entry<T> {
  readonly version: number;
  readonly at: number;
  readonly data: T;
  readonly previous: Entry<T> | undefined;
}

export interface CollectionOptions {
  /** `false` for housekeeping that is no business document (tokens, idempotency keys): no history, no versions kept. */
  readonly recorded?: boolean;
}

export interface Write {
  readonly collection: Collection<object>;
  readonly id: string;
  readonly before: Entry<object> | undefined;
  /** Nothing when it was removed. */
  readonly entry: Entry<object> | undefined;
}

/** What a transaction did so far. */
export interface Journal {
  readonly at: number;
  readonly writes: Write[];
  readonly events: DomainEvent[];
  readonly counters: [range: string, before: number | undefined][];
}

interface Surroundings {
  /** The running transaction's; fails without one. */
  journal(): Journal;
  /** The running transaction's, when there is one. */
  openJournal(): Journal | undefined;
  viewAt(): number | undefined;
}

/** Documents by a value of theirs that is not their key. */
export interface Index<T> {
  /** Documents with that value, in the order they got it. */
  find(value: string): T[];
  /** The first of them. */
  first(value: string): T | undefined;
}

type Indexer<T> = {
  values: (data: T) => readonly string[];
  /** A value that one document has, as most keys are, costs no set of its own. */
  ids: Map<string, string | Set<string>>;
};

export class Collection<T extends object> {
  readonly kind: string;
  readonly recorded: boolean;
  readonly #surroundings: Surroundings;
  readonly #entries = new Map<string, Entry<T>>();
  readonly #indexers: Indexer<T>[] = [];

  constructor(kind: string, options: CollectionOptions, surroundings: Surroundings) {
    this.kind = kind;
    this.recorded = options.recorded ?? true;
    this.#surroundings = surroundings;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The document, as of the view's time. */
  get(id: string): T | undefined {
    return this.entry(id)?.data;
  }

  /** The version of the document with its number and time, as of the view's time. */
  entry(id: string): Entry<T> | undefined {
    const entry = this.#entries.get(id);
    // Housekeeping keeps no versions: a stale read is stale in business, not in who may ask.
    const viewAt = this.recorded ? this.#surroundings.viewAt() : undefined;
    return viewAt === undefined ? entry : versionAt(entry, viewAt);
  }

  /** The version that was current at `at`. */
  asOf(id: string, at: number): Entry<T> | undefined {
    return versionAt(this.#entries.get(id), at);
  }

  has(id: string): boolean {
    return this.entry(id) !== undefined;
  }

  /** Documents in the order they were first written. */
  *values(): IterableIterator<T> {
    for (const id of this.#entries.keys()) {
      const data = this.get(id);
      if (data !== undefined) yield data;
    }
  }

  *entries(): IterableIterator<[string, Entry<T>]> {
    for (const id of this.#entries.keys()) {
      const entry = this.entry(id);
      if (entry !== undefined) yield [id, entry];
    }
  }

  /** Writes a new version. Needs a transaction. */
  put(id: string, data: T): Entry<T> {
    const journal = this.#surroundings.journal();
    const before = this.#entries.get(id);
    const entry = this.#next(before, data, id, journal);
    this.#entries.set(id, entry);
    this.#reindex(id, before?.data, data);
    journal.writes.push({ collection: this, id, before, entry } as unknown as Write);
    return entry;
  }

  /**
   * Removes housekeeping; a business document is never removed but flagged. Inside a transaction it
   * is taken back with it.
   */
  remove(id: string): void {
    if (this.recorded) throw new TypeError(`${this.kind} keeps its documents for ever.`);
    const before = this.#entries.get(id);
    if (before === undefined) return;
    this.#entries.delete(id);
    this.#reindex(id, before.data, undefined);
    this.#surroundings
      .openJournal()
      ?.writes.push({ collection: this, id, before, entry: undefined } as unknown as Write);
  }

  /** An index by the values that `keys` gives; kept from now on. */
  index(keys: (data: T) => string | readonly string[] | undefined): Index<T> {
    const indexer: Indexer<T> = {
      values: (data) => {
        const value = keys(data);
        if (value === undefined) return [];
        return typeof value === 'string' ? [value] : value;
      },
      ids: new Map(),
    };
    for (const [id, entry] of this.#entries) addTo(indexer, id, entry.data);
    this.#indexers.push(indexer);
    return {
      find: (value) => [...this.#found(indexer, value)],
      first: (value) => {
        for (const data of this.#found(indexer, value)) return data;
        return undefined;
      },
    };
  }

  *#found(indexer: Indexer<T>, value: string): IterableIterator<T> {
    if (this.recorded && this.#surroundings.viewAt() !== undefined) {
      // The index knows what is; what was has to be looked through.
      for (const data of this.values()) if (indexer.values(data).includes(value)) yield data;
      return;
    }
    const ids = indexer.ids.get(value) ?? [];
    for (const id of typeof ids === 'string' ? [ids] : ids) {
      const data = this.get(id);
      if (data !== undefined) yield data;
    }
  }

  /** Puts back what was there before a write; for the store's rollback only. */
  restore(id: string, before: Entry<T> | undefined): void {
    const current = this.#entries.get(id);
    if (before === undefined) this.#entries.delete(id);
    else this.#entries.set(id, before);
    this.#reindex(id, current?.data, before?.data);
  }

  #next(before: Entry<T> | undefined, data: T, id: string, journal: Journal): Entry<T> {
    if (before === undefined) return { version: 1, at: journal.at, data, previous: undefined };
    const rewritten = journal.writes.some(
      (write) => write.id === id && (write.collection as unknown) === this,
    );
    if (rewritten)
      return { version: before.version, at: journal.at, data, previous: before.previous };
    const previous = this.recorded ? before : undefined;
    return { version: before.version + 1, at: journal.at, data, previous };
  }

  #reindex(id: string, before: T | undefined, after: T | undefined): void {
    for (const indexer of this.#indexers) {
      if (before === undefined) {
        if (after !== undefined) addTo(indexer, id, after);
        continue;
      }
      const olds = indexer.values(before);
      const news = after === undefined ? [] : indexer.values(after);
      for (const value of olds) if (!news.includes(value)) removeFrom(indexer, id, value);
      for (const value of news) if (!olds.includes(value)) addValue(indexer, id, value);
    }
  }
}

function versionAt<T>(entry: Entry<T> | undefined, at: number): Entry<T> | undefined {
  let version = entry;
  while (version !== undefined && version.at > at) version = version.previous;
  return version;
}

function addTo<T>(indexer: Indexer<T>, id: string, data: T): void {
  for (const value of indexer.values(data)) addValue(indexer, id, value);
}

function addValue<T>({ ids }: Indexer<T>, id: string, value: string): void {
  const known = ids.get(value);
  if (known === undefined) ids.set(value, id);
  else if (typeof known !== 'string') known.add(id);
  else if (known !== id) ids.set(value, new Set([known, id]));
}

function removeFrom<T>({ ids }: Indexer<T>, id: string, value: string): void {
  const known = ids.get(value);
  if (known === id) ids.delete(value);
  else if (typeof known === 'object') {
    known.delete(id);
    if (known.size === 0) ids.delete(value);
  }
}
