/** `seatrial check`: a recorded history judged again, without running anything. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Invariant } from '../harness/invariant.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import { readSqlInvariants } from '../harness/sql-invariant.ts';
import { joinReports } from '../report/join-reports.ts';
import { type ReportModel, reportModel } from '../report/report-model.ts';
import { judgeHistory } from './judge-history.ts';
import { leanHeap } from './lean-heap.ts';
import { openHistory, placesOf } from './open-history.ts';
import { type Shell, exitCodes, exitCodesHelp } from './shell.ts';
import { standardFor } from './standard-for.ts';
import { type ReportTargets, writeReports } from './write-reports.ts';

interface Options extends ReportTargets {
  readonly trial?: string;
  /** Files of queries that must return no rows. */
  readonly invariantsSql?: readonly string[];
}

export const checkCommand = (shell: Shell): Command =>
  new Command('check')
    .description('judge a recorded history again, without running anything')
    .argument(
      '<histories...>',
      'the file of --history, the folder of --data or the URL of --store; several are shards of one load, judged apart and joined',
    )
    .option('--trial <file>', "judge by this trial's flows and invariants; default: procure-to-pay")
    .option('--invariants-sql <file...>', 'SQL queries that must return no rows')
    .option('--json [file]', 'write the result as JSON; standard output when no file is named')
    .option(
      '--junit [file]',
      'write the result as JUnit XML; standard output when no file is named',
    )
    .option('--quiet', 'one line of verdict')
    .addHelpText('after', examples)
    .action(
      async (
        paths: readonly string[],
        options: Options & { json?: string | true; junit?: string | true },
      ) => {
        const models: ReportModel[] = [];
        for (const place of paths.flatMap((path) => placesOf(path, shell.cwd))) {
          models.push(await judged(place, options, shell));
        }
        const model = joinReports(models);
        writeReports(
          model,
          { ...options, ...named('json', options.json), ...named('junit', options.junit) },
          shell,
        );
        shell.exit(exitCodes[model.verdict]);
      },
    );

async function judged(
  place: string,
  { trial, invariantsSql = [] }: Options,
  shell: Shell,
): Promise<ReportModel> {
  const file = openHistory(place);
  if (file.long) leanHeap();
  const queries = invariantsSql.flatMap((each) => readQueries(each, shell));
  const standard = await standardFor(file, trial, shell);
  const { replay } = file.header;
  const model = reportModel(
    judgeHistory(file, { ...standard, invariants: [...standard.invariants, ...queries] }),
    replay === undefined ? {} : { replay },
  );
  if ('close' in file) file.close();
  return model;
}

/** Throws `invariants.not-read`, and what reading the queries throws. */
function readQueries(path: string, shell: Shell): Invariant[] {
  const file = resolve(shell.cwd, path);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new SeatrialError({
      code: 'invariants.not-read',
      task: `read the SQL invariants ${file}`,
      reason: (cause as Error).message,
      cause,
    });
  }
  return readSqlInvariants(file, text);
}

const named = (name: 'json' | 'junit', value: string | true | undefined): ReportTargets =>
  value === undefined ? {} : { [name]: value === true ? '-' : value };

const examples = `
Examples:
  $ seatrial run trials/first.ts --history first.ndjson
  $ seatrial check first.ndjson
  $ seatrial check first.ndjson --trial trials/first.ts    by invariants of your own
  $ seatrial check 1.ndjson 2.ndjson 3.ndjson 4.ndjson     the shards of one load
  $ seatrial check monday                                  the folder of --data monday
  $ seatrial check postgres://me@127.0.0.1/trials          every shard that --store kept there
  $ seatrial check monday --invariants-sql rules.sql       queries that must return no rows
  $ seatrial check first.ndjson --json --quiet | jq .verdict

${exitCodesHelp}`;
