/**
 * The session that writes one shard. It holds the shard's seat, a lock that the server gives back when
 * the session ends, however it ends: so nothing is ever written without the seat. A batch is one
 * transaction, sent in one piece.
 */
import { type Batch, type Change, type Value, changeNames, changes } from '../changes.ts';
import type { BatchSink } from '../take-batches.ts';
import { KeyTexts } from './key-texts.ts';
import { isKey, postgresSchema, postgresStatement } from './postgres-schema.ts';
import { Session, type SessionOptions } from './postgres-session.ts';

export interface Seat extends SessionOptions {
  readonly shard: number;
}

/** A process that was just killed leaves its seat as soon as the server has noticed. */
const seatWait = '3s';
/** Nobody else should lock these tables; who does is not waited for. */
const lockWait = '10s';

const statements = (shard: number): Readonly<Record<Change, string>> =>
  Object.fromEntries(
    changeNames.map((name) => [name, postgresStatement(changes[name], shard)]),
  ) as Record<Change, string>;

export class PostgresSink implements BatchSink {
  readonly #session: Session;
  readonly #shard: number;
  readonly #statements: Readonly<Record<Change, string>>;
  readonly #keys = new KeyTexts();

  constructor(session: Session, shard: number) {
    this.#session = session;
    this.#shard = shard;
    this.#statements = statements(shard);
  }

  /** Takes the seat, and makes the tables where there are none. `lost` as for a session. */
  static async open(seat: Seat, lost: (error: Error) => void): Promise<PostgresSink> {
    const session = await Session.open({ ...seat, pipeline: true }, lost);
    try {
      await session.run(`SET lock_timeout TO '${seatWait}'`);
      const lock = 'SELECT pg_advisory_lock(hashtext($1), $2)';
      await session.ask(lock, [`seatrial ${seat.schema}`, seat.shard]);
      await prepare(session, seat.schema);
      await session.run(`SET lock_timeout TO '${lockWait}'`);
      return new PostgresSink(session, seat.shard);
    } catch (error) {
      await session.end();
      throw error;
    }
  }

  async write({ values }: Batch): Promise<void> {
    const session = this.#session;
    // All are on their way before the first is answered; the server takes them one after the other.
    const sent: Promise<unknown>[] = [session.run('BEGIN')];
    for (const name of changeNames) {
      const rows = values[name];
      if (rows === undefined) continue;
      const columns = this.#columns(name, rows);
      sent.push(...this.#longKeys());
      sent.push(session.ask(this.#statements[name], columns));
    }
    sent.push(session.run('COMMIT'));
    const ended = await Promise.allSettled(sent);
    // The first is the reason of all after it.
    const failed = ended.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  async close(): Promise<void> {
    await this.#session.end();
  }

  #longKeys(): Promise<unknown>[] {
    const pairs = this.#keys.takeLong();
    if (pairs.length === 0) return [];
    const insert = `INSERT INTO long_key (shard, short, text)
      SELECT ${this.#shard}, * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING`;
    const [shorts, texts] = [pairs.map(([short]) => short), pairs.map(([, text]) => text)];
    return [this.#session.ask(insert, [shorts, texts])];
  }

  /** An array for each column. */
  #columns(name: Change, rows: readonly Value[]): Value[][] {
    const { table, columns } = changes[name];
    const width = columns.length;
    return columns.map((column, index) => {
      const values: Value[] = [];
      for (let i = index; i < rows.length; i += width) values.push(rows[i] as Value);
      return isKey(table, column) ? values.map((each) => this.#keys.short(each as string)) : values;
    });
  }
}

/** One process at a time makes the tables; who comes second finds them. */
async function prepare(session: Session, schema: string): Promise<void> {
  await session.run('BEGIN');
  await session.ask('SELECT pg_advisory_xact_lock(hashtext($1), -1)', [`seatrial ${schema}`]);
  const { rows } = await session.ask<{ schemas: number; tables: number; encoding: string }>(
    `SELECT current_setting('server_encoding') AS encoding,
      (SELECT count(*) FROM pg_namespace WHERE nspname = $1) AS schemas,
      (SELECT count(*) FROM pg_tables WHERE schemaname = $1) AS tables,
      CASE current_setting('synchronous_commit') WHEN 'off'
        THEN set_config('synchronous_commit', 'on', false) END AS kept`,
    [schema],
  );
  const { schemas = 0, tables = 0, encoding } = rows[0] ?? {};
  if (encoding !== 'UTF8') throw new Error(`the database's encoding is ${encoding}, and not UTF8`);
  if (schemas === 0) await session.run(`CREATE SCHEMA "${schema}"`);
  if (tables === 0) await session.run(postgresSchema);
  await session.run('COMMIT');
}
