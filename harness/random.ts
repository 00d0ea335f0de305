/**
 * Keyed randomness: every draw is a hash of (seed, purpose, keys...), never the next of a stream.
 * Two runs decide the same for the same message whatever the interleaving, and taking one fault
 * away does not shift the others. This file and clock.ts are the only ones that own chance and time.
 */
export type KeyPart = string | number;

/** What two 32-bit lanes are after some characters. */
interface Lanes {
  readonly a: number;
  readonly b: number;
  readonly length: number;
}

const start: Lanes = { a: 0x9e3779b9, b: 0x85ebca6b, length: 0 };

/** Takes more characters in. */
function mixed(lanes: Lanes, text: string): Lanes {
  let { a, b } = lanes;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x2c1b3c6d);
    b = Math.imul(b ^ unit, 0x297a2d39);
    a = (a << 13) | (a >>> 19);
    b = (b << 17) | (b >>> 15);
  }
  return { a, b, length: lanes.length + text.length };
}

/** Finishes as MurmurHash3 does; 64 bits in all. */
const finished = ({ a, b, length }: Lanes): [number, number] => [
  finish(a ^ (b >>> 7)),
  finish(b ^ length),
];

const hashLanes = (text: string): [number, number] => finished(mixed(start, text));

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

const dash = '-'.charCodeAt(0);
const hexDigits = Uint8Array.from([...'0123456789abcdef'], (digit) => digit.charCodeAt(0));

/** Writes the last `count` hexadecimal digits of the value. */
function writeHex(text: Uint8Array, at: number, value: number, count: number): void {
  for (let i = count - 1, rest = value; i >= 0; i--, rest >>>= 4) {
    text[at + i] = hexDigits[rest & 15] as number;
  }
}

/** Draws that depend on nothing but the seed and the key. */
export class KeyedRandom {
  readonly seed: string;
  /** The seed, taken in once. */
  #begun: Lanes | undefined;
  readonly #hexLanes: Lanes[] = [];

  constructor(seed: string) {
    this.seed = seed;
  }

  /** Uniform in [0, 1), with 53 bits. */
  draw(...key: readonly KeyPart[]): number {
    const [a, b] = finished(
      mixed((this.#begun ??= mixed(start, `${this.seed}\u0000`)), key.join('\u0000')),
    );
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
    const joined = key.join('\u0000');
    let text = '';
    for (let lane = 0; text.length < length; lane++) {
      const [a, b] = this.#hexLane(lane, joined);
      text += a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0');
    }
    return text.slice(0, length);
  }

  /** A version-4-shaped UUID. Written digit by digit into one flat text: every event keeps one. */
  uuid(...key: readonly KeyPart[]): string {
    const joined = key.join('\u0000');
    const [a, b] = this.#hexLane(0, joined);
    const [c, d] = this.#hexLane(1, joined);
    const text = Buffer.allocUnsafe(36);
    writeHex(text, 0, a, 8);
    text[8] = dash;
    writeHex(text, 9, b >>> 16, 4);
    text[13] = dash;
    writeHex(text, 14, 0x4000 | (b & 0xfff), 4);
    text[18] = dash;
    writeHex(text, 19, 0x8000 | ((c >>> 16) & 0x3fff), 4);
    text[23] = dash;
    writeHex(text, 24, c & 0xffff, 4);
    writeHex(text, 28, d, 8);
    return text.toString('latin1');
  }

  #hexLane(lane: number, joinedKey: string): [number, number] {
    // The seed and the purpose are the same for every key, so they are taken in once.
    const begun = (this.#hexLanes[lane] ??= mixed(start, `${this.seed}\u0000hex${lane}\u0000`));
    return finished(mixed(begun, joinedKey));
  }

  /** A generator of its own, for a part that must not see this one's draws. */
  fork(purpose: string): KeyedRandom {
    return new KeyedRandom(`${this.seed}/${purpose}`);
  }
}

/** A seed from the machine's entropy, for runs that were not given one; printed with every verdict. */
export const freshSeed = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(5)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
