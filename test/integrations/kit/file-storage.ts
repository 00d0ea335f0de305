/**
 * Storage in a file, for an integration in a process of its own: what changed is written before a message
 * is answered, and only that, so that a message costs no more after a year than on the first day. A process
 * that is killed loses nothing that was written; power that fails is no part of a trial.
 */
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { deserialize, serialize } from 'node:v8';
import type { Storage } from './stored.ts';
import {
  type Maker,
  SeldomReadMap,
  type Tracked,
  TrackedMap,
  TrackedSet,
  frameOf,
  framed,
  tracked,
} from './tracked.ts';

export interface FileStorage {
  readonly storage: Storage;
  /** Has what changed written soon. */
  save(): void;
  /** When all that has changed until now is written. */
  saved(): Promise<void>;
}

/** Changes that come within so long are written together. */
const gatherMs = 2;

/** Writing takes a quarter of the time at most. */
const restForEachMs = 3;

/** Storage in a folder; maps that are named as `seldomRead` keep their values in the file only. */
export function fileStorage(folder: string, seldomRead: readonly string[] = []): FileStorage {
  const tables = new Tables(join(folder, 'integration.sqlite'), new Set(seldomRead));
  const storage = new TrackedStorage(tables);
  let waiting: (() => void)[] = [];
  let isPlanned = false;
  let restMs = 0;
  const write = (): void => {
    isPlanned = false;
    const begun = performance.now();
    tables.write(storage);
    restMs = restForEachMs * (performance.now() - begun);
    const told = waiting;
    waiting = [];
    for (const tell of told) tell();
  };
  const save = (): void => {
    if (!isPlanned) setTimeout(write, Math.max(gatherMs, restMs));
    isPlanned = true;
  };
  const saved = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      save();
    });
  return { storage, save, saved };
}

/** A map of stored values, in which every map and set notices its changes, however deep it is. */
class TrackedStorage extends Map<string, unknown> {
  readonly #make: Maker;

  constructor(tables: Tables) {
    super();
    this.#make = tables;
    for (const [name, frame] of Object.entries(tables.frame())) {
      super.set(name, framed(name, frame, tables));
    }
  }

  override set(name: string, value: unknown): this {
    return super.set(name, tracked(name, value, this.#make));
  }
}

type Key = string | number;

class Tables implements Maker {
  readonly #database: DatabaseSync;
  readonly #seldomRead: ReadonlySet<string>;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;
  readonly #putFrame: StatementSync;
  readonly #value: StatementSync;
  #frame: Buffer | undefined;

  constructor(file: string, seldomRead: ReadonlySet<string>) {
    this.#seldomRead = seldomRead;
    const database = new DatabaseSync(file);
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;
       CREATE TABLE IF NOT EXISTS frame (id INTEGER PRIMARY KEY, value BLOB);
       CREATE TABLE IF NOT EXISTS entries
         (id INTEGER PRIMARY KEY, place TEXT, key, value BLOB, UNIQUE (place, key))`,
    );
    this.#database = database;
    this.#put = database.prepare(
      `INSERT INTO entries (place, key, value) VALUES (?, ?, ?)
       ON CONFLICT (place, key) DO UPDATE SET value = excluded.value`,
    );
    this.#remove = database.prepare('DELETE FROM entries WHERE place = ? AND key = ?');
    this.#putFrame = database.prepare('INSERT OR REPLACE INTO frame (id, value) VALUES (1, ?)');
    this.#value = database.prepare('SELECT value FROM entries WHERE place = ? AND key = ?');
  }

  /** Stored values by name, without the entries of their maps and sets. */
  frame(): Record<string, unknown> {
    const row = this.#database.prepare('SELECT value FROM frame').get();
    return row === undefined ? {} : deserialize(row['value'] as Uint8Array);
  }

  map(place: string): TrackedMap {
    if (!this.#seldomRead.has(place)) return new TrackedMap(place, this.#entries(place));
    return new SeldomReadMap(place, this.#keys(place), (key) => {
      const row = this.#value.get(place, key as Key);
      return row === undefined ? undefined : deserialize(row['value'] as Uint8Array);
    });
  }

  set(place: string): TrackedSet {
    return new TrackedSet(place, this.#keys(place));
  }

  /** Writes what changed, all or nothing of it. */
  write(storage: Storage): void {
    this.#database.exec('BEGIN');
    const values = Object.fromEntries(storage);
    const frame = serialize(frameOf(values, (each) => this.#writeEntries(each)));
    if (this.#frame?.equals(frame) !== true) this.#putFrame.run(frame);
    this.#frame = frame;
    this.#database.exec('COMMIT');
  }

  #writeEntries(each: Tracked): void {
    const { place, changed } = each;
    for (const key of changed as Set<Key>) {
      if (each.has(key)) this.#put.run(place, key, serialize(each.written(key)));
      else this.#remove.run(place, key);
    }
    changed.clear();
  }

  /** In the order in which they came. */
  *#entries(place: string): Iterable<readonly [unknown, unknown]> {
    const rows = this.#database.prepare(
      'SELECT key, value FROM entries WHERE place = ? ORDER BY id',
    );
    for (const { key, value } of rows.iterate(place)) yield [key, deserialize(value as Uint8Array)];
  }

  *#keys(place: string): Iterable<unknown> {
    const rows = this.#database.prepare('SELECT key FROM entries WHERE place = ? ORDER BY id');
    for (const { key } of rows.iterate(place)) yield key;
  }
}
