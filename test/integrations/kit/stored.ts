/**
 * What an integration keeps where a crash does not reach it. In a trial's own process that is the
 * storage of its environment; in a process of its own a file, written before a message is answered.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

export type Storage = Map<string, unknown>;

/** The value of that name as it was left, or a new one. */
export function stored<T>(storage: Storage, name: string, make: () => T): T {
  if (!storage.has(name)) storage.set(name, make());
  return storage.get(name) as T;
}

export interface FileStorage {
  readonly storage: Storage;
  /** Has what changed written soon. */
  save(): void;
  /** When all that has changed until now is written. */
  saved(): Promise<void>;
}

/** Writing takes a quarter of the time at most, however much there is to write. */
const restForEachMs = 3;

/** Storage that is a file in a folder. Changes that come together are written together. */
export function fileStorage(folder: string): FileStorage {
  const file = join(folder, 'integration.bin');
  const storage: Storage = existsSync(file) ? deserialize(readFileSync(file)) : new Map();
  let waiting: (() => void)[] = [];
  let isPlanned = false;
  let restMs = 0;
  const write = (): void => {
    isPlanned = false;
    const begun = performance.now();
    // Half a file is no file: the new one takes the place of the old one at once.
    writeFileSync(`${file}.new`, serialize(storage));
    renameSync(`${file}.new`, file);
    restMs = restForEachMs * (performance.now() - begun);
    const told = waiting;
    waiting = [];
    for (const tell of told) tell();
  };
  const save = (): void => {
    if (!isPlanned) setTimeout(write, restMs);
    isPlanned = true;
  };
  const saved = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      save();
    });
  return { storage, save, saved };
}
