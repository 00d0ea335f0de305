/**
 * Customizing by code (company codes, plants, tax codes, payment terms): what the settings bring,
 * and over it what was seeded into the store.
 */
import type { Collection } from '../../harness/collection.ts';

export class OrganisationTable<T extends { readonly code: string }> {
  readonly #seeded: Collection<T>;
  readonly #settings: ReadonlyMap<string, T>;

  constructor(seeded: Collection<T>, settings: readonly T[]) {
    this.#seeded = seeded;
    this.#settings = new Map(settings.map((each) => [each.code, each]));
  }

  get(code: string): T | undefined {
    return (
      (this.#seeded.size === 0 ? undefined : this.#seeded.get(code)) ?? this.#settings.get(code)
    );
  }

  has(code: string): boolean {
    return this.get(code) !== undefined;
  }

  *values(): IterableIterator<T> {
    yield* this.#seeded.values();
    for (const [code, each] of this.#settings) if (!this.#seeded.has(code)) yield each;
  }

  /** Writes or replaces an entry. Needs a transaction. */
  put(entry: T): void {
    this.#seeded.put(entry.code, entry);
  }
}
