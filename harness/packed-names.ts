/**
 * Very many short texts by name, as bytes outside of the heap: some 45 bytes for each, where a `Map`
 * takes 250. Texts that are long, or have characters beyond Latin-1, are held by one.
 */
import { textHash } from './text-hash.ts';

const chunkBits = 18;
const chunkBytes = 1 << chunkBits;
/** Two lengths stand before each entry. */
const headBytes = 2;
const longest = 255;

export class PackedNames {
  /** Pairs: the name's hash, and where its entry stands, from 1; 0 for none. */
  #slots = new Uint32Array(2 * 1024);
  #size = 0;
  readonly #chunks: Buffer[] = [];
  #used = chunkBytes;
  readonly #others = new Map<string, string>();

  get(name: string): string | undefined {
    const other = this.#others.size === 0 ? undefined : this.#others.get(name);
    if (other !== undefined) return other;
    const entry = this.#slots[this.#slotOf(name, textHash(name)) + 1] as number;
    return entry === 0 ? undefined : this.#valueAt(entry - 1);
  }

  set(name: string, value: string): void {
    if (!isShort(name) || !isShort(value)) {
      this.#others.set(name, value);
      return;
    }
    if (this.#others.size > 0) this.#others.delete(name);
    const hash = textHash(name);
    const slot = this.#slotOf(name, hash);
    const entry = this.#slots[slot + 1] as number;
    if (entry !== 0 && this.#valueAt(entry - 1) === value) return;
    this.#slots[slot] = hash;
    this.#slots[slot + 1] = this.#write(name, value) + 1;
    if (entry !== 0) return;
    this.#size++;
    if (this.#size * 3 > this.#slots.length) this.#grow();
  }

  /** The slot of the name, or the free one where it would be. */
  #slotOf(name: string, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const entry = slots[2 * at + 1] as number;
      if (entry === 0 || (slots[2 * at] === hash && this.#isNamed(entry - 1, name))) return 2 * at;
    }
  }

  #isNamed(entry: number, name: string): boolean {
    const chunk = this.#chunks[entry >>> chunkBits] as Buffer;
    const start = entry & (chunkBytes - 1);
    if (chunk[start] !== name.length) return false;
    for (let i = 0; i < name.length; i++) {
      if (chunk[start + headBytes + i] !== name.charCodeAt(i)) return false;
    }
    return true;
  }

  #valueAt(entry: number): string {
    const chunk = this.#chunks[entry >>> chunkBits] as Buffer;
    const start = entry & (chunkBytes - 1);
    const from = start + headBytes + (chunk[start] as number);
    return chunk.toString('latin1', from, from + (chunk[start + 1] as number));
  }

  #write(name: string, value: string): number {
    const size = headBytes + name.length + value.length;
    if (this.#used + size > chunkBytes) {
      this.#chunks.push(Buffer.alloc(chunkBytes));
      this.#used = 0;
    }
    const start = this.#used;
    const chunk = this.#chunks.at(-1) as Buffer;
    chunk[start] = name.length;
    chunk[start + 1] = value.length;
    chunk.write(name, start + headBytes, 'latin1');
    chunk.write(value, start + headBytes + name.length, 'latin1');
    this.#used += size;
    return (this.#chunks.length - 1) * chunkBytes + start;
  }

  #grow(): void {
    const before = this.#slots;
    const slots = new Uint32Array(before.length * 2);
    const mask = slots.length / 2 - 1;
    for (let i = 0; i < before.length; i += 2) {
      if (before[i + 1] === 0) continue;
      let at = (before[i] as number) & mask;
      while (slots[2 * at + 1] !== 0) at = (at + 1) & mask;
      slots[2 * at] = before[i] as number;
      slots[2 * at + 1] = before[i + 1] as number;
    }
    this.#slots = slots;
  }
}

function isShort(text: string): boolean {
  if (text.length > longest) return false;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return false;
  return true;
}
