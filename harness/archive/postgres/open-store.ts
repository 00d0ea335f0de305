/** Opens a history on a PostgreSQL server: to write one shard of it, or to read all of them. */
import { SeatrialError } from '../../seatrial-error.ts';
import type { ArchiveReader } from '../archive.ts';
import { checkFormat } from '../format.ts';
import { KeptHistory } from '../kept-history.ts';
import { type ArchiveOptions, LandscapeArchive } from '../landscape-archive.ts';
import { SqlReader } from '../sql-reader.ts';
import { type Cause, ThreadProgress } from '../thread-progress.ts';
import { ThreadWriter } from '../thread-writer.ts';
import { PostgresAsk } from './postgres-ask.ts';
import type { Seat } from './postgres-sink.ts';
import { StoreAddress, withShard } from './store-address.ts';
import { storeFailure } from './store-failure.ts';

/** Throws what {@link openArchive} throws. */
export function openStore(text: string, options: ArchiveOptions): LandscapeArchive {
  const address = new StoreAddress(text);
  const { label } = address;
  const seat = seatOf(address, address.shard ?? 0);
  const progress = new ThreadProgress();
  const describe = (cause: Cause): SeatrialError => storeFailure('write', label, cause);
  const ask = new PostgresAsk(seat, (cause) => storeFailure('read', label, cause), progress.buffer);
  const writer = new ThreadWriter(ask.worker, progress, describe, () => undefined);
  try {
    writer.waitFor(0);
    if (writer.failure !== undefined) throw writer.failure;
    checkStore(ask, address);
    return new LandscapeArchive(new SqlReader(ask, seat.shard), writer, options);
  } catch (error) {
    writer.close();
    ask.close();
    throw error;
  }
}

/**
 * The addresses of the shards that a history has; the address itself when it names one. Throws what
 * {@link openStoredHistory} throws.
 */
export function shardsOf(text: string): string[] {
  const address = new StoreAddress(text);
  if (address.shard !== undefined) return [text];
  const describe = (cause: Cause): SeatrialError => storeFailure('read', address.label, cause);
  const ask = new PostgresAsk(seatOf(address, 0), describe);
  try {
    checkStore(ask, address);
    const sql = "SELECT shard FROM meta WHERE name = 'header' ORDER BY shard";
    const shards = ask.all<{ shard: number }>(sql);
    if (shards.length > 0) return shards.map(({ shard }) => withShard(text, shard));
    throw describe({ message: 'nothing was recorded in it' });
  } finally {
    ask.close();
  }
}

/**
 * One shard as a recorded history; 0 when the address names none. Throws `history.not-read`,
 * `history.foreign`, `history.version`, `store.invalid`.
 */
export function openStoredHistory(text: string): KeptHistory {
  const address = new StoreAddress(text);
  const { label, shard = 0 } = address;
  const describe = (cause: Cause): SeatrialError => storeFailure('read', label, cause);
  const ask = new PostgresAsk(seatOf(address, shard), describe);
  try {
    checkStore(ask, address);
    return new KeptHistory<ArchiveReader>(label, new SqlReader(ask, shard), describe);
  } catch (error) {
    ask.close();
    throw error;
  }
}

const seatOf = ({ connection, schema }: StoreAddress, shard: number): Seat => ({
  connection,
  schema,
  shard,
  name: `seatrial ${schema}, shard ${shard}`,
});

function checkStore(ask: PostgresAsk, { schema, label }: StoreAddress): void {
  const names = 'SELECT tablename AS name FROM pg_tables WHERE schemaname = ?1';
  const tables = ask.all<{ name: string }>(names, schema).map(({ name }) => name);
  if (tables.length === 0) {
    throw storeFailure('read', label, { message: 'nothing was recorded in it' });
  }
  const number = tables.includes('format')
    ? ask.one<{ number: number }>('SELECT number FROM format')?.number
    : undefined;
  checkFormat(label, { tables, number });
}
