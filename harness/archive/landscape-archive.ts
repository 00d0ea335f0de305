/**
 * The archive of one landscape: its history, its documents, its counters. Collects what is written in
 * a turn into a batch, hands the batch to the writer at the turn's end, and lets go of what is durable.
 */
import type { CollectionOptions, Entry } from '../collection.ts';
import { atTurnEnd } from '../clock.ts';
import type { SeatrialError } from '../seatrial-error.ts';
import type { ArchiveHeader, ArchiveReader, ArchiveWriter, Keeper } from './archive.ts';
import { OpenBatch } from './archive.ts';
import { ArchivedHistory } from './archived-history.ts';
import { documentCodec } from './codecs.ts';
import { type Codec, KeptEntries } from './kept-entries.ts';
import { KeptLookup } from './kept-lookup.ts';

/** Batches under way at once: while one is written the next is collected. */
const mostUnderWay = 2;
/** Touches in a batch after which a turn that never ends must hand it over. */
const largeBatch = 20_000;
export interface ArchiveOptions {
  /** Documents, all kinds together, that are cached before the older half of them goes; default 4000. */
  readonly cachedAtMost?: number;
}

/** No process takes more turns than this. */
const turnsEach = 1e10;
/** Lookups of one collection at most. */
const lookupsEach = 64;

interface Submitted {
  readonly number: number;
  readonly keepers: readonly Keeper[];
  readonly keys: readonly string[];
  readonly records: number;
}

interface Waiting {
  readonly batch: number;
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: Error): void;
}

export class LandscapeArchive {
  readonly history: ArchivedHistory;
  readonly reader: ArchiveReader;
  /** What a landscape before this one left, which this one goes on with. */
  readonly resumed: ArchiveHeader | undefined;
  readonly #writer: ArchiveWriter;
  readonly #collections = new Map<string, number>();
  readonly #keepers: Keeper[] = [];
  #open = new OpenBatch(1);
  #touchedBy: Keeper[] = [];
  #touchedKeys: string[] = [];
  #submitted: Submitted[] = [];
  #waiting: Waiting[] = [];
  #turn: number;
  #scheduled = false;
  readonly #cachedAtMost: number;
  #cached = 0;
  #closed = false;

