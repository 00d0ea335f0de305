/**
 * `npm run mutants`: puts one fault at a time into a copy of the embedded Toxiproxy and runs its tests
 * there. A mutant that survives is a test that is missing. `-- WORD` runs those whose name has it.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { stopwatch } from '../harness/clock.ts';
import { type Mutant, proxyMutants } from './proxy-mutants.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'seatrial-mutants-'));
const embedded = 'chaos/network/embedded';

for (const part of [
  'harness',
  embedded,
  'chaos/network/testing',
  'tsconfig.json',
  'package.json',
]) {
  cpSync(join(root, part), join(scratch, part), { recursive: true });
}
symlinkSync(join(root, 'node_modules'), join(scratch, 'node_modules'));
writeFileSync(
  join(scratch, 'vitest.config.ts'),
  `export default { test: { testTimeout: 15_000, hookTimeout: 15_000, maxConcurrency: 5, fileParallelism: false, bail: 1, retry: 2 } };\n`,
);

/** The first test that noticed; `undefined` when none did. */
function noticedBy(): string | undefined {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', embedded],
    { cwd: scratch, encoding: 'utf8', timeout: 120_000, env: { ...process.env, NO_COLOR: '1' } },
  );
  if (status === 0) return undefined;
  return /^ *× (.+?)(?: \d+ms)?$/m.exec(stdout)?.[1] ?? 'the run did not end well';
}

function tried({ file, edits }: Mutant): string | undefined {
  const path = join(scratch, embedded, file);
  const source = readFileSync(path, 'utf8');
  let mutated = source;
  for (const [from, to] of edits) {
    if (mutated.split(from).length !== 2) throw new Error(`${file} has not one "${from}".`);
    mutated = mutated.replace(from, () => to);
  }
  writeFileSync(path, mutated);
  try {
    return noticedBy();
  } finally {
    writeFileSync(path, source);
  }
}

const wanted = process.argv.slice(2);
const chosen = proxyMutants.filter(
  ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
);
const sound = noticedBy();
if (sound !== undefined) {
  console.error(`Failed to begin: without any fault, "${sound}" fails.`);
  process.exit(3);
}
const table = new Table({ head: ['mutant', 'killed', 'by', 's'], style: { head: [], border: [] } });
let survivors = 0;
for (const mutant of chosen) {
  const elapsed = stopwatch();
  const test = tried(mutant);
  if (test === undefined) survivors++;
  table.push([
    mutant.name,
    test === undefined ? 'NO' : 'yes',
    (test ?? '').slice(0, 60),
    (elapsed() / 1000).toFixed(1),
  ]);
  process.stderr.write(test === undefined ? 'S' : '.');
}
process.stderr.write('\n');
console.log(table.toString());
console.log(`${chosen.length - survivors} of ${chosen.length} killed`);
rmSync(scratch, { recursive: true, force: true });
process.exit(survivors === 0 ? 0 : 1);
