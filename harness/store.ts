/**
 * The memory of a simulated system: collections of immutable, versioned documents, changed in
 * transactions. What a transaction wrote is appended to the history in the turn it commits, so the
 * two cannot disagree; a transaction that throws leaves nothing behind, not even a used number.
 */
import assert from 'node:assert';
import type { Context } from './context.ts';
import type { History } from './history.ts';
import type { Counters, LandscapeArchive } from './archive/landscape-archive.ts';
import { Collection, type CollectionOptions, type Journal, type Shelf } from './collection.ts';
import type { DomainEvent } from './domain-event.ts';
import type { CommitRecord } from './record.ts';

export interface StoreOptions {
  readonly system: string;
  readonly history: History;
  /** Called with the events of a transaction right after its commits are in the history. */
  readonly publish?: (event: DomainEvent, context: Context) => void;
  /** Keeps what is in the store; without one it lives as long as the process. */
  readonly archive?: LandscapeArchive;
}

export class Store {
  readonly system: string;
  readonly #history: History;
  readonly #publish: StoreOptions['publish'];
  readonly #collections = new Map<string, Collection<object>>();
  readonly #counters = new Map<string, number>();
  readonly #archive: LandscapeArchive | undefined;
  readonly #kept: Counters | undefined;
  #journal: Journal | undefined;
  #transactions = 0;
  #seeding = false;
  #viewAt: number | undefined;

  constructor({ system, history, publish, archive }: StoreOptions) {
    this.system = system;
    this.#history = history;
    this.#publish = publish;
    this.#archive = archive;
    this.#kept = archive?.counters(system);
    for (const [range, value] of this.#kept?.all() ?? []) this.#counters.set(range, value);
    this.#transactions = this.#counters.get(transactionCount) ?? 0;
  }

  /** The collection of one kind of document, made at the first call. */
  collection<T extends object>(kind: string, options: CollectionOptions<T> = {}): Collection<T> {
    let collection = this.#collections.get(kind);
    if (collection === undefined) {
      const surroundings = {
        journal: () => {
          assert(this.#journal, `A write to ${kind} needs a transaction.`);
          return this.#journal;
        },
        openJournal: () => this.#journal,
        viewAt: () => this.#viewAt,
      };
      const made = new Collection<T>(kind, options, surroundings, this.#shelf(kind, options));
      collection = made as unknown as Collection<object>;
      this.#collections.set(kind, collection);
    }
    return collection as unknown as Collection<T>;
  }

  #shelf<T>(kind: string, options: CollectionOptions<T>): Shelf<T> | undefined {
    const archive = this.#archive;
    if (archive === undefined) return undefined;
    return {
      entries: archive.entries<T>(this.system, kind, options),
      lookup: (which) => archive.lookup(this.system, kind, which),
      resumed: archive.resumed !== undefined,
    };
  }

  /** It is kept on disk, and may be larger than memory. */
  get isKept(): boolean {
    return this.#archive !== undefined;
  }

  get collections(): Iterable<Collection<object>> {
    return this.#collections.values();
  }

  /**
   * Runs `work` so that all its writes, events and numbers are kept, or none. Inside another
   * transaction it is a savepoint: a throw takes back what `work` did and nothing more.
   */
  transaction<R>(context: Context, work: () => R): R {
    if (this.#journal !== undefined) return this.#savepoint(this.#journal, work);
    this.#archive?.relieve();
    const journal: Journal = { at: context.at, writes: [], events: [], counters: [] };
    this.#journal = journal;
    let result: R;
    try {
      result = work();
    } catch (error) {
      this.#rollBack(journal, 0, 0, 0);
      throw error;
    } finally {
      this.#journal = undefined;
    }
    this.#commit(journal, context);
    return result;
  }

  /**
   * Runs `work` as what was there before the trial began: kept, but no business of the history's and
   * told to nobody.
   */
  seed(context: Context, work: () => void): void {
    assert(this.#journal === undefined, 'Seeding is no part of a transaction.');
    // What was there before the trial began is there again, with all that became of it.
    if (this.#archive?.resumed !== undefined) return;
    this.#seeding = true;
    try {
      // A day old, so that nobody who asks what changed since the start is told of it.
      this.transaction({ ...context, at: context.at - 86_400_000 }, work);
    } finally {
      this.#seeding = false;
    }
  }

  /** Publishes an event with the running transaction. */
  emit(event: DomainEvent): void {
    assert(this.#journal, 'An event needs a transaction.');
    this.#journal.events.push(event);
  }

  /** The next number of a range that starts at `first`; taken back if the transaction is. */
  nextNumber(range: string, first = 1): number {
    assert(this.#journal, 'A number needs a transaction.');
    const before = this.#counters.get(range);
    const next = before === undefined ? first : before + 1;
    this.#journal.counters.push([range, before]);
    this.#counters.set(range, next);
    return next;
  }

  /** Runs reads as they would have answered at an earlier trial time. */
  asOf<R>(at: number, read: () => R): R {
    const before = this.#viewAt;
    this.#viewAt = at;
    try {
      return read();
    } finally {
      this.#viewAt = before;
    }
  }

  #savepoint<R>(journal: Journal, work: () => R): R {
    const marks = [journal.writes.length, journal.events.length, journal.counters.length] as const;
    try {
      return work();
    } catch (error) {
      this.#rollBack(journal, ...marks);
      throw error;
    }
  }

  #rollBack(journal: Journal, writes: number, events: number, counters: number): void {
    while (journal.writes.length > writes) {
      const write = journal.writes.pop();
      write?.collection.restore(write.id, write.before);
    }
    while (journal.counters.length > counters) {
      const [range, before] = journal.counters.pop() as [string, number | undefined];
      if (before === undefined) this.#counters.delete(range);
      else this.#counters.set(range, before);
    }
    journal.events.length = events;
  }

  #commit(journal: Journal, context: Context): void {
    this.#keepCounters(journal);
    if (this.#seeding) return;
    const transaction = ++this.#transactions;
    this.#kept?.set(transactionCount, transaction);
    for (const { collection, id, entry } of journal.writes) {
      const current = collection.entry(id);
      // Written more than once in this transaction: only the last state is a version.
      if (entry === undefined || current !== entry || !collection.recorded) continue;
      const record: Writable<Omit<CommitRecord, 'position'>> = {
        type: 'commit',
        at: context.at,
        system: this.system,
        document: collection.kind,
        id,
        version: entry.version,
        data: entry.data,
        transaction,
        correlationId: context.correlationId,
      };
      if (context.exchange !== undefined) record.exchange = context.exchange;
      if (context.actor !== undefined) record.actor = context.actor;
      this.#history.append(record);
    }
    if (this.#publish) for (const event of journal.events) this.#publish(event, context);
  }

  #keepCounters({ counters }: Journal): void {
    if (this.#kept === undefined) return;
    for (const [range] of counters) this.#kept.set(range, this.#counters.get(range) as number);
  }
}

/** The name that the count of transactions is kept by, among the number ranges. */
const transactionCount = '#transactions';

/** A record while it is being put together. */
type Writable<T> = { -readonly [Field in keyof T]: T[Field] };
