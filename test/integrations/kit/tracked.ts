/**
 * Maps and sets that notice what changes in them, so that only that is written. `place` names each among all
 * that is kept.
 */

/** A map; a value that changed inside is set again. */
export class TrackedMap extends Map<unknown, unknown> {
  readonly place: string;
  /** Keys that were set or deleted since they were written. */
  readonly changed = new Set<unknown>();

  constructor(place: string, entries: Iterable<readonly [unknown, unknown]>) {
    super();
    this.place = place;
    for (const [key, value] of entries) super.set(key, value);
  }

  override set(key: unknown, value: unknown): this {
    this.changed.add(key);
    return super.set(key, value);
  }

  override delete(key: unknown): boolean {
    this.changed.add(key);
    return super.delete(key);
  }

  override clear(): void {
    for (const key of this.keys()) this.changed.add(key);
    super.clear();
  }

  /** The value for the file. */
  written(key: unknown): unknown {
    return this.get(key);
  }
}

const inFile = Symbol('in the file');

/** A map whose values stay in the file once they are there: they are many, and hardly anybody asks for one. */
export class SeldomReadMap extends TrackedMap {
  readonly #read: (key: unknown) => unknown;

  constructor(place: string, keys: Iterable<unknown>, read: (key: unknown) => unknown) {
    super(
      place,
      Array.from(keys, (key) => [key, inFile] as const),
    );
    this.#read = read;
  }

  override get(key: unknown): unknown {
    const value = super.get(key);
    return value === inFile ? this.#read(key) : value;
  }

  override written(key: unknown): unknown {
    const value = super.get(key);
    Map.prototype.set.call(this, key, inFile);
    return value;
  }
}

export class TrackedSet extends Set<unknown> {
  readonly place: string;
  /** Members that came or went since they were written. */
  readonly changed = new Set<unknown>();

  constructor(place: string, members: Iterable<unknown>) {
    super();
    this.place = place;
    for (const member of members) super.add(member);
  }

  override add(member: unknown): this {
    if (!this.has(member)) this.changed.add(member);
    return super.add(member);
  }

  override delete(member: unknown): boolean {
    this.changed.add(member);
    return super.delete(member);
  }

  override clear(): void {
    for (const member of this) this.changed.add(member);
    super.clear();
  }

  /** That it is there says all. */
  written(): unknown {
    return undefined;
  }
}

export type Tracked = TrackedMap | TrackedSet;

/** Makes the maps and sets of a place, with what the file has of them. */
export interface Maker {
  map(place: string): TrackedMap;
  set(place: string): TrackedSet;
}

/** Stands in a frame for a map or a set, whose entries are written by themselves. */
const standin = '#tracked';

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const mapped = (
  value: Record<string, unknown>,
  each: (value: unknown, name: string) => unknown,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, each(inner, name)]));

/** The same value with maps and sets that notice changes. */
export function tracked(place: string, value: unknown, make: Maker): unknown {
  if (value instanceof Map) {
    const map = make.map(place);
    for (const [key, each] of value) map.set(key, each);
    return map;
  }
  if (value instanceof Set) {
    const set = make.set(place);
    for (const each of value) set.add(each);
    return set;
  }
  if (!isPlain(value)) return value;
  return mapped(value, (each, name) => tracked(`${place}.${name}`, each, make));
}

/** The value without the entries of its maps and sets. Tells `found` of each of those. */
export function frameOf(value: unknown, found: (tracked: Tracked) => void): unknown {
  const isMap = value instanceof TrackedMap;
  if (isMap || value instanceof TrackedSet) {
    found(value);
    return { [standin]: isMap ? 'map' : 'set' };
  }
  return isPlain(value) ? mapped(value, (each) => frameOf(each, found)) : value;
}

/** What the frame was made of. */
export function framed(place: string, frame: unknown, make: Maker): unknown {
  if (!isPlain(frame)) return frame;
  if (frame[standin] === 'map') return make.map(place);
  if (frame[standin] === 'set') return make.set(place);
  return mapped(frame, (each, name) => framed(`${place}.${name}`, each, make));
}
