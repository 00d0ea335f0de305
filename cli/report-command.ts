/** `seatrial report`: a recorded history as one HTML file to look at. */
import { relative } from 'node:path';
import { Command } from 'commander';
import { verdictLine } from '../report/terminal-report.ts';
import { reportModel } from '../report/report-model.ts';
import { judgeHistory } from './judge-history.ts';
import { openOnly } from './open-history.ts';
import type { Shell } from './shell.ts';
import { standardFor } from './standard-for.ts';
import { writePage } from './write-page.ts';
import { terminalOptions } from './write-reports.ts';

interface Options {
  readonly out: string;
  readonly trial?: string;
}

export const reportCommand = (shell: Shell): Command =>
  new Command('report')
    .description('make a page of a recorded history: one HTML file that opens without a server')
    .argument(
      '<history>',
      'the file of --history, the folder of --data, or the URL of --store with one shard',
    )
    .option('--out <folder>', 'where to write index.html', 'seatrial-report')
    .option('--trial <file>', "judge by this trial's flows and invariants; default: procure-to-pay")
    .addHelpText('after', examples)
    .action((path: string, options: Options) => report(path, options, shell));

async function report(path: string, { out, trial }: Options, shell: Shell): Promise<void> {
  const file = openOnly(path, shell.cwd);
  const standard = await standardFor(file, trial, shell);
  // A page reads the history many times and holds all of it, so it is read from the disk once.
  const records = [...file];
  const judged = judgeHistory(
    { header: file.header, [Symbol.iterator]: () => records[Symbol.iterator]() },
    standard,
  );
  const { flows, states = [] } = standard;
  const { replay } = file.header;
  const options = replay === undefined ? {} : { replay };
  const page = await writePage({ ...judged, flows, states }, out, shell.cwd, options);
  const model = reportModel(judged, { ...options, storiesPerInvariant: 0 });
  shell.stdout.write(verdictLine(model, terminalOptions(shell.stdout, shell)));
  shell.stdout.write(`page: ${relative(shell.cwd, page)}\n`);
}

const examples = `
Examples:
  $ seatrial run trials/first.ts --history first.ndjson
  $ seatrial report first.ndjson                           writes seatrial-report/index.html
  $ seatrial report first.ndjson --out reports/monday --trial trials/first.ts

Exit codes: 0 the page is written, whatever it says, 3 it could not be. seatrial check judges.`;
