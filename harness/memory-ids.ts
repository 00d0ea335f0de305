/** Keys by a value, in memory. */
import type { IdTable } from './collection.ts';

export class MemoryIds implements IdTable {
  /** A value that one document has, as most keys are, costs no set of its own. */
  readonly #ids = new Map<string, string | Set<string>>();

  of(value: string): Iterable<string> {
    const ids = this.#ids.get(value) ?? [];
    return typeof ids === 'string' ? [ids] : ids;
  }

  add(value: string, id: string): void {
    const known = this.#ids.get(value);
    if (known === undefined) this.#ids.set(value, id);
    else if (typeof known !== 'string') known.add(id);
    else if (known !== id) this.#ids.set(value, new Set([known, id]));
  }

  remove(value: string, id: string): void {
    const known = this.#ids.get(value);
    if (known === id) this.#ids.delete(value);
    else if (typeof known === 'object') {
      known.delete(id);
      if (known.size === 0) this.#ids.delete(value);
    }
  }
}