  constructor(
    reader: ArchiveReader,
    writer: ArchiveWriter,
    { cachedAtMost = 4000 }: ArchiveOptions = {},
  ) {
    this.reader = reader;
    this.#cachedAtMost = cachedAtMost;
    this.#writer = writer;
    const opened = Number(reader.meta('opened') ?? 0) + 1;
    this.#turn = opened * turnsEach;
    this.#open.add('meta', 'opened', String(opened));
    const header = reader.meta('header');
    this.resumed = header === undefined ? undefined : (JSON.parse(header) as ArchiveHeader);
    for (const { number, system, kind } of reader.collections()) {
      this.#collections.set(`${system} ${kind}`, number);
    }
    const { promise, resolve } = Promise.withResolvers<SeatrialError>();
    this.failed = promise;
    this.#tellFailure = resolve;
    this.history = new ArchivedHistory(reader, () => this.#schedule());
    writer.onNews(() => this.#takeNews());
    this.#schedule();
  }

  /** Resolves with the reason when nothing can be recorded any more. */
  readonly failed: Promise<SeatrialError>;
  readonly #tellFailure: (failure: SeatrialError) => void;

  /** Why nothing is recorded any more, when that is so. */
  get failure(): SeatrialError | undefined {
    return this.#writer.failure;
  }

  /** The documents of a kind; `system` may be a part of the landscape that is no system, like an edge. */
  entries<T>(
    system: string,
    kind: string,
    options: CollectionOptions<T> & { readonly codec?: Codec<T> } = {},
  ): KeptEntries<T> {
    const { recorded = true, codec = documentCodec(options.plain, options.revive) } = options;
    const entries = new KeptEntries<T>({
      number: this.#numberOf(system, kind),
      reader: this.reader,
      codec,
      versioned: recorded,
      touch: (keeper, key) => this.#touch(keeper, key),
      cached: () => void this.#cached++,
    });
    this.#keepers.push(entries as Keeper);
    return entries;
  }

  lookup(system: string, kind: string, which: number): KeptLookup {
    return new KeptLookup({
      number: this.#numberOf(system, kind) * lookupsEach + which,
      reader: this.reader,
      touch: (keeper, key) => this.#touch(keeper, key),
      nextTurn: () => ++this.#turn,
    });
  }

  /** Numbers that go on after a restart. */
  counters(system: string): Counters {
    return new Counters(this.entries<number>(system, '#counter', { recorded: false }));
  }

  /** Says what begins here. */
  begin(header: ArchiveHeader): void {
    this.#open.add('meta', 'header', JSON.stringify(header));
    this.#schedule();
  }

  /**
   * When all that happened so far is durable; nothing when it is already. Rejects with the failure
   * when it never will be.
   */
  durable(): Promise<void> | undefined {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    const batch = this.#isEmpty() ? this.#open.number - 1 : this.#open.number;
    if (this.#writer.written >= batch) return undefined;
    this.#schedule();
    const last = this.#waiting.at(-1);
    if (last?.batch === batch) return last.promise;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ batch, promise, resolve, reject });
    this.#writer.keepAlive(true);
    return promise;
  }

  /** Waits in place until all is durable. Throws the failure. */
  flush(): void {
    if (!this.#isEmpty()) this.#submit();
    this.#writer.waitFor(this.#open.number - 1);
    this.#takeNews();
    if (this.failure !== undefined) throw this.failure;
  }

  /** Between transactions: of a turn that is long, what has gathered is handed over, and waits its turn. */
  relieve(): void {
    this.#age();
    if (this.#touchedKeys.length < largeBatch) return;
    this.#submit();
    this.#writer.waitFor(this.#open.number - 1 - mostUnderWay);
    this.#release();
  }

  /** Everything is written first; it can still be read. Throws the failure. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      this.flush();
    } finally {
      this.#writer.close();
    }
  }

  #numberOf(system: string, kind: string): number {
    const name = `${system} ${kind}`;
    let number = this.#collections.get(name);
    if (number === undefined) {
      number = this.#collections.size + 1;
      this.#collections.set(name, number);
      this.#open.add('collection', number, system, kind);
      this.#schedule();
    }
    return number;
  }

  #touch(keeper: Keeper, key: string): number {
    this.#touchedBy.push(keeper);
    this.#touchedKeys.push(key);
    this.#schedule();
    return this.#open.number;
  }

  #isEmpty(): boolean {
    const { history, failure } = this;
    if (failure !== undefined) return true;
    const isUntouched = this.#touchedKeys.length === 0 && history.handedOver === history.length;
    return isUntouched && Object.keys(this.#open.values).length === 0;
  }

  #schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    atTurnEnd(() => {
      this.#scheduled = false;
      this.#age();
      if (this.#submitted.length < mostUnderWay && !this.#isEmpty()) this.#submit();
    });
  }

  #submit(): void {
    const batch = this.#open;
    const [keepers, keys] = [this.#touchedBy, this.#touchedKeys];
    this.history.keep(batch);
    const seen = new Map<Keeper, Set<string>>();
    for (let i = 0; i < keys.length; i++) {
      const [keeper, key] = [keepers[i] as Keeper, keys[i] as string];
      let known = seen.get(keeper);
      if (known === undefined) seen.set(keeper, (known = new Set()));
      if (known.has(key)) continue;
      known.add(key);
      keeper.keep(key, batch);
    }
    const { number } = batch;
    this.#submitted.push({ number, keepers, keys, records: this.history.handedOver });
    this.#open = new OpenBatch(number + 1);
    this.#touchedBy = [];
    this.#touchedKeys = [];
    this.#writer.submit(batch);
  }

  #takeNews(): void {
    this.#release();
    const { failure } = this;
    if (failure !== undefined) this.#tellFailure(failure);
    const waiting = this.#waiting;
    const { written } = this.#writer;
    this.#waiting = failure === undefined ? waiting.filter(({ batch }) => batch > written) : [];
    if (waiting.length > 0 && this.#waiting.length === 0) this.#writer.keepAlive(false);
    for (const each of waiting) {
      if (each.batch <= written) each.resolve();
      else if (failure !== undefined) each.reject(failure);
    }
    if (!this.#isEmpty() && this.#submitted.length < mostUnderWay && !this.#closed) this.#submit();
  }

  /** Lets go of what is durable. */
  #release(): void {
    const { written } = this.#writer;
    let done = 0;
    for (const { number, keepers, keys, records } of this.#submitted) {
      if (number > written) break;
      done++;
      for (let i = 0; i < keys.length; i++)
        (keepers[i] as Keeper).release(keys[i] as string, number);
      this.history.release(records);
    }
    if (done > 0) this.#submitted.splice(0, done);
  }

  /** Only between transactions: within one, a document that is read twice is the same object. */
  #age(): void {
    if (this.#cached < this.#cachedAtMost) return;
    this.#cached = 0;
    for (const keeper of this.#keepers) keeper.age();
  }
}

/** Numbers by name, kept with everything else. */
export class Counters {
  readonly #entries: KeptEntries<number>;

  constructor(entries: KeptEntries<number>) {
    this.#entries = entries;
  }

  get(name: string): number | undefined {
    return this.#entries.get(name)?.data;
  }

  set(name: string, value: number): void {
    const entry: Entry<number> = { version: 1, at: 0, data: value, previous: undefined };
    this.#entries.set(name, entry);
  }

  *all(): IterableIterator<[string, number]> {
    for (const [name, { data }] of this.#entries.entries()) yield [name, data];
  }
}
