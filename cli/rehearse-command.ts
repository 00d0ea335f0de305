/**
 * `seatrial rehearse`, the main command of the repository: one bad day, two integrations, each in a
 * process of its own. The naive one must be caught and the sound one must hold; otherwise seatrial
 * itself has a fault.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { describeDuration } from '../harness/duration.ts';
import { stopwatch } from '../harness/clock.ts';
import { freshSeed } from '../harness/random.ts';
import { replayToken } from '../harness/replay-token.ts';
import { runTrial } from '../harness/run-trial.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import type { Trial } from '../harness/trial.ts';
import { quoted } from '../report/replay-command.ts';
import { type ReportModel, reportModel } from '../report/report-model.ts';
import { type Side, sideBySide } from '../report/side-by-side.ts';
import { violationStories } from '../report/terminal-report.ts';
import { coloursFor } from '../report/terminal-text.ts';
import { LiveLine } from './live-line.ts';
import { duration, seed, token, wholeNumber } from './options.ts';
import { type ExitCode, type Shell } from './shell.ts';
import { terminalOptions } from './write-reports.ts';

interface Options {
  readonly orders: number;
  readonly over: number;
  readonly seed?: string;
  readonly replay?: string;
}

const integrations = ['naive', 'sound'] as const;

export const rehearseCommand = (shell: Shell): Command =>
  new Command('rehearse')
    .description('a bad day for two integrations, a naive and a sound one, side by side')
    .option('--orders <count>', 'purchase orders', wholeNumber, 300)
    .option(
      '--over <duration>',
      'trial time in which their business shall be done',
      duration,
      15_000,
    )
    .option('--seed <seed>', 'makes the same business and the same fault decisions again', seed)
    .addOption(
      new Option('--replay <token>', 'runs what a verdict printed')
        .argParser(token)
        .conflicts('seed'),
    )
    .addHelpText('after', examples)
    .action((options: Options) => rehearse(options, shell));

async function rehearse(options: Options, shell: Shell): Promise<void> {
  const elapsed = stopwatch();
  const { rehearsal } = await import('./rehearsal.ts');
  const trial = rehearsal({ purchaseOrders: options.orders, overMs: options.over });
  const seed = options.replay ?? options.seed ?? freshSeed();
  const { orders, over } = options;
  const replay = `seatrial rehearse --orders ${orders} --over ${over}ms --replay ${replayToken(seed)}`;
  shell.stdout.write(`${introduction(trial, seed)}\n\n`);
  const sides: Side[] = [];
  for (const name of integrations) {
    sides.push({ name, model: await runOne(trial, name, seed, replay, shell) });
  }
  shell.stdout.write(conclusion(sides, replay, shell));
  shell.stdout.write(`Took ${describeDuration(elapsed())}.\n`);
  shell.exit(exitCodeOf(sides));
}

const introduction = (trial: Trial, seed: string): string =>
  [
    `${trial.name} (seed ${seed})`,
    `A procurement suite, an ERP and a warehouse on ports; ${trial.faults?.length ?? 0} faults on the wires between`,
    'them and the integration under test: first a naive one, then a sound one.',
  ].join('\n');

async function runOne(
  trial: Trial,
  name: string,
  seed: string,
  replay: string,
  shell: Shell,
): Promise<ReportModel> {
  const path = fileURLToPath(new URL(`../test/integrations/${name}/main.ts`, import.meta.url));
  if (!existsSync(path)) {
    throw new SeatrialError({
      code: 'rehearse.no-integration',
      task: `rehearse with the ${name} integration`,
      reason: `${path} is not there`,
      hint: 'The rehearsal comes with the repository, not with the package: clone it and run npm start.',
    });
  }
  const live = new LiveLine(shell.stderr, name);
  try {
    const integration = `node ${quoted(path)}`;
    const result = await runTrial(trial, {
      integration,
      seed,
      signal: shell.stop,
      onProgress: live.show,
    });
    return reportModel(result, { replay, storiesPerInvariant: 1 });
  } finally {
    live.end();
  }
}

function conclusion(sides: readonly Side[], replay: string, shell: Shell): string {
  const options = terminalOptions(shell.stdout, shell);
  const colours = coloursFor(options);
  const stories = sides
    .filter(({ model }) => model.verdict === 'violated')
    .map(
      ({ name, model }) =>
        `${colours.bold(`What the ${name} integration broke`)}\n\n${violationStories(model, options)}`,
    );
  const doubts = sides
    .filter(({ model }) => model.doubts.length > 0)
    .map(({ name, model }) =>
      [
        `Doubts about the ${name} integration's trial`,
        ...model.doubts.map((each) => `  ? ${each}`),
      ].join('\n'),
    );
  return [...stories, sideBySide(sides, options).trimEnd(), ...doubts, `Again: ${replay}`, ''].join(
    '\n\n',
  );
}

/** 0 when the naive one is caught and the sound one holds, 1 when the sound one is not sound, else 2. */
function exitCodeOf(sides: readonly Side[]): ExitCode {
  const [naive, sound] = sides.map(({ model }) => model.verdict);
  if (sound === 'violated') return 1;
  return naive === 'violated' && sound === 'holds' ? 0 : 2;
}

const examples = `
Examples:
  $ npm start
  $ seatrial rehearse --orders 100 --over 8s
  $ seatrial rehearse --seed demo

Exit codes: 0 the naive one is violated and the sound one holds, 1 the sound one is violated,
2 neither is certain, 3 could not run.`;
