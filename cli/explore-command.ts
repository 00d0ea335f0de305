/** `seatrial explore`: many runs of one trial, and the smallest story of what breaks. */
import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import { makeFault } from '../chaos/make-fault.ts';
import { type ExploreOptions, explore } from '../harness/explore/explore.ts';
import { readIntegration } from '../harness/read-integration.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import { explorationText, progressText } from '../report/exploration-text.ts';
import { ProgressLine } from './progress-line.ts';
import { loadTrial } from './load-trial.ts';
import { positive, seed, wholeNumber } from './options.ts';
import { type Shell, exitCodes, exitCodesHelp } from './shell.ts';

interface Options {
  readonly integration?: string;
  readonly runs?: number;
  readonly seconds?: number;
  readonly seed?: string;
  readonly all?: boolean;
}

export const exploreCommand = (shell: Shell): Command =>
  new Command('explore')
    .description('run a trial again and again, each time otherwise, and shrink what breaks')
    .argument('<trial file>', 'TypeScript or JavaScript that default-exports a trial')
    .option('--integration <command>', "the software under test; default: the trial's own")
    .option(
      '--runs <number>',
      'runs at most; default 100, or without end with --seconds',
      wholeNumber,
    )
    .option('--seconds <number>', 'seconds at most, shrinking not counted', positive)
    .option('--seed <seed>', 'tries the same runs in the same order again', seed)
    .option('--all', 'goes on after the first promise that breaks')
    .addHelpText('after', examples)
    .action((file: string, options: Options) => exploreFile(file, options, shell));

async function exploreFile(file: string, options: Options, shell: Shell): Promise<void> {
  const trial = await loadTrial(file, shell.cwd);
  const integration = options.integration ?? trial.integration;
  if (readIntegration(integration).kind === 'url') throw runsAlready(file);
  const live = new ProgressLine(shell.stderr);
  const exploring: ExploreOptions = {
    make: makeFault,
    signal: shell.stop,
    onProgress: (progress) => live.show(progressText(progress)),
    ...(integration === undefined ? {} : { integration }),
    ...(options.runs === undefined ? {} : { runs: options.runs }),
    ...(options.seconds === undefined ? {} : { seconds: options.seconds }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.all === true ? { violations: Number.POSITIVE_INFINITY } : {}),
  };
  try {
    const exploration = await explore(trial, exploring);
    live.end();
    const told = {
      file: relative(shell.cwd, resolve(shell.cwd, file)),
      ...(options.integration === undefined ? {} : { command: options.integration }),
    };
    shell.stdout.write(explorationText(exploration, told));
    shell.exit(exitCodes[exploration.status]);
  } finally {
    live.end();
  }
}

const runsAlready = (file: string): SeatrialError =>
  new SeatrialError({
    code: 'integration.not-ours',
    task: `explore ${file}`,
    reason: 'an integration that runs already would carry what it learnt from one run to the next',
    hint: 'Give the command that starts it: --integration "node middleware.js".',
  });

const examples = `
Examples:
  $ seatrial explore trials/first.ts --integration "node middleware.js" --runs 20
  $ seatrial explore trials/in-process.ts --seconds 60     integrations in this process: many runs a second

A run has a seed of its own, a random subset of the trial's faults, a random part of its business, and
answers and messages that take their time. What breaks is shrunk and confirmed ten times.

${exitCodesHelp}`;
