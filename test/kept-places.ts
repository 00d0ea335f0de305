/** The places where histories are kept, for tests of what must be the same in all of them. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe } from 'vitest';
import { databaseIn } from '../harness/archive/open-folder.ts';
import { StoreAddress } from '../harness/archive/postgres/store-address.ts';
import { PostgresServer, noPostgres } from './postgres-server.ts';

export interface KeptPlaces {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Where nothing is yet. */
  fresh(): string;
  /** How it is named to people. */
  named(place: string): string;
  /** What a process that is killed now leaves, as a place of its own. */
  left(place: string): Promise<string>;
  /** Changes what is kept there, as nobody should. */
  edit(place: string, sql: string): Promise<void>;
  /** What is kept there is said to be of this format. */
  makeVersion(place: string, format: number): Promise<void>;
  /** Puts a table of somebody else there. */
  makeForeign(place: string): Promise<void>;
  /** From now on nothing can be written to what is open there. Gives the way to end that. */
  break(place: string): Promise<() => void>;
  /** What is said then. */
  readonly broken: string;
}

class Folders implements KeptPlaces {
  readonly broken = 'another process is writing it';
  #folder = '';

  async start(): Promise<void> {
    this.#folder = mkdtempSync(join(tmpdir(), 'seatrial-kept-'));
  }

  async stop(): Promise<void> {
    rmSync(this.#folder, { recursive: true });
  }

  fresh(): string {
    return mkdtempSync(join(this.#folder, 'place-'));
  }

  named(place: string): string {
    return databaseIn(place);
  }

  async left(place: string): Promise<string> {
    const copy = this.fresh();
    cpSync(place, copy, { recursive: true });
    rmSync(join(copy, 'lock'));
    return copy;
  }

  async edit(place: string, sql: string): Promise<void> {
    const database = new DatabaseSync(databaseIn(place));
    database.exec(sql);
    database.close();
  }

  makeVersion(place: string, format: number): Promise<void> {
    return this.edit(place, `PRAGMA user_version = ${format}`);
  }

  makeForeign(place: string): Promise<void> {
    return this.edit(place, 'CREATE TABLE theirs (a INTEGER)');
  }

  async break(place: string): Promise<() => void> {
    const other = new DatabaseSync(databaseIn(place));
    other.exec('BEGIN EXCLUSIVE');
    return () => other.close();
  }
}

const tables = ['meta', 'collection', 'record', 'document', 'earlier', 'named', 'long_key'];

class Servers implements KeptPlaces {
  readonly broken = 'the server is gone';
  #server: PostgresServer | undefined;
  #copies = 0;

  async start(): Promise<void> {
    this.#server = await PostgresServer.start();
  }

  async stop(): Promise<void> {
    await this.#server?.remove();
  }

  fresh(): string {
    return this.#server?.fresh() as string;
  }

  named(place: string): string {
    return new StoreAddress(place).label;
  }

  /** In the same history, as another shard. */
  async left(place: string): Promise<string> {
    const shard = ++this.#copies;
    const copies = tables.map(
      (table) => `CREATE TEMPORARY TABLE copied AS SELECT * FROM ${table} WHERE shard = 0;
        UPDATE copied SET shard = ${shard}; INSERT INTO ${table} SELECT * FROM copied;
        DROP TABLE copied;`,
    );
    await this.edit(place, `BEGIN ISOLATION LEVEL REPEATABLE READ; ${copies.join('')} COMMIT`);
    return `${place}&shard=${shard}`;
  }

  async edit(place: string, sql: string): Promise<void> {
    await this.#server?.query(sql, new StoreAddress(place).schema);
  }

  makeVersion(place: string, format: number): Promise<void> {
    return this.edit(place, `UPDATE format SET number = ${format}`);
  }

  async makeForeign(place: string): Promise<void> {
    const { schema } = new StoreAddress(place);
    await this.#server?.query(`CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.theirs (a integer)`);
  }

  /** Its connections are ended by the server. */
  async break(place: string): Promise<() => void> {
    const { schema, shard = 0 } = new StoreAddress(place);
    const name = `seatrial ${schema}, shard ${shard}`;
    await this.edit(
      place,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '${name}'`,
    );
    return () => undefined;
  }
}

/** Describes what holds wherever a history is kept, for every place that this machine has. */
export function describeKept(what: string, tests: (places: KeptPlaces) => void): void {
  const kinds = [
    { name: 'in a folder', places: new Folders(), skip: false },
    {
      name: 'on a PostgreSQL server',
      places: new Servers(),
      skip: noPostgres(`${what}, in PostgreSQL`),
    },
  ];
  for (const { name, places, skip } of kinds) {
    describe.skipIf(skip)(`${what}, ${name}`, () => {
      beforeAll(() => places.start());
      afterAll(() => places.stop());
      tests(places);
    });
  }
}
