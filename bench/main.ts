/**
 * `npm run bench`: a table for people. `-- --json`: one JSON object a line. `-- NAME`: one bench.
 * `-- --short`: less of everything, for CI. `-- --write`: into the docs. Ratios are measured against a baseline in the same run,
 * because machines are shared and noisy.
 */
import Table from 'cli-table3';
import { benches } from './benches.ts';
import type { Bench, Figure } from './figure.ts';

const parameters = process.argv.slice(2);
const json = parameters.includes('--json');
const short = parameters.includes('--short');
const write = parameters.includes('--write');
const names = parameters.filter((each) => !each.startsWith('--'));

const chosen = Object.entries(benches).filter(
  ([name, { figures }]) =>
    names.length === 0 || names.some((each) => each === name || figures.includes(each)),
);
if (chosen.length === 0) {
  console.error(`No bench "${names.join(' ')}". There are: ${Object.keys(benches).join(', ')}`);
  process.exit(3);
}

const all: Figure[] = [];
let broken = 0;
for (const [name, { run }] of chosen) {
  if (!json) process.stderr.write(`${name} ...\n`);
  const figures = await figuresOf(name, run);
  all.push(...figures);
  if (json) for (const figure of figures) console.log(JSON.stringify(figure));
}
if (!json) {
  const table = new Table({
    head: ['figure', 'value', 'unit', 'target', 'ok'],
    style: { head: [], border: [] },
  });
  for (const { name, value, unit, target, ok } of all) {
    table.push([name, String(value), unit, target, ok ? 'yes' : 'NO']);
  }
  console.log(table.toString());
}
// A short run shows that every bench works; only a long one on a quiet machine judges the figures.
process.exit(broken === 0 && (short || all.every((figure) => figure.ok)) ? 0 : 1);

/** One that cannot run here says why, and the others still do. */
async function figuresOf(name: string, run: Bench): Promise<Figure[]> {
  try {
    return await run({ short, json, write });
  } catch (error) {
    broken++;
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}
