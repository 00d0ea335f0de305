/** `seatrial check`: a recorded history judged again, without running anything. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { HistoryFile } from '../harness/history-file.ts';
import { reportModel } from '../report/report-model.ts';
import { judgeHistory } from './judge-history.ts';
import { type Shell, exitCodes, exitCodesHelp } from './shell.ts';
import { standardFor } from './standard-for.ts';
import { type ReportTargets, writeReports } from './write-reports.ts';

interface Options extends ReportTargets {
  readonly trial?: string;
}

export const checkCommand = (shell: Shell): Command =>
  new Command('check')
    .description('judge a recorded history again, without running anything')
    .argument('<history file>', 'what seatrial run --history wrote')
    .option('--trial <file>', "judge by this trial's flows and invariants; default: procure-to-pay")
    .option('--json [file]', 'write the result as JSON; standard output when no file is named')
    .option(
      '--junit [file]',
      'write the result as JUnit XML; standard output when no file is named',
    )
    .option('--quiet', 'one line of verdict')
    .addHelpText('after', examples)
    .action(
      async (path: string, options: Options & { json?: string | true; junit?: string | true }) => {
        const file = new HistoryFile(resolve(shell.cwd, path));
        const standard = await standardFor(file, options.trial, shell);
        const { replay } = file.header;
        const model = reportModel(
          judgeHistory(file, standard),
          replay === undefined ? {} : { replay },
        );
        writeReports(
          model,
          { ...options, ...named('json', options.json), ...named('junit', options.junit) },
          shell,
        );
        shell.exit(exitCodes[model.verdict]);
      },
    );

const named = (name: 'json' | 'junit', value: string | true | undefined): ReportTargets =>
  value === undefined ? {} : { [name]: value === true ? '-' : value };

const examples = `
Examples:
  $ seatrial run trials/first.ts --history first.ndjson
  $ seatrial check first.ndjson
  $ seatrial check first.ndjson --trial trials/first.ts    by invariants of your own
  $ seatrial check first.ndjson --json --quiet | jq .verdict

${exitCodesHelp}`;
