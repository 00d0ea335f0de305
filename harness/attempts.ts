/** How often each operation was called for each key on a link; with an archive this outlives the process. */
import type { KeptEntries } from './archive/kept-entries.ts';
import type { Counters, LandscapeArchive } from './archive/landscape-archive.ts';

export class Attempts {
  readonly #link: string;
  readonly #archive: LandscapeArchive | undefined;
  readonly #counters: Counters | undefined;
  /** By operation, then by key. */
  readonly #inMemory = new Map<string, Map<string, number>>();
  readonly #kept = new Map<string, KeptEntries<number>>();

  constructor(link: string, archive: LandscapeArchive | undefined) {
    this.#link = link;
    this.#archive = archive;
    this.#counters = archive?.counters(link);
  }

  /** Exchanges on the link so far. */
  get exchanges(): number {
    return this.#counters?.get('exchanges') ?? 0;
  }

  count(exchanges: number): void {
    this.#counters?.set('exchanges', exchanges);
  }

  next(operation: string, key = ''): number {
    return this.#archive === undefined
      ? this.#nextInMemory(operation, key)
      : this.#nextKept(operation, key, this.#archive);
  }

  #nextInMemory(operation: string, key: string): number {
    let byKey = this.#inMemory.get(operation);
    if (byKey === undefined) this.#inMemory.set(operation, (byKey = new Map()));
    const attempt = (byKey.get(key) ?? 0) + 1;
    byKey.set(key, attempt);
    return attempt;
  }

  #nextKept(operation: string, key: string, archive: LandscapeArchive): number {
    let byKey = this.#kept.get(operation);
    if (byKey === undefined) {
      byKey = archive.entries<number>(this.#link, `#attempt ${operation}`, { recorded: false });
      this.#kept.set(operation, byKey);
    }
    const attempt = (byKey.get(key)?.data ?? 0) + 1;
    byKey.set(key, { version: 1, at: 0, data: attempt, previous: undefined });
    return attempt;
  }
}
