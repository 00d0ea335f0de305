/**
 * Debian's PostgreSQL, started by a test in a folder of its own, on a free port of loopback, and taken
 * away again. As root it runs as the user `postgres`, because it refuses to run as root.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { StoreAddress } from '../harness/archive/postgres/store-address.ts';
import { freePort } from '../harness/watched-process.ts';
import { leftOut } from './left-out.ts';

const programs = '/usr/lib/postgresql/15/bin';
/** Asked for by the server, and never to be seen anywhere. */
export const password = 'never-to-be-told';

/** Whether to leave out what needs a PostgreSQL. */
export const noPostgres = (what: string): boolean =>
  leftOut(
    'postgres',
    existsSync(join(programs, 'postgres')),
    what,
    'Install PostgreSQL 15: apt-get install postgresql.',
  );

export class PostgresServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'seatrial-postgres-'));
  readonly #user = postgresUser();
  port: number;
  #process: ChildProcess | undefined;
  #histories = 0;

  constructor(port: number) {
    this.port = port;
  }

  static async start(): Promise<PostgresServer> {
    const server = new PostgresServer(await freePort());
    server.#makeCluster();
    try {
      await server.startAgain();
    } catch (error) {
      // Somebody was faster.
      if (!String(error).includes('already in use')) throw error;
      server.port = await freePort();
      await server.startAgain();
    }
    return server;
  }

  /** The address of a history that is not there yet. */
  fresh(): string {
    return this.url(`history=h${++this.#histories}`);
  }

  url(parameters = ''): string {
    const query = parameters === '' ? '' : `?${parameters}`;
    return `postgres://seatrial:${password}@127.0.0.1:${this.port}/postgres${query}`;
  }

  async startAgain(): Promise<void> {
    const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${this.#folder}`];
    const words = settings.flatMap((each) => ['-c', each]);
    const child = spawn(
      join(programs, 'postgres'),
      ['-D', this.#data, '-p', String(this.port), ...words],
      { ...this.#user, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.#process = child;
    await new Promise<void>((resolve, reject) => {
      let said = '';
      child.once('exit', () => reject(new Error(`Failed to start PostgreSQL: ${said}`)));
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        if (said.includes('ready to accept connections')) resolve();
      });
    });
    child.removeAllListeners('exit');
  }

  /** At once, with everything that is under way, as `pg_ctl stop -m immediate` does. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    this.#process = undefined;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGQUIT');
    await gone;
  }

  /** Stops once a history has so many commits. */
  async stopAt(commits: number, store: string): Promise<void> {
    const { schema } = new StoreAddress(store);
    for (let seen = 0; seen < commits;) {
      const found = `SELECT to_regclass('${schema}.records') IS NOT NULL AS there`;
      const [table] = await this.query<{ there: boolean }>(found);
      if (table?.there !== true) continue;
      const count = `SELECT count(*)::int AS n FROM ${schema}.records WHERE type = 'commit'`;
      seen = (await this.query<{ n: number }>(count))[0]?.n ?? 0;
    }
    await this.stop();
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true });
  }

  /** Asks as somebody with a client of his own; in a history, if one is named. */
  async query<Row extends object>(sql: string, history = 'public'): Promise<Row[]> {
    const client = new Client({ connectionString: this.url() });
    await client.connect();
    try {
      await client.query(`SET search_path TO "${history}"`);
      const { rows } = await client.query<Row>(sql);
      return rows;
    } finally {
      await client.end();
    }
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  #makeCluster(): void {
    const secret = join(this.#folder, 'password');
    writeFileSync(secret, password);
    if (this.#user.uid !== undefined && this.#user.gid !== undefined) {
      for (const path of [this.#folder, secret]) chownSync(path, this.#user.uid, this.#user.gid);
    }
    const settings = ['--encoding=UTF8', '--no-locale', '--no-sync', '--auth=scram-sha-256'];
    execFileSync(
      join(programs, 'initdb'),
      [`--pgdata=${this.#data}`, '--username=seatrial', `--pwfile=${secret}`, ...settings],
      { ...this.#user, cwd: this.#folder, stdio: ['ignore', 'ignore', 'inherit'] },
    );
  }
}

/** Who it runs as, where that is not whoever runs the test. */
function postgresUser(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (which: '-u' | '-g'): number =>
    Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
