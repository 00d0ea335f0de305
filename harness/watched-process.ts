/** A process of the integration: its last words, its end, and whether it listens yet. */
import type { ChildProcess } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { realSleep, stopwatch } from './clock.ts';
import type { Integration } from './integration.ts';
import { SeatrialError } from './seatrial-error.ts';

type ProcessIntegration = Extract<Integration, { kind: 'process' }>;

/** A process and what is known of it. */
export interface Watched {
  died(): string | undefined;
  output(): string;
  /** Ends it without asking, as a power cut does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const keptOutput = 4000;

/** Keeps its last output, and how it ended. */
export function watchProcess(child: ChildProcess): Watched {
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
  const signal = (name: NodeJS.Signals): void => signalGroup(child, name);
  return {
    died: () => (asked ? undefined : ended),
    output: () => output.trim(),
    kill: async () => {
      asked = true;
      signal('SIGKILL');
      await Promise.race([gone, realSleep(1000)]);
    },
    stop: async () => {
      asked = true;
      signal('SIGTERM');
      await Promise.race([gone, realSleep(2000)]);
      signal('SIGKILL');
      await Promise.race([gone, realSleep(1000)]);
    },
  };
}

/** Reaches all that the process's shell started. */
function signalGroup({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // Nobody of the group is left.
  }
}

/** Waits until it listens. Throws `integration.not-ready` with its last output. */
export async function ready(
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

/** A port that nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
