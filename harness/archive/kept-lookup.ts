/** Keys by a value, kept on disk: what the disk says, and what batches that are not durable change. */
import type { IdTable } from '../collection.ts';
import { type ArchiveReader, type Keeper, type OpenBatch, boundOf } from './archive.ts';

interface Surroundings {
  readonly number: number;
  readonly reader: ArchiveReader;
  touch(keeper: Keeper, key: string): number;
  /** Above all that there were, in this process and before. */
  nextTurn(): number;
}

interface Pin {
  readonly present: boolean;
  /** The order in which keys got the value. */
  readonly turn: number;
  readonly batch: number;
}

/** Value and key as one text, whatever is in them. */
const joined = (value: string, id: string): string => `${value.length} ${value}${id}`;

function parted(key: string): readonly [value: string, id: string] {
  const space = key.indexOf(' ');
  const end = space + 1 + Number(key.slice(0, space));
  return [key.slice(space + 1, end), key.slice(end)];
}

export class KeptLookup implements IdTable, Keeper {
  readonly #around: Surroundings;
  readonly #pinned = new Map<string, Map<string, Pin>>();
  /** No value on disk is above it. */
  #greatest: string;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#greatest = boundOf(around.reader.greatestNamed(around.number));
  }

  of(value: string): Iterable<string> {
    const pins = this.#pinned.get(value);
    const { reader, number } = this.#around;
    const rows = value > this.#greatest ? [] : reader.named(number, value);
    const found = pins === undefined ? rows : rows.filter(({ id }) => !pins.has(id));
    for (const [id, { present, turn }] of pins ?? []) if (present) found.push({ id, turn });
    if (found.length > 1) found.sort((a, b) => a.turn - b.turn);
    return found.map(({ id }) => id);
  }

  add(value: string, id: string): void {
    this.#pin(value, id, true);
    if (value > this.#greatest) this.#greatest = value;
  }

  remove(value: string, id: string): void {
    this.#pin(value, id, false);
  }

  keep(key: string, batch: OpenBatch): void {
    const [value, id] = parted(key);
    const pin = this.#pinned.get(value)?.get(id);
    if (pin === undefined) return;
    const { number } = this.#around;
    if (pin.present) batch.add('name', number, value, id, pin.turn);
    else batch.add('unname', number, value, id);
  }

  release(key: string, batch: number): void {
    const [value, id] = parted(key);
    const pins = this.#pinned.get(value);
    const pin = pins?.get(id);
    if (pins === undefined || pin === undefined || pin.batch > batch) return;
    pins.delete(id);
    if (pins.size === 0) this.#pinned.delete(value);
  }

  age(): void {
    // Nothing is cached: each value is asked for once or twice.
  }

  #pin(value: string, id: string, present: boolean): void {
    const batch = this.#around.touch(this, joined(value, id));
    let pins = this.#pinned.get(value);
    if (pins === undefined) this.#pinned.set(value, (pins = new Map()));
    pins.set(id, { present, turn: this.#around.nextTurn(), batch });
  }
}
