/**
 * From process start to three systems listening, as a user sees it: `seatrial serve` until it says
 * where they are. The package runs compiled; a checkout runs its TypeScript as it is, which Node
 * strips of its types at every start. Both are told; what was asked of is the package.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stopwatch } from '../harness/clock.ts';
import { type Bench, type Figure, reported } from './figure.ts';
import { median } from './measure.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const mostMs = 500;

export const startupBench: Bench = async ({ short }): Promise<Figure[]> => {
  const rounds = short ? 3 : 11;
  const compiled = await compile();
  try {
    const packaged: number[] = [];
    const unbuilt: number[] = [];
    for (let round = 0; round < rounds; round++) {
      packaged.push(await startMs(join(compiled, 'cli/main.js')));
      unbuilt.push(await startMs(join(root, 'cli/main.ts')));
    }
    const value = median(packaged);
    return [
      { ...reported('startup', value, 'ms'), target: `< ${mostMs}`, ok: value < mostMs },
      reported('startup-unbuilt', median(unbuilt), 'ms'),
    ];
  } finally {
    rmSync(compiled, { recursive: true });
  }
};

/** The package's JavaScript, made for this bench: a build that lies around may be an old one. */
async function compile(): Promise<string> {
  // Inside the checkout, so that the packages it needs are found.
  const folder = mkdtempSync(join(root, 'node_modules', '.seatrial-bench-'));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  // The compiler writes its output in spite of type errors, which are no business of this bench.
  await ended(compiler, '-p', join(root, 'tsconfig.build.json'), '--outDir', folder);
  if (existsSync(join(folder, 'cli/main.js'))) return folder;
  rmSync(folder, { recursive: true });
  throw new Error('Failed to compile the package for the bench: run npm run build to see why.');
}

const ended = (...command: string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', () => resolve());
  });

/** Milliseconds until the landscape says that it is up. */
function startMs(main: string): Promise<number> {
  const elapsedMs = stopwatch();
  const child = spawn(process.execPath, [main, 'serve', '--quiet'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Failed to serve: code ${code}.`)));
    child.stdout.once('data', () => {
      const took = elapsedMs();
      child.removeAllListeners('exit');
      child.once('exit', () => resolve(took));
      child.kill();
    });
  });
}
