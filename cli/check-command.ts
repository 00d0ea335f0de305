/** `seatrial check`: a recorded history judged again, without running anything. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { HistoryFile } from '../harness/history-file.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import { reportModel } from '../report/report-model.ts';
import { type Standard, judgeHistory } from './judge-history.ts';
import { loadTrial } from './load-trial.ts';
import { type Shell, exitCodes, exitCodesHelp } from './shell.ts';
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

/** By what to judge: the trial that is named, else the business that comes with seatrial. */
async function standardFor(
  file: HistoryFile,
  trialFile: string | undefined,
  shell: Shell,
): Promise<Standard> {
  if (trialFile !== undefined) {
    const { workload, flows, invariants = [], narrate } = await loadTrial(trialFile, shell.cwd);
    return {
      flows: flows ?? workload.flows,
      invariants: [...workload.invariants, ...invariants],
      narrate: narrate ?? workload.narrate,
    };
  }
  const { business } = await import('./business.ts');
  const workload = business(1, 1000);
  if (file.header.workload === workload.name) return workload;
  throw new SeatrialError({
    code: 'check.no-standard',
    task: `judge the history ${file.path}`,
    reason: `it is of the workload "${file.header.workload}", which does not come with seatrial`,
    hint: 'Name the trial that it was recorded from: --trial FILE.',
  });
}

const examples = `
Examples:
  $ seatrial run trials/first.ts --history first.ndjson
  $ seatrial check first.ndjson
  $ seatrial check first.ndjson --trial trials/first.ts    by invariants of your own
  $ seatrial check first.ndjson --json --quiet | jq .verdict

${exitCodesHelp}`;
