/** `seatrial run`: one trial, one verdict. */
import { relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { RealClock } from '../harness/clock.ts';
import { FaultPlan } from '../harness/fault-plan.ts';
import { HistoryWriter } from '../harness/history-file.ts';
import { KeyedRandom, freshSeed } from '../harness/random.ts';
import { replayToken } from '../harness/replay-token.ts';
import { describeIntegration, readIntegration } from '../harness/read-integration.ts';
import { type RunOptions, type TrialResult, runTrial } from '../harness/run-trial.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import type { Trial } from '../harness/trial.ts';
import type { PageSource } from '../report/page/page-model.ts';
import { quoted, replayCommand } from '../report/replay-command.ts';
import { reportModel } from '../report/report-model.ts';
import { type ControlOptions, controlOptions } from './control-options.ts';
import { type KeepingOptions, keepingOptions, placeOf } from './keeping-options.ts';
import { LiveLine } from './live-line.ts';
import { loadTrial } from './load-trial.ts';
import { ports, positive, seed, token } from './options.ts';
import { type Shell, exitCodes, exitCodesHelp } from './shell.ts';
import { watchTrial } from './watch-trial.ts';
import { writePage } from './write-page.ts';
import { type ReportTargets, writeReports } from './write-reports.ts';

interface Options extends ReportTargets, ControlOptions, KeepingOptions {
  readonly integration?: string;
  readonly seed?: string;
  /** The token's seed. */
  readonly replay?: string;
  readonly speed?: number;
  readonly ports?: Record<string, number>;
  readonly history?: string;
  readonly toxiproxy?: string;
  /** Folder of the page. */
  readonly report?: string;
}

export const runCommand = (shell: Shell): Command => {
  const command = new Command('run')
    .description('run a trial against an integration and judge it')
    .argument('<trial file>', 'TypeScript or JavaScript that default-exports a trial')
    .option('--integration <command or URL>', "the software under test; default: the trial's own")
    .option('--seed <seed>', 'makes the same business and the same fault decisions again', seed)
    .addOption(
      new Option('--replay <token>', 'runs what a verdict printed')
        .argParser(token)
        .conflicts('seed'),
    )
    .option('--speed <factor>', 'trial seconds per real second', positive)
    .option('--ports <list>', 'fixed ports, e.g. procurement=41001,erp=41002', ports)
    .option(
      '--toxiproxy <which>',
      'carries network faults: auto, embedded, binary, container or a URL (default: auto)',
    )
    .option('--json <file>', 'write the result as JSON; - for standard output')
    .option('--junit <file>', 'write the result as JUnit XML; - for standard output')
    .option('--history <file>', 'write all that happened as NDJSON, for seatrial check')
    .option('--report <folder>', 'write a page to look at, index.html in this folder')
    .option('--quiet', 'no live line, one line of verdict')
    .addHelpText('after', examples)
    .action(async (file: string, options: Options) => {
      const trial = await loadTrial(file, shell.cwd);
      await run(trial, relative(shell.cwd, resolve(shell.cwd, file)), options, shell);
    });
  const keeping = keepingOptions('keep history and documents in this new folder, on disk');
  for (const option of [...keeping, ...controlOptions()]) command.addOption(option);
  return command;
};

async function run(trial: Trial, file: string, options: Options, shell: Shell): Promise<void> {
  const integration = readIntegration(options.integration ?? trial.integration);
  const seed = options.replay ?? options.seed ?? trial.seed ?? freshSeed();
  if (integration.kind === 'url') checkReachable(integration.url, trial, options);
  const place = placeOf(options, shell.cwd);
  const live = new LiveLine(shell.stderr);
  const replay = replayOf(file, options, seed);
  const writer =
    options.history === undefined ? undefined : record(trial, options, seed, replay, shell);
  const watched = await watchTrial(trial, options, shell);
  const runOptions: RunOptions = {
    integration,
    seed,
    replay,
    signal: shell.stop,
    ...(place === undefined ? {} : { data: place }),
    ...(options.speed === undefined ? {} : { clock: new RealClock({ speed: options.speed }) }),
    ...(options.ports === undefined ? {} : { ports: options.ports }),
    ...(options.toxiproxy === undefined ? {} : { toxiproxy: options.toxiproxy }),
    onLandscape: (landscape) => {
      writer?.follow(landscape.world.history);
      watched?.watch.onLandscape(landscape);
    },
    onProgress: (progress) => {
      watched?.watch.onProgress(progress);
      if (options.quiet !== true) live.show(progress);
    },
  };
  try {
    const result = await runTrial(trial, runOptions);
    live.end();
    await report(result, replay, options, shell);
    await watched?.over();
  } finally {
    live.end();
    await watched?.close();
    writer?.close();
  }
}

/** Tells the verdict in every form that was asked for, and sets the exit code. */
async function report(
  result: TrialResult,
  replay: string,
  options: Options,
  shell: Shell,
): Promise<void> {
  const model = reportModel(result, { replay });
  writeReports(model, options, shell);
  if (options.report !== undefined) {
    const page = await writePage(pageSource(result), options.report, shell.cwd, { replay });
    shell.stderr.write(`page: ${relative(shell.cwd, page)}\n`);
  }
  shell.exit(exitCodes[model.verdict]);
}

/** A page shows flows and states, which the trial's business brings. */
function pageSource(result: TrialResult): PageSource {
  const { flows, workload } = result.trial;
  return { ...result, flows: flows ?? workload.flows, states: workload.states ?? [] };
}

/** An integration that already runs cannot be told ports and secrets, so it must know them before. */
function checkReachable(url: string, trial: Trial, { ports, seed, replay }: Options): void {
  const missing = [
    ...(ports === undefined ? ['--ports'] : []),
    ...(seed === undefined && replay === undefined && trial.seed === undefined ? ['--seed'] : []),
  ];
  if (missing.length === 0) return;
  throw new SeatrialError({
    code: 'integration.not-told',
    task: `run the trial against ${url}`,
    reason: `an integration that runs already must know where the systems are, and ${missing.join(' and ')} is missing`,
    hint: 'Fix them with --ports and --seed; seatrial serve with the same two prints addresses and secrets.',
  });
}

function replayOf(file: string, options: Options, seed: string): string {
  const { integration, speed, ports } = options;
  const command = replayCommand({
    declaredAt: file,
    // The trial's own integration comes with its file.
    integration: integration ?? 'in process',
    token: replayToken(seed),
  });
  const fixed = Object.entries(ports ?? {}).map(([name, port]) => `${name}=${port}`);
  return [
    command,
    ...(speed === undefined ? [] : [`--speed ${speed}`]),
    ...(fixed.length === 0 ? [] : [`--ports ${quoted(fixed.join(','))}`]),
  ].join(' ');
}

function record(
  trial: Trial,
  options: Options,
  seed: string,
  replay: string,
  { cwd }: Shell,
): HistoryWriter {
  const plan = new FaultPlan(trial.faults ?? [], new KeyedRandom(seed), new RealClock());
  return new HistoryWriter(resolve(cwd, options.history as string), {
    trial: trial.name,
    workload: trial.workload.name,
    seed,
    token: replayToken(seed),
    integration: describeIntegration(readIntegration(options.integration ?? trial.integration)),
    faults: plan.planned.map(({ fault, label }) => ({
      fault: label,
      kind: fault.kind,
      link: fault.link,
    })),
    ...(trial.declaredAt === undefined ? {} : { declaredAt: trial.declaredAt }),
    replay,
  });
}

const examples = `
Examples:
  $ seatrial run trials/first.ts --integration "node middleware.js"
  $ seatrial run trials/first.ts --integration "java -jar sync.jar" --junit reports/seatrial.xml
  $ seatrial run trials/first.ts --report reports/monday   a page to look at
  $ seatrial run trials/first.ts --replay st1.5e1f00d      the same business and the same faults again
  $ seatrial run trials/first.ts --json - --quiet | jq .verdict
  $ seatrial run trials/first.ts --console                 look on in a browser, and interfere
  $ seatrial run trials/first.ts --integration http://127.0.0.1:8080 \\
      --ports procurement=41001,erp=41002,wms=41003 --seed demo

An integration that is a command learns by its environment where everything is: PORT to listen on,
SEATRIAL_<SYSTEM>_URL, _DIALECT, _BASE_PATH, _TOKEN_PATH, _CLIENT_ID and _CLIENT_SECRET for each system,
SEATRIAL_WEBHOOK_SECRET, and SEATRIAL_DATA_DIR, a folder that survives its restarts.
Webhooks come to POST /webhooks/<system>.

${exitCodesHelp}`;
