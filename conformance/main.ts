/** `npm run conformance`: every client that others wrote against the dialects, in one table. */
import Table from 'cli-table3';
import { type Client, clients } from './clients.ts';
import { installNodeClients, installPythonClients } from './install.ts';
import { type Outcome, runClient } from './run-client.ts';

const [isShort, only] = [process.argv.includes('--short'), argument('--only')];

function argument(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

const chosen = clients(isShort).filter(
  ({ name, against }) => only === undefined || `${name} ${against}`.includes(only),
);
installNodeClients();
const withoutPython = chosen.some(({ language }) => language === 'python')
  ? installPythonClients()
  : undefined;

const [left, kept]: [Client[], Client[]] = [[], []];
for (const client of chosen) {
  (client.language === 'python' && withoutPython !== undefined ? left : kept).push(client);
}
const outcomes: Outcome[] = [];

/** Takes one client after the other; two of these share the work, and the long ones come first. */
async function work(): Promise<void> {
  for (let client = kept.shift(); client !== undefined; client = kept.shift()) {
    const outcome = await runClient(client);
    console.log(`${client.name} against ${client.against}`);
    for (const line of outcome.passed) console.log(`  ok   ${line}`);
    for (const line of outcome.failed) console.log(`  FAIL ${line}`);
    outcomes.push(outcome);
  }
}
await Promise.all([work(), work()]);

const table = new Table({
  head: ['client', 'against', 'passed', 'failed', 'seconds'],
  style: { head: [], border: [] },
});
for (const { client, passed, failed, seconds } of outcomes) {
  table.push([client.name, client.against, passed.length, failed.length, seconds.toFixed(1)]);
}
console.log(table.toString());
if (left.length > 0) {
  const names = [...new Set(left.map(({ name }) => name))].join(', ');
  console.log(`Left out, because ${withoutPython}: ${names}.`);
}
const failures = outcomes.reduce((sum, { failed }) => sum + failed.length, 0);
process.exitCode = failures > 0 || outcomes.length === 0 ? 1 : 0;
