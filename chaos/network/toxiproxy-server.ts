/**
 * Which Toxiproxy carries the network faults: one that runs already, a binary of the machine, one in a
 * container, or the one that comes with seatrial. All are spoken to over HTTP alike.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { realSleep, stopwatch } from '../../harness/clock.ts';
import { endWithUs } from '../../harness/dead-mans-switch.ts';
import { SeatrialError } from '../../harness/seatrial-error.ts';
import { freePort } from '../../harness/watched-process.ts';
import { startEmbeddedToxiproxy } from './embedded/embedded-toxiproxy.ts';
import { type ProxyPlace, isLoopback, onAnother } from './proxy-place.ts';
import { startToxiproxyContainer } from './toxiproxy-container.ts';

/** A Toxiproxy that can be spoken to. */
export interface ToxiproxyServer {
  readonly kind: 'embedded' | 'binary' | 'url' | 'container';
  /** Of its API. */
  readonly url: string;
  /** Where its proxies are; default on this machine. */
  readonly place?: ProxyPlace;
  /** Ends it when it was started here. */
  close(): Promise<void>;
}

export interface ToxiproxyChoice {
  /**
   * `embedded`, `binary` (on PATH, or where `npm run tools` puts it), `container`, a URL, or `auto`:
   * what TOXIPROXY_URL names, else a binary, else the embedded one.
   */
  readonly toxiproxy: string;
  /** For the draws of the embedded server. */
  readonly seed: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/**
 * Starts or finds the server. Throws `toxiproxy.unreachable`, `toxiproxy.no-binary`,
 * `toxiproxy.no-container`, `toxiproxy.no-testcontainers` or `toxiproxy.invalid`.
 */
export async function openToxiproxy(choice: ToxiproxyChoice): Promise<ToxiproxyServer> {
  const { env = process.env, cwd = process.cwd(), seed } = choice;
  const wanted = choice.toxiproxy === 'auto' ? automaticToxiproxy(env, cwd) : choice.toxiproxy;
  if (wanted === 'embedded') {
    const server = await startEmbeddedToxiproxy({ seed });
    return { kind: 'embedded', ...server };
  }
  if (wanted === 'binary') return startBinary(env, cwd);
  if (wanted === 'container') return startToxiproxyContainer();
  if (!/^https?:\/\//.test(wanted)) {
    throw new SeatrialError({
      code: 'toxiproxy.invalid',
      task: 'choose a Toxiproxy',
      reason: `"${wanted}" is none`,
      hint: 'Give "auto", "embedded", "binary", "container" or the URL of one, like http://127.0.0.1:8474.',
    });
  }
  const url = wanted.replace(/\/+$/, '');
  await reach(url);
  const close = async (): Promise<void> => {};
  if (isLoopback(new URL(url).hostname)) return { kind: 'url', url, close };
  return { kind: 'url', url, place: await onAnother(url), close };
}

/** What `auto` comes to here: a URL, `binary` or `embedded`. */
export function automaticToxiproxy(
  env: Readonly<Record<string, string | undefined>> = process.env,
  cwd: string = process.cwd(),
): string {
  const url = env['TOXIPROXY_URL'];
  if (url !== undefined && url !== '') return url;
  return findToxiproxyBinary(env, cwd) === undefined ? 'embedded' : 'binary';
}

/** Path of a `toxiproxy-server` on PATH or in `.tools/bin` below `cwd`. */
export function findToxiproxyBinary(
  env: Readonly<Record<string, string | undefined>> = process.env,
  cwd: string = process.cwd(),
): string | undefined {
  const folders = [...(env['PATH'] ?? '').split(delimiter), join(cwd, '.tools', 'bin')];
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => join(isAbsolute(folder) ? folder : resolve(cwd, folder), 'toxiproxy-server'))
    .find(executable);
}

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts the real server, its API on a free port of loopback. */
export async function startBinary(
  env: Readonly<Record<string, string | undefined>> = process.env,
  cwd: string = process.cwd(),
  parameters: readonly string[] = [],
): Promise<ToxiproxyServer> {
  const file = findToxiproxyBinary(env, cwd);
  if (file === undefined) {
    throw new SeatrialError({
      code: 'toxiproxy.no-binary',
      task: 'start a real Toxiproxy',
      reason: 'there is no toxiproxy-server on PATH or in .tools/bin',
      hint: 'npm run tools installs it (it needs Go); or choose "embedded".',
    });
  }
  const port = await freePort();
  const child = spawn(file, ['-host', '127.0.0.1', '-port', String(port), ...parameters], {
    stdio: 'ignore',
    detached: true,
  });
  endWithUs(child);
  const gone = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });
  const close = async (): Promise<void> => {
    child.kill();
    await Promise.race([gone, realSleep(1000)]);
    child.kill('SIGKILL');
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await reach(url, child);
  } catch (error) {
    await close();
    throw error;
  }
  return { kind: 'binary', url, close };
}

const patienceMs = 5000;

async function reach(url: string, child?: ChildProcess): Promise<void> {
  const elapsed = stopwatch();
  for (;;) {
    try {
      const reply = await fetch(`${url}/version`, { signal: AbortSignal.timeout(patienceMs) });
      if (reply.ok) return;
      throw new Error(`it answered ${reply.status}`);
    } catch (cause) {
      // One that was just started has a moment to get ready.
      const starting = child !== undefined && child.exitCode === null && elapsed() < patienceMs;
      if (!starting) throw unreachable(url, cause);
    }
    await realSleep(10);
  }
}

/** The trial could not run: a proxy that does not answer proves nothing about the integration. */
export const unreachable = (url: string, cause: unknown): SeatrialError =>
  new SeatrialError({
    code: 'toxiproxy.unreachable',
    task: `reach the Toxiproxy at ${url}`,
    reason: reasonOf(cause),
    hint: 'Start it, or choose --toxiproxy embedded.',
    cause,
  });

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}
