/** Options of the commands that keep history and documents: in a folder, or on a PostgreSQL server. */
import { resolve } from 'node:path';
import { Option } from 'commander';
import { StoreAddress, withShard } from '../harness/archive/postgres/store-address.ts';

export interface KeepingOptions {
  /** A folder. */
  readonly data?: string;
  /** Address of a server. */
  readonly store?: string;
}

/** `folder` is what the help says of `--data`. */
export const keepingOptions = (folder: string): Option[] => [
  new Option('--data <folder>', folder),
  // No reader here: what it refuses is repeated to the user, and an address can have a password in it.
  new Option(
    '--store <URL>',
    'the same on a PostgreSQL server, postgres://user@host/database: for several processes of one landscape',
  ).conflicts('data'),
];

/**
 * Where it is kept, if it is. `shard` is the seat of this process where the address names none. Throws
 * `store.invalid`.
 */
export function placeOf(
  { data, store }: KeepingOptions,
  cwd: string,
  shard?: number,
): string | undefined {
  if (store === undefined) return data === undefined ? undefined : resolve(cwd, data);
  const named = new StoreAddress(store).shard;
  return shard === undefined || named !== undefined ? store : withShard(store, shard);
}
