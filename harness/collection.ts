/** One kind of document in a store: versions by key, and indexes that follow every write. */
import { MemoryIds } from './memory-ids.ts';
import type { DomainEvent } from './domain-event.ts';

/** One version of a document; older ones hang behind it. */
export interface Entry<T> {
  readonly version: number;
  readonly at: number;
  readonly data: T;
  readonly previous: Entry<T> | undefined;
}

export interface CollectionOptions<T = never> {
  /** `false` for housekeeping that is no business document (tokens, idempotency keys): no history, no versions kept. */
  readonly recorded?: boolean;
  /** What JSON can hold of a document that is more than JSON; housekeeping only. */
  plain?(data: T): unknown;
  /** Makes it again. */
  revive?(plain: unknown): T;
}

/** Where a collection has its documents: in memory, or on disk with some of them in memory. */
export interface EntryTable<T> {
  readonly size: number;
  get(id: string): Entry<T> | undefined;
  set(id: string, entry: Entry<T>): unknown;
  delete(id: string): unknown;
  /** In the order in which they were first written. */
  entries(): IterableIterator<[string, Entry<T>]>;
  /** Without the documents themselves, where that is cheaper. */
  outline?(): IterableIterator<Outline>;
}

/** A document without what it says. */
export interface Outline {
  readonly id: string;
  readonly version: number;
  readonly at: number;
  /** Greater than that of all that was written before, where what is written last does not go without saying. */
  readonly order?: number;
}

/** Keys by a value, in the order in which they got it. */
export interface IdTable {
  of(value: string): Iterable<string>;
  add(value: string, id: string): void;
  remove(value: string, id: string): void;
}

/** Where documents and indexes that outlive the process are kept. */
export interface Shelf<T> {
  readonly entries: EntryTable<T>;
  lookup(which: number): IdTable;
  /** It had documents before this process began, and their indexes with them. */
  readonly resumed: boolean;
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
  /** The same, one by one. */
  each(value: string): IterableIterator<T>;
  /** The first of them. */
  first(value: string): T | undefined;
}

type Indexer<T> = {
  values: (data: T) => readonly string[];
  ids: IdTable;
  /** A document's values never change. */
  fixed: boolean;
};

export class Collection<T extends object> {
  readonly kind: string;
  readonly recorded: boolean;
  readonly #surroundings: Surroundings;
  readonly #shelf: Shelf<T> | undefined;
  readonly #entries: EntryTable<T>;
  readonly #indexers: Indexer<T>[] = [];

  constructor(
    kind: string,
    options: CollectionOptions<T>,
    surroundings: Surroundings,
    shelf?: Shelf<T>,
  ) {
    this.kind = kind;
    this.recorded = options.recorded ?? true;
    this.#surroundings = surroundings;
    this.#shelf = shelf;
    this.#entries = shelf?.entries ?? new Map<string, Entry<T>>();
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
    for (const [, { data }] of this.entries()) yield data;
  }

  *entries(): IterableIterator<[string, Entry<T>]> {
    const viewAt = this.recorded ? this.#surroundings.viewAt() : undefined;
    for (const [id, current] of this.#entries.entries()) {
      const entry = viewAt === undefined ? current : versionAt(current, viewAt);
      if (entry !== undefined) yield [id, entry];
    }
  }

  /** Keys, versions and times as they stood before the running transaction, in the order of first writing. */
  *outline(): IterableIterator<Outline> {
    const before = new Map<string, Entry<object> | undefined>();
    for (const write of this.#surroundings.openJournal()?.writes ?? []) {
      const isMine = (write.collection as unknown) === this;
      if (isMine && !before.has(write.id)) before.set(write.id, write.before);
    }
    for (const each of this.#entries.outline?.() ?? outlined(this.#entries)) {
      const known = before.has(each.id) ? before.get(each.id) : each;
      if (known !== undefined) yield { ...each, version: known.version, at: known.at };
    }
  }

  /** It had documents before this process began. */
  get resumed(): boolean {
    return this.#shelf?.resumed ?? false;
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

  /**
   * An index by the values that `keys` gives; kept from now on. `fixed` promises that a document's
   * values never change, so that it serves views of the past, too.
   */
  index(
    keys: (data: T) => string | readonly string[] | undefined,
    { fixed = false }: { readonly fixed?: boolean } = {},
  ): Index<T> {
    const indexer: Indexer<T> = {
      values: (data) => {
        const value = keys(data);
        if (value === undefined) return [];
        return typeof value === 'string' ? [value] : value;
      },
      ids: this.#shelf?.lookup(this.#indexers.length) ?? new MemoryIds(),
      fixed,
    };
    if (!this.resumed)
      for (const [id, entry] of this.#entries.entries()) addTo(indexer, id, entry.data);
    this.#indexers.push(indexer);
    return {
      find: (value) => [...this.#found(indexer, value)],
      each: (value) => this.#found(indexer, value),
      first: (value) => {
        for (const data of this.#found(indexer, value)) return data;
        return undefined;
      },
    };
  }

  *#found(indexer: Indexer<T>, value: string): IterableIterator<T> {
    if (this.recorded && !indexer.fixed && this.#surroundings.viewAt() !== undefined) {
      // The index knows what is; what was has to be looked through.
      for (const data of this.values()) if (indexer.values(data).includes(value)) yield data;
      return;
    }
    for (const id of indexer.ids.of(value)) {
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
      for (const value of olds) if (!news.includes(value)) indexer.ids.remove(value, id);
      for (const value of news) if (!olds.includes(value)) indexer.ids.add(value, id);
    }
  }
}

function versionAt<T>(entry: Entry<T> | undefined, at: number): Entry<T> | undefined {
  let version = entry;
  while (version !== undefined && version.at > at) version = version.previous;
  return version;
}

function addTo<T>(indexer: Indexer<T>, id: string, data: T): void {
  for (const value of indexer.values(data)) indexer.ids.add(value, id);
}

function* outlined<T>(entries: EntryTable<T>): IterableIterator<Outline> {
  for (const [id, { version, at }] of entries.entries()) yield { id, version, at };
}
