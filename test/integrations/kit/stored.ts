/**
 * What an integration keeps where a crash does not reach it. In a trial's own process that is the
 * storage of its environment; in a process of its own a file, written whole before anything is answered.
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

/** Storage that is a file in a folder; `save` writes what has changed since. */
export function fileStorage(folder: string): { readonly storage: Storage; save(): void } {
  const file = join(folder, 'integration.bin');
  const storage: Storage = existsSync(file) ? deserialize(readFileSync(file)) : new Map();
  const save = (): void => {
    // Half a file is no file: the new one takes the place of the old one at once.
    writeFileSync(`${file}.new`, serialize(storage));
    renameSync(`${file}.new`, file);
  };
  return { storage, save };
}
