/** Starts the integration under test and waits until it can be talked to. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { realSleep, stopwatch } from './clock.ts';
import { networkPost } from './edge/post.ts';
import type { Integration, IntegrationEnvironment, RunningIntegration } from './integration.ts';
import { SeatrialError } from './seatrial-error.ts';
import { cut, reply } from './wire.ts';

type ProcessIntegration = Extract<Integration, { kind: 'process' }>;

/** Throws `integration.not-ready` with the integration's last output when it does not come up. */
export async function startIntegration(
  integration: Integration,
  environment: IntegrationEnvironment,
  signal?: AbortSignal,
): Promise<RunningIntegration> {
  if (integration.kind === 'process') return startProcess(integration, environment, signal);
  if (integration.kind === 'url') {
    const { post, close } = networkPost(integration.url);
    const stop = async (): Promise<void> => close();
    return { post, died: () => undefined, output: () => '', pending: () => 0, stop };
  }
  const running = await integration.start(environment);
  return {
    post: async (_path, request) => {
      if (running.webhook === undefined) return reply({ status: 204, headers: {}, body: '' });
      try {
        return reply(await running.webhook(request));
      } catch {
        return cut('reset');
      }
    },
    died: () => undefined,
    output: () => '',
    pending: () => running.pending?.() ?? 0,
    stop: async () => running.stop?.(),
  };
}

async function startProcess(
  integration: ProcessIntegration,
  environment: IntegrationEnvironment,
  interrupted: AbortSignal | undefined,
): Promise<RunningIntegration> {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'seatrial-integration-'));
  const child = spawn(integration.command, {
    shell: true,
    // A group of its own, so that stopping it stops what its shell started, by pid.
    detached: true,
    ...(integration.cwd === undefined ? {} : { cwd: integration.cwd }),
    env: { ...processEnvironment(environment, port, dataDir), ...integration.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const watch = watchProcess(child);
  const endpoint = networkPost(`http://127.0.0.1:${port}`);
  const stop = async (): Promise<void> => {
    endpoint.close();
    await watch.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await ready(port, integration, watch, interrupted);
  } catch (error) {
    await stop();
    throw error;
  }
  return { post: endpoint.post, died: watch.died, output: watch.output, pending: () => 0, stop };
}

function processEnvironment(
  { systems, webhookSecret }: IntegrationEnvironment,
  port: number,
  dataDir: string,
): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    // `node` in the command means the Node that runs seatrial, whatever the machine has.
    PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
    PORT: String(port),
    SEATRIAL_WEBHOOK_SECRET: webhookSecret,
    SEATRIAL_DATA_DIR: dataDir,
  };
  for (const [name, system] of Object.entries(systems)) {
    const prefix = `SEATRIAL_${name.toUpperCase().replaceAll('-', '_')}`;
    env[`${prefix}_URL`] = system.url;
    env[`${prefix}_BASE_PATH`] = system.basePath;
    env[`${prefix}_TOKEN_PATH`] = system.tokenPath;
    env[`${prefix}_CLIENT_ID`] = system.clientId;
    env[`${prefix}_CLIENT_SECRET`] = system.clientSecret;
  }
  return env;
}

interface Watched {
  died(): string | undefined;
  output(): string;
  stop(): Promise<void>;
}

const keptOutput = 4000;

function watchProcess(child: ChildProcess): Watched {
  let output = '';
  let ended: string | undefined;
  let asked = false;
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-keptOutput);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.once('exit', (code, signal) => {
    ended = signal === null ? `exit code ${code}` : `signal ${signal}`;
  });
  // The shell may end before what it started; the pipes close when the last of them is gone.
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', (error) => {
      ended = error.message;
      resolve();
    });
  });
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // Nobody of the group is left.
    }
  };
  return {
    died: () => (asked ? undefined : ended),
    output: () => output.trim(),
    stop: async () => {
      asked = true;
      signal('SIGTERM');
      await Promise.race([gone, realSleep(2000)]);
      signal('SIGKILL');
      await Promise.race([gone, realSleep(1000)]);
    },
  };
}

async function ready(
  port: number,
  integration: ProcessIntegration,
  watch: Watched,
  interrupted: AbortSignal | undefined,
): Promise<void> {
  const elapsed = stopwatch();
  const limitMs = integration.readyTimeoutMs ?? 20_000;
  const fail = (reason: string): never => {
    const said = watch.output();
    throw new SeatrialError({
      code: 'integration.not-ready',
      task: `start the integration "${integration.command}"`,
      reason,
      hint: `It must listen on 127.0.0.1:$PORT.${said === '' ? ' It wrote nothing.' : ` Its last output:\n${said}`}`,
    });
  };
  while (!(await accepts(port))) {
    const death = watch.died();
    if (death !== undefined) fail(`it ended with ${death} before it listened`);
    if (interrupted?.aborted) fail('it was interrupted');
    if (elapsed() > limitMs) fail(`it did not listen within ${limitMs} ms`);
    await realSleep(20);
  }
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
