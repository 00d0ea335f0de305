/**
 * Keys as PostgreSQL can have them. Its texts have no NUL, and what is in an index may only be so long;
 * an integration under test may send anything. Both ways keep the order of keys, but among long ones.
 */
import { createHash } from 'node:crypto';

/** Of two keys in one index entry, which has room for 2.7 kB. */
const mostBytes = 1000;
const keptOfLong = 100;
/** Stands before each of the others, which never stand behind it by themselves. */
const escape = '\u0001';
const [ofNul, ofEscape, ofLong] = ['\u0002', '\u0003', '\u0004'];
const longMark = `${escape}${ofLong}`;

/** Above every key, for whoever asks for the greatest and there are long ones. */
const top = '\uffff';

export class KeyTexts {
  /** Long keys that were met, by their short forms, until they are taken. */
  #long = new Map<string, string>();

  /** What stands in the table for a key. */
  short(key: string): string {
    const safe = escaped(key);
    if (safe.length * 3 <= mostBytes || Buffer.byteLength(safe) <= mostBytes) return safe;
    const digest = createHash('sha256').update(key, 'utf16le').digest('hex');
    const short = `${escaped(key.slice(0, keptOfLong)).toWellFormed()}${longMark}${digest}`;
    this.#long.set(short, key);
    return short;
  }

  /** The key again; `textOf` finds a long one by its short form. */
  async full(short: string, textOf: (short: string) => Promise<string>): Promise<string> {
    if (short.includes(longMark)) return unescaped(await textOf(short));
    return unescaped(short);
  }

  /** An upper bound. */
  bound(short: string): string {
    return short.includes(longMark) ? top : unescaped(short);
  }

  /** Pairs of short forms and texts that must be kept, too. */
  takeLong(): (readonly [short: string, text: string])[] {
    const pairs = [...this.#long].map(([short, key]) => [short, escaped(key)] as const);
    this.#long = new Map();
    return pairs;
  }
}

const escaped = (text: string): string =>
  text.includes(escape) || text.includes('\0')
    ? text.replaceAll(escape, escape + ofEscape).replaceAll('\0', escape + ofNul)
    : text;

const unescaped = (text: string): string =>
  text.includes(escape)
    ? text.replaceAll(escape + ofNul, '\0').replaceAll(escape + ofEscape, escape)
    : text;
