/**
 * Names learnt from a history of any length: what one system calls what another calls otherwise. What
 * was learnt last is mostly what is asked for, and stays in a `Map`; the rest is packed away.
 */
import { PackedNames } from './packed-names.ts';

const recentNames = 8192;

export class NameTable {
  readonly #recent = new Map<string, string>();
  #packed: PackedNames | undefined;

  get(name: string): string | undefined {
    return this.#recent.get(name) ?? this.#packed?.get(name);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  set(name: string, value: string): void {
    this.#recent.set(name, value);
    if (this.#recent.size < recentNames) return;
    const packed = (this.#packed ??= new PackedNames());
    for (const [each, its] of this.#recent) packed.set(each, its);
    this.#recent.clear();
  }
}
