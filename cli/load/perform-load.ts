/** Carries `seatrial load` out: the plan, the run, and what is told of it. */
import { relative, resolve } from 'node:path';
import { systemsOf, usualSystems } from '../../control/system-catalogue.ts';
import { freshSeed } from '../../harness/random.ts';
import { SeatrialError } from '../../harness/seatrial-error.ts';
import type { LoadModel } from '../../report/load/load-model.ts';
import { loadPage } from '../../report/load/load-page.ts';
import { loadText } from '../../report/load/load-text.ts';
import { business } from '../business.ts';
import { placeOf } from '../keeping-options.ts';
import { loadTrial } from '../load-trial.ts';
import { ProgressLine } from '../progress-line.ts';
import type { ExitCode, Shell } from '../shell.ts';
import { writeFileAt } from '../write-page.ts';
import { terminalOptions } from '../write-reports.ts';
import { findK6 } from './find-k6.ts';
import { type LoadOptions, planOf } from './load-options.ts';
import { binOf, loadModel } from './make-load-model.ts';
import { progressText } from './progress-text.ts';
import { type LoadRun, runLoad } from './run-load.ts';

/** Throws what could not be run; sets the exit code for what ran. */
export async function performLoad(options: LoadOptions, shell: Shell): Promise<void> {
  const promises = business(1, 1000);
  const orderSeed = options.seed ?? freshSeed();
  const flows = promises.flows.filter(({ internal }) => internal !== true).map(({ name }) => name);
  const plan = planOf(options, orderSeed, flows, shell.cwd);
  if (options.plan !== undefined) {
    const text = JSON.stringify({ ...plan, landscape: 'main' }, undefined, 2);
    return writeFileAt(resolve(shell.cwd, options.plan), `${text}\n`, 'the plan');
  }
  checkIntegration(options);
  const line = new ProgressLine(shell.stderr);
  const run: LoadRun = {
    k6: findK6(options.k6, shell),
    plan,
    ...(await loadedSystems(options, shell.cwd)),
    promises,
    seed: orderSeed,
    integration: options.target === 'simulator' ? undefined : options.integration,
    segment: options.segment,
    place: placeOf(options, shell.cwd, options.segment?.index),
    historyFile: options.history && resolve(shell.cwd, options.history),
    binMs: binOf(plan),
    stop: shell.stop,
    onLook: (...seen) => {
      const share = 1 / (options.segment?.of ?? 1);
      if (options.quiet !== true) line.show(progressText(plan, share, ...seen));
    },
    onFault: (error) => shell.stderr.write(`seatrial: control API: ${String(error)}\n`),
  };
  try {
    const end = await runLoad(run);
    line.end();
    if (shell.env['SEATRIAL_DEBUG']) shell.stderr.write(end.k6.log);
    await tell(loadModel(run, end), options, shell);
  } finally {
    line.end();
  }
}

/** The trial's, else the usual ones without a fault. */
async function loadedSystems(
  { faults, systems }: LoadOptions,
  cwd: string,
): Promise<Pick<LoadRun, 'systems' | 'faults'>> {
  const trial = faults === undefined ? undefined : await loadTrial(faults, cwd);
  return {
    systems: trial?.systems ?? systemsOf({ ...usualSystems, ...systems }),
    faults: trial?.faults ?? [],
  };
}

function checkIntegration({ target, integration }: LoadOptions): void {
  if (target === 'simulator' || integration !== undefined) return;
  throw new SeatrialError({
    code: 'integration.missing',
    task: 'run the load',
    reason: 'it has no integration under test',
    hint: 'Give one with --integration "node middleware.js", or --target simulator.',
  });
}

const exitCodes: Readonly<Record<LoadModel['outcome'], ExitCode>> = {
  holds: 0,
  'too slow': 1,
  violated: 1,
  unknown: 2,
};

async function tell(model: LoadModel, options: LoadOptions, shell: Shell): Promise<void> {
  const { json, report } = options;
  const people = json === '-' ? shell.stderr : shell.stdout;
  people.write(loadText(model, terminalOptions(people, shell)));
  const text = (): string => `${JSON.stringify(model, undefined, 2)}\n`;
  if (json === '-') shell.stdout.write(text());
  else if (json !== undefined) writeFileAt(resolve(shell.cwd, json), text(), 'the results');
  if (report !== undefined) {
    const path = resolve(shell.cwd, report, 'index.html');
    writeFileAt(path, await loadPage(model), 'the page');
    shell.stderr.write(`page: ${relative(shell.cwd, path)}\n`);
  }
  shell.exit(exitCodes[model.outcome]);
}
