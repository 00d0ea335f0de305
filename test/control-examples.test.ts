/** The examples that drive a whole trial from another language, run as a user runs them. */
import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const integration = (name: string): string => file(`integrations/${name}/main.ts`);

/** Whether the machine has it; says so in one line when not. */
function has(command: string, ...parameters: string[]): boolean {
  try {
    execFileSync(command, parameters, { stdio: 'ignore' });
    return true;
  } catch {
    console.log(`${command} is not installed: its example is not tested.`);
    return false;
  }
}

let server: ReturnType<typeof spawn>;
let env: NodeJS.ProcessEnv;

/** `seatrial serve --bare`, and what it prints for others to export. */
beforeAll(async () => {
  server = spawn(process.execPath, [file('../cli/main.ts'), 'serve', '--bare']);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      if (/^SEATRIAL_CONTROL_TOKEN=\S+\n/m.test(said)) resolve();
    });
    server.once('exit', (code) => reject(new Error(`It ended with ${code}: ${said}`)));
  });
  const lines = said.split('\n').filter((line) => line.startsWith('SEATRIAL_CONTROL_'));
  env = {
    ...process.env,
    ...Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))),
  };
});

afterAll(async () => {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function run(command: string, ...parameters: string[]): Promise<Ended> {
  const child = spawn(command, parameters, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

const python = (name: string): Promise<Ended> =>
  run('python3', file('../examples/python-control/trial.py'), process.execPath, integration(name));
const java = (name: string): Promise<Ended> =>
  run('java', file('../examples/java-control/Main.java'), `node ${integration(name)}`);

describe.skipIf(!has('python3', '--version'))('from Python', () => {
  test('the sound integration holds', async () => {
    const { code, output } = await python('sound');
    expect([code, output]).toEqual([0, expect.stringContaining('verdict: holds')]);
    // Goods that the ERP refuses for good stay owed: somebody counted more than was ordered.
    expect(output).toMatch(/^(quiet$|still owed: \[\{'what': 'receipt-to-erp')/m);
    expect(output).toMatch(/^PO-\d+ is in version/m);
  });

  test('the naive one is caught, with its story', async () => {
    const { code, output } = await python('naive');
    expect([code, output]).toEqual([1, expect.stringMatching(/VIOLATED .*\n +\+0 ms/)]);
  });
});

describe.skipIf(!has('java', '--version'))('from Java', () => {
  test('the sound integration holds', async () => {
    const { code, output } = await java('sound');
    expect([code, output]).toEqual([0, expect.stringContaining('verdict: holds')]);
  });

  test('the naive one is caught', async () => {
    const { code, output } = await java('naive');
    expect([code, output]).toEqual([1, expect.stringContaining('VIOLATED ')]);
  });
});
