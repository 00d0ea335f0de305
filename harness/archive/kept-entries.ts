/**
 * A collection's documents when they are kept on disk: those of batches that are not durable yet are
 * held, the others are read back when asked for and cached for a while.
 */
import type { Entry, Outline } from '../collection.ts';
import { type ArchiveReader, type Keeper, type OpenBatch, boundOf } from './archive.ts';
import type { DocumentRow } from './changes.ts';

/** How a document is written, and made again. */
export interface Codec<T> {
  /** Its text, or the position of the commit that has it, or both. */
  keep(
    data: T,
    batch: OpenBatch,
  ): { readonly body: string | null; readonly position: number | null };
  revive(body: string | null, record: string | null): T;
}

/** What the documents of one collection share. */
interface Surroundings<T> {
  readonly number: number;
  readonly reader: ArchiveReader;
  readonly codec: Codec<T>;
  /** Whether earlier versions are kept. */
  readonly versioned: boolean;
  /** Notes that the key was written in the open batch; gives that batch's number. */
  touch(keeper: Keeper, key: string): number;
  /** Notes that one more was cached. */
  cached(): void;
}

interface Pin<T> {
  /** Nothing when it was removed. */
  readonly entry: Entry<T> | undefined;
  readonly place: number;
  readonly batch: number;
  /** The position of its commit once that is known, and above all positions before. */
  readonly order: number;
}

/** Above every position of a history. */
const notKeptYet = 2 ** 50;

/** A version that is in a batch or on disk: what is behind it need not be held. */
class SavedEntry<T> implements Entry<T> {
  readonly version: number;
  readonly at: number;
  readonly data: T;
  readonly place: number;
  readonly id: string;
  readonly of: KeptEntries<T>;
  /** Held until the version itself is durable. */
  behind: Entry<T> | undefined;

  constructor(of: KeptEntries<T>, id: string, place: number, entry: Omit<Entry<T>, 'previous'>) {
    this.of = of;
    this.id = id;
    this.place = place;
    this.version = entry.version;
    this.at = entry.at;
    this.data = entry.data;
  }

  get previous(): Entry<T> | undefined {
    return this.behind ?? this.of.earlier(this.id, this.version - 1, this.place);
  }
}

const pageRows = 500;

export class KeptEntries<T> implements Keeper {
  readonly #around: Surroundings<T>;
  readonly #pinned = new Map<string, Pin<T>>();
  #young = new Map<string, SavedEntry<T>>();
  #old = new Map<string, SavedEntry<T>>();
  /** Counted when it is first asked for, and kept up to date from then on. */
  #size: number | undefined;
  #lastPlace: number;
  #writes = 0;
  /** No key on disk is above it: what is new mostly is. */
  #greatest: string;
  /** The key that was last looked for in vain. */
  #missed: string | undefined;

  constructor(around: Surroundings<T>) {
    this.#around = around;
    const { lastPlace, greatest } = around.reader.extent(around.number);
    this.#lastPlace = lastPlace;
    this.#greatest = boundOf(greatest);
  }

