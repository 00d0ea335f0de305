/** Runs one client against a landscape of its own, and reads from its lines what it did. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Client } from './clients.ts';
import { python } from './install.ts';

const here = import.meta.dirname;

export interface Outcome {
  readonly client: Client;
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  readonly seconds: number;
}

/** Starts it, runs it, and takes the landscape down by its process id. */
export async function runClient(client: Client): Promise<Outcome> {
  const startedAt = process.uptime();
  const landscape = client.landscape === undefined ? undefined : await start(client.landscape);
  try {
    const { passed, failed } = await talk(client, landscape?.address ?? '{}');
    return { client, passed, failed, seconds: process.uptime() - startedAt };
  } finally {
    if (landscape !== undefined) await stop(landscape.child);
  }
}

interface Started {
  readonly child: ChildProcess;
  /** What it printed: where its systems are. */
  readonly address: string;
}

async function start(name: string): Promise<Started> {
  const file = join(here, 'landscapes', `${name}.ts`);
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const line = once(lines, 'line') as Promise<[string]>;
  const end = once(child, 'exit').then(() => undefined);
  const first = await Promise.race([line, end]);
  if (first === undefined) throw new Error(`Failed to start the landscape ${name}: it ended.`);
  return { child, address: first[0] };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function talk(
  { language, script, environment }: Client,
  landscape: string,
): Promise<{ passed: string[]; failed: string[] }> {
  const command = language === 'python' ? python : process.execPath;
  const env = {
    ...process.env,
    ...environment,
    SEATRIAL_LANDSCAPE: landscape,
    PYTHONPATH: here,
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const child = spawn(command, [join(here, script)], { cwd: here, env });
  const [passed, failed, told]: [string[], string[], string[]] = [[], [], []];
  const read = (line: string): void => {
    if (line.startsWith('ok ')) passed.push(line.slice(3).trim());
    else if (line.startsWith('FAIL ')) failed.push(line.slice(5).trim());
    else told.push(line);
  };
  createInterface({ input: child.stdout }).on('line', read);
  createInterface({ input: child.stderr }).on('line', (line) => told.push(line));
  const [status] = (await once(child, 'close')) as [number | null];
  const isSilent = passed.length + failed.length === 0;
  if (failed.length === 0 && (status !== 0 || isSilent)) failed.push(`it ended with ${status}`);
  if (failed.length > 0) console.error([`${script}:`, ...told].join('\n'));
  return { passed, failed };
}
