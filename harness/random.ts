/**
 * Keyed randomness: every draw is a hash of (seed, purpose, keys...), never the next of a stream.
 * Two runs decide the same for the same message whatever the interleaving, and taking one fault
 * away does not shift the others. This file and clock.ts are the only ones that own chance and time.
 */
import { randomBytes } from 'node:crypto';

export type KeyPart = string | number;

/** Two 32-bit lanes over the characters, finished as MurmurHash3 finishes; 64 bits in all. */
function hashLanes(text: string): [number, number] {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x2c1b3c6d);
    b = Math.imul(b ^ unit, 0x297a2d39);
    a = (a << 13) | (a >>> 19);
    b = (b << 17) | (b >>> 15);
  }
  return [finish(a ^ (b >>> 7)), finish(b ^ text.length)];
}

function finish(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A 64-bit hash of a text as 16 hexadecimal digits; stable across machines and releases. */
export function stableHash(text: string): string {
  const [a, b] = hashLanes(text);
  return a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0');
}

/** Draws that depend on nothing but the seed and the key. */
export class KeyedRandom {
  readonly seed: string;

  constructor(seed: string) {
    this.seed = seed;
  }

  /** Uniform in [0, 1), with 53 bits. */
  draw(...key: readonly KeyPart[]): number {
    const [a, b] = hashLanes(`${this.seed}\u0000${key.join('\u0000')}`);
    return (a * 0x20_0000 + (b >>> 11)) / 0x20_0000_0000_0000;
  }

  chance(probability: number, ...key: readonly KeyPart[]): boolean {
    return this.draw(...key) < probability;
  }

  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number, ...key: readonly KeyPart[]): number {
    return least + Math.floor(this.draw(...key) * (most - least + 1));
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[], ...key: readonly KeyPart[]): T {
    return list[this.integer(0, list.length - 1, ...key)] as T;
  }

  /** `length` hexadecimal digits. */
  hex(length: number, ...key: readonly KeyPart[]): string {
    let text = '';
    for (let lane = 0; text.length < length; lane++) {
      text += stableHash(`${this.seed}\u0000hex${lane}\u0000${key.join('\u0000')}`);
    }
    return text.slice(0, length);
  }

  /** A version-4-shaped UUID. */
  uuid(...key: readonly KeyPart[]): string {
    const h = this.hex(32, ...key);
    const variant = '89ab'[Number.parseInt(h[16] as string, 16) & 3];
    return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-${variant}${h.slice(17, 20)}-${h.slice(20)}`;
  }

  /** A generator of its own, for a part that must not see this one's draws. */
  fork(purpose: string): KeyedRandom {
    return new KeyedRandom(`${this.seed}/${purpose}`);
  }
}

/** A seed from the machine's entropy, for runs that were not given one; printed with every verdict. */
export const freshSeed = (): string => randomBytes(5).toString('hex');
