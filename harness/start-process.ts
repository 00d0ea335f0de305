/**
 * An integration in a process of its own: started with all it needs to know in its environment, killed
 * and started again over the same port and folder when a fault says so, and stopped in the end.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { endWithUs } from './dead-mans-switch.ts';
import { type Poster, networkPost } from './edge/post.ts';
import type { Crash } from './fault.ts';
import type { Integration, IntegrationEnvironment, RunningIntegration } from './integration.ts';
import type { SystemAddress } from './landscape.ts';
import type { FunctionOptions } from './start-function.ts';
import { type Watched, freePort, ready, watchProcess } from './watched-process.ts';
import type { Post } from './webhook-sender.ts';
import { cut } from './wire.ts';

type ProcessIntegration = Extract<Integration, { kind: 'process' }>;
type Environment = Omit<IntegrationEnvironment, 'storage'>;
type Surroundings = Pick<FunctionOptions, 'clock' | 'note'>;

/** Throws `integration.not-ready` with its last output when it does not come up. */
export async function startProcess(
  integration: ProcessIntegration,
  environment: Environment,
  surroundings: Surroundings,
  interrupted: AbortSignal | undefined,
): Promise<RunningIntegration> {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'seatrial-integration-'));
  const running = new RunningProcess(surroundings, port, dataDir, async () => {
    const child = spawnProcess(integration, environment, port, dataDir);
    endWithUs(child);
    const watch = watchProcess(child);
    return { watch, ready: () => ready(port, integration, watch, interrupted) };
  });
  try {
    await running.live();
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
}

/** Starts one more life of it. */
type Spawn = () => Promise<{ readonly watch: Watched; ready(): Promise<void> }>;

class RunningProcess implements RunningIntegration {
  readonly url: string;
  readonly #surroundings: Surroundings;
  readonly #endpoint: Poster;
  readonly #dataDir: string;
  readonly #spawn: Spawn;
  readonly #lives: Watched[] = [];
  #away = false;
  #stopped = false;
  #failure: string | undefined;

  constructor(surroundings: Surroundings, port: number, dataDir: string, spawn: Spawn) {
    this.#surroundings = surroundings;
    this.url = `http://127.0.0.1:${port}`;
    this.#endpoint = networkPost(this.url);
    this.#dataDir = dataDir;
    this.#spawn = spawn;
  }

  async live(): Promise<void> {
    const life = await this.#spawn();
    this.#lives.push(life.watch);
    await life.ready();
  }

  readonly post: Post = (path, request) =>
    this.#away ? Promise.resolve(cut('refused')) : this.#endpoint.post(path, request);

  died(): string | undefined {
    return this.#failure ?? (this.#away ? undefined : this.#lives.at(-1)?.died());
  }

  output(): string {
    return this.#lives
      .map((each) => each.output())
      .join('\n')
      .trim();
  }

  pending(): number {
    return this.#away ? 1 : 0;
  }

  crash(how: Crash): void {
    const life = this.#lives.at(-1);
    if (this.#away || life === undefined || life.died() !== undefined) return;
    this.#away = true;
    void this.#killAndRestart(life, how);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#endpoint.close();
    await Promise.all(this.#lives.map((each) => each.stop()));
    await rm(this.#dataDir, { recursive: true, force: true });
  }

  async #killAndRestart(life: Watched, { downMs, keeps }: Crash): Promise<void> {
    const { note, clock } = this.#surroundings;
    note('killed', keeps ? 'what it stored is kept' : 'what it stored is lost');
    try {
      await life.kill();
      if (!keeps && !this.#stopped) await emptied(this.#dataDir);
      await clock.sleep(downMs);
      // Its folder is gone, and nobody would stop it any more.
      if (this.#stopped) return;
      await this.live();
      note('started', 'again');
    } catch (error) {
      this.#failure = `an error when it started again: ${(error as Error).message}`;
    } finally {
      this.#away = false;
    }
  }
}

async function emptied(dataDir: string): Promise<void> {
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir);
}

const spawnProcess = (
  integration: ProcessIntegration,
  environment: Environment,
  port: number,
  dataDir: string,
): ChildProcess =>
  spawn(integration.command, {
    shell: true,
    // A group of its own, so that stopping it stops what its shell started, by pid.
    detached: true,
    ...(integration.cwd === undefined ? {} : { cwd: integration.cwd }),
    env: { ...processEnvironment(environment, port, dataDir), ...integration.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

function processEnvironment(
  { systems, webhookSecret }: Environment,
  port: number,
  dataDir: string,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    // `node` in the command means the Node that runs seatrial, whatever the machine has.
    PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
    PORT: String(port),
    SEATRIAL_DATA_DIR: dataDir,
    ...landscapeEnvironment(systems, webhookSecret),
  };
}

/** What an integration learns of the systems around it by its environment. */
export function landscapeEnvironment(
  systems: Readonly<Record<string, SystemAddress>>,
  webhookSecret: string,
): Record<string, string> {
  const env: Record<string, string> = { SEATRIAL_WEBHOOK_SECRET: webhookSecret };
  for (const [name, system] of Object.entries(systems)) {
    const prefix = `SEATRIAL_${name.toUpperCase().replaceAll('-', '_')}`;
    env[`${prefix}_URL`] = system.url;
    env[`${prefix}_DIALECT`] = system.dialect;
    env[`${prefix}_BASE_PATH`] = system.basePath;
    env[`${prefix}_TOKEN_PATH`] = system.tokenPath;
    env[`${prefix}_CLIENT_ID`] = system.clientId;
    env[`${prefix}_CLIENT_SECRET`] = system.clientSecret;
  }
  return env;
}