  get size(): number {
    return (this.#size ??= this.#counted());
  }

  /** The place of what was written first last. */
  get lastPlace(): number {
    return this.#lastPlace;
  }

  get(id: string): Entry<T> | undefined {
    const pin = this.#pinned.get(id);
    if (pin !== undefined) return pin.entry;
    const young = this.#young.get(id);
    if (young !== undefined) return young;
    return this.#old.size > 0 && this.#old.has(id) ? this.#rejuvenated(id) : this.#read(id);
  }

  set(id: string, entry: Entry<T>): void {
    const pin = this.#pinned.get(id);
    const place = this.#placeOf(id, pin);
    if (place === undefined && this.#size !== undefined) this.#size++;
    if (id > this.#greatest) this.#greatest = id;
    this.#pin(id, entry, place ?? ++this.#lastPlace);
    this.#missed = undefined;
  }

  delete(id: string): void {
    const pin = this.#pinned.get(id);
    const place = this.#placeOf(id, pin);
    if (place === undefined) return;
    if (this.#size !== undefined) this.#size--;
    this.#pin(id, undefined, place);
    // A document that a transaction made and took back leaves no gap.
    if (place === this.#lastPlace && pin?.entry?.version === 1) this.#lastPlace--;
  }

  /** In the order in which they were first written. */
  *entries(): IterableIterator<[string, Entry<T>]> {
    const { reader, number } = this.#around;
    let last = 0;
    for (;;) {
      const rows = reader.documents(number, last, pageRows);
      for (const { id, ...row } of rows) {
        last = row.place;
        const pin = this.#pinned.get(id);
        if (pin === undefined) yield [id, this.#young.get(id) ?? this.#made(id, row)];
        else if (pin.entry !== undefined && pin.place === row.place) yield [id, pin.entry];
      }
      if (rows.length < pageRows) break;
    }
    yield* this.#pinnedBehind(last);
  }

  /** Without the documents themselves. */
  *outline(): IterableIterator<Outline> {
    const { reader, number } = this.#around;
    let last = 0;
    for (const { place, ...saved } of reader.outline(number)) {
      last = place;
      const pin = this.#pinned.get(saved.id);
      if (pin === undefined) yield saved;
      else if (pin.entry !== undefined && pin.place === place) {
        const { version, at } = pin.entry;
        yield { id: saved.id, version, at, order: pin.order };
      }
    }
    for (const [id, { version, at }] of this.#pinnedBehind(last)) {
      yield { id, version, at, order: this.#pinned.get(id)?.order ?? 0 };
    }
  }

  /** What is written and not on disk yet, in the order of the places. */
  *#pinnedBehind(place: number): IterableIterator<[string, Entry<T>]> {
    const fresh = [...this.#pinned].filter(([, pin]) => pin.place > place);
    fresh.sort(([, a], [, b]) => a.place - b.place);
    for (const [id, { entry }] of fresh) if (entry !== undefined) yield [id, entry];
  }

  /** A version that is not the current one. */
  earlier(id: string, version: number, place: number): Entry<T> | undefined {
    if (version < 1 || !this.#around.versioned) return undefined;
    const row = this.#around.reader.earlier(this.#around.number, id, version);
    return row === undefined ? undefined : this.#made(id, { ...row, place });
  }

  keep(id: string, batch: OpenBatch): void {
    const pin = this.#pinned.get(id);
    if (pin === undefined) return;
    const { number } = this.#around;
    const { entry, place } = pin;
    if (entry === undefined) {
      batch.add('remove', number, id);
      return;
    }
    // Taken back to what is on disk already, or on its way there.
    if (entry instanceof SavedEntry && entry.place === place) return;
    const { body, position } = this.#around.codec.keep(entry.data, batch);
    if (entry.version > 1 && this.#around.versioned) this.#keepEarlier(id, entry, batch);
    batch.add('document', number, id, entry.version, entry.at, place, position, body);
    const saved = new SavedEntry(this, id, place, entry);
    saved.behind = entry.previous;
    this.#pinned.set(id, { entry: saved, place, batch: pin.batch, order: position ?? pin.order });
  }

  release(id: string, batch: number): void {
    const pin = this.#pinned.get(id);
    if (pin === undefined || pin.batch > batch) return;
    this.#pinned.delete(id);
    const { entry } = pin;
    if (!(entry instanceof SavedEntry)) return;
    entry.behind = undefined;
    this.#remember(id, entry);
  }

  age(): void {
    this.#old = this.#young;
    this.#young = new Map();
  }

  /** Versions that came and went within the batch, and the one that was current before it. */
  #keepEarlier(id: string, entry: Entry<T>, batch: OpenBatch): void {
    const { number, codec } = this.#around;
    batch.add('retire', number, id);
    let earlier = entry.previous;
    while (earlier !== undefined && !(earlier instanceof SavedEntry)) {
      const { body, position } = codec.keep(earlier.data, batch);
      batch.add('earlier', number, id, earlier.version, earlier.at, position, body);
      earlier = earlier.previous;
    }
  }

  #counted(): number {
    const { reader, number } = this.#around;
    let size = reader.size(number);
    for (const [id, { entry }] of this.#pinned) {
      const wasThere = reader.document(number, id) !== undefined;
      if (entry !== undefined && !wasThere) size++;
      else if (entry === undefined && wasThere) size--;
    }
    return size;
  }

  #pin(id: string, entry: Entry<T> | undefined, place: number): void {
    const batch = this.#around.touch(this, id);
    this.#pinned.set(id, { entry, place, batch, order: notKeptYet + ++this.#writes });
    this.#young.delete(id);
    this.#old.delete(id);
  }

  /** Where it stands; nothing when it is not there. */
  #placeOf(id: string, pin: Pin<T> | undefined): number | undefined {
    if (pin !== undefined) return pin.entry === undefined ? undefined : pin.place;
    if (id === this.#missed) return undefined;
    const entry = this.get(id);
    return entry === undefined ? undefined : (entry as SavedEntry<T>).place;
  }

  #read(id: string): Entry<T> | undefined {
    const { reader, number } = this.#around;
    const row = id > this.#greatest ? undefined : reader.document(number, id);
    if (row === undefined) {
      this.#missed = id;
      return undefined;
    }
    const entry = this.#made(id, row);
    this.#remember(id, entry);
    return entry;
  }

  #made(id: string, { version, at, place, body, record }: DocumentRow): SavedEntry<T> {
    const data = this.#around.codec.revive(body, record);
    return new SavedEntry(this, id, place, { version, at, data });
  }

  #rejuvenated(id: string): SavedEntry<T> {
    const entry = this.#old.get(id) as SavedEntry<T>;
    this.#old.delete(id);
    this.#remember(id, entry);
    return entry;
  }

  #remember(id: string, entry: SavedEntry<T>): void {
    this.#young.set(id, entry);
    this.#around.cached();
  }
}
