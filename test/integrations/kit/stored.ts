/**
 * What an integration keeps where a crash does not reach it. In a trial's own process that is the
 * storage of its environment; in a process of its own a file, written before a message is answered.
 */

export type Storage = Map<string, unknown>;

/** The value of that name as it was left, or a new one. */
export function stored<T>(storage: Storage, name: string, make: () => T): T {
  if (!storage.has(name)) storage.set(name, make());
  return storage.get(name) as T;
}
