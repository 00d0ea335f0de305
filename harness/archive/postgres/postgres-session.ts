/** One connection to the server, set up for the few kinds of questions that are asked of it. */
import { Client, type ClientConfig, type QueryResult } from 'pg';

export interface SessionOptions {
  readonly connection: string;
  readonly schema: string;
  /** What the server calls it (`pg_stat_activity`). */
  readonly name: string;
  /** Whether questions are sent without waiting for the answer to the one before. */
  readonly pipeline?: boolean;
}

const connectTimeoutMs = 10_000;
/** Nothing that is asked takes long; a server that is cut off from us says nothing at all. */
const answerTimeoutMs = 60_000;

/** The driver gives what may be larger than 2^53 as text; positions and places never are. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  16: (text) => text === 't',
  20: Number,
  21: Number,
  23: Number,
  701: Number,
};

/**
 * Every question is answered from an index. Without this the server could plan otherwise while the
 * tables are small, and keep to its plan when they are not. Limits that somebody set for sessions of
 * people would end a landscape that is idle for a while.
 */
const settings = `SET jit TO off; SET enable_seqscan TO off; SET enable_bitmapscan TO off;
  SET enable_hashjoin TO off; SET enable_mergejoin TO off; SET client_min_messages TO warning;
  SET default_transaction_isolation TO 'read committed'; SET statement_timeout TO 0;
  SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout';
  SET tcp_keepalives_idle TO 30; SET tcp_keepalives_interval TO 10; SET tcp_keepalives_count TO 3`;

export class Session {
  readonly #client: Client;
  readonly #names = new Map<string, string>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** `lost` is called when the connection ends by itself. */
  static async open(options: SessionOptions, lost: (error: Error) => void): Promise<Session> {
    const { connection, schema, name, pipeline = false } = options;
    const config: ClientConfig & { readonly pipeline: boolean } = {
      connectionString: connection,
      application_name: name,
      connectionTimeoutMillis: connectTimeoutMs,
      query_timeout: answerTimeoutMs,
      keepAlive: true,
      types: { getTypeParser: (type: number) => parsers[type] ?? String },
      pipeline,
    };
    const client = new Client(config);
    client.on('error', lost);
    await client.connect();
    try {
      await client.query(`${settings}; SET search_path TO "${schema}"`);
      return new Session(client);
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  /** A statement with its values, which the server prepares the first time it comes. */
  ask<Row extends object>(sql: string, values: readonly unknown[]): Promise<QueryResult<Row>> {
    let name = this.#names.get(sql);
    if (name === undefined) this.#names.set(sql, (name = `s${this.#names.size}`));
    return this.#client.query<Row>({ name, text: sql, values: values as unknown[] });
  }

  /** Statements without values, several if need be. */
  async run(sql: string): Promise<void> {
    await this.#client.query(sql);
  }

  async end(): Promise<void> {
    await this.#client.end();
  }
}
