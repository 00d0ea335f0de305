/** `seatrial serve`: a landscape on ports, to develop an integration against, with business if wanted. */
import { Command } from 'commander';
import { RealClock, everyReal } from '../harness/clock.ts';
import { LandscapeControl } from '../harness/control.ts';
import { FlowTracker } from '../harness/flow-tracker.ts';
import { Landscape } from '../harness/landscape.ts';
import { Meter } from '../harness/progress.ts';
import { freshSeed } from '../harness/random.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import type { Workload, WorkloadRun } from '../harness/workload.ts';
import { describeLandscape } from './describe-landscape.ts';
import { LiveLine } from './live-line.ts';
import { loadTrial } from './load-trial.ts';
import { duration, httpUrl, ports, positive, seed, wholeNumber } from './options.ts';
import type { Shell } from './shell.ts';

interface Options {
  readonly ports?: Record<string, number>;
  readonly host: string;
  readonly seed?: string;
  readonly speed: number;
  readonly faults?: string;
  readonly workload?: number;
  readonly over: number;
  readonly webhooks?: string;
  readonly quiet?: boolean;
}

export const serveCommand = (shell: Shell): Command =>
  new Command('serve')
    .description('stand a landscape up on ports: procurement, ERP and warehouse')
    .option('--ports <list>', 'fixed ports, e.g. procurement=41001,erp=41002,wms=41003', ports)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--seed <seed>', 'the same master data, secrets and business every time', seed)
    .option('--speed <factor>', 'trial seconds per real second', positive, 1)
    .option('--faults <trial file>', "the trial's systems, and its faults from the beginning")
    .option(
      '--workload <orders>',
      'let the actors do business: so many purchase orders',
      wholeNumber,
    )
    .option('--over <duration>', 'trial time in which it shall be done', duration, 60_000)
    .option('--webhooks <URL>', 'send events to POST <URL>/webhooks/<system>', httpUrl)
    .option('--quiet', 'no live line')
    .addHelpText('after', examples)
    .action((options: Options) => serve(options, shell));

async function serve(options: Options, shell: Shell): Promise<void> {
  const { landscapeSystems, business } = await import('./business.ts');
  const trial =
    options.faults === undefined ? undefined : await loadTrial(options.faults, shell.cwd);
  const systems = trial?.systems ?? landscapeSystems();
  checkPorts(options.ports ?? {}, Object.keys(systems));
  const workload =
    options.workload === undefined ? undefined : business(options.workload, options.over);
  const landscape = new Landscape({
    systems,
    seed: options.seed ?? trial?.seed ?? freshSeed(),
    clock: new RealClock({ speed: options.speed }),
    faults: trial?.faults ?? [],
    ...(workload?.calendar === undefined ? {} : { calendar: workload.calendar }),
  });
  try {
    await landscape.listen({ host: options.host, ports: options.ports ?? {} });
    if (options.webhooks !== undefined) landscape.deliverTo(options.webhooks);
    shell.stdout.write(describeLandscape(new LandscapeControl('main', landscape).view()));
    await live(landscape, workload, options, shell);
  } finally {
    await landscape.close();
  }
}

/** Until somebody asks it to stop. */
async function live(
  landscape: Landscape,
  workload: Workload | undefined,
  options: Options,
  shell: Shell,
): Promise<void> {
  const { history, clock } = landscape.world;
  const startedAt = clock.now();
  const meter = new Meter(history);
  const flows = new FlowTracker(workload?.flows ?? []);
  history.subscribe((record) => flows.see(record));
  landscape.begin();
  const work: WorkloadRun | undefined = workload?.start(landscape);
  const line = new LiveLine(shell.stderr);
  const ticking = everyReal(250, () => {
    if (options.quiet === true) return;
    line.show({
      ...meter.counts(),
      phase: 'workload',
      elapsedMs: clock.now() - startedAt,
      owed: [...(work?.pending() ?? []), ...landscape.pending(), ...flows.owed()],
    });
  });
  await stopped(shell.stop);
  ticking.cancel();
  work?.stop();
  line.end();
  const { commits, exchanges, faultsFired } = meter.counts();
  shell.stdout.write(
    `Stopped after ${commits} document versions, ${exchanges} exchanges, ${faultsFired} faults fired.\n`,
  );
}

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

function checkPorts(given: Readonly<Record<string, number>>, systems: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (systems.includes(name)) continue;
    throw new SeatrialError({
      code: 'serve.no-system',
      task: `open a port for "${name}"`,
      reason: `the landscape has ${systems.join(', ')}`,
    });
  }
}

const examples = `
Examples:
  $ seatrial serve
  $ seatrial serve --ports procurement=41001,erp=41002,wms=41003 --seed demo
  $ seatrial serve --workload 100 --over 2m --webhooks http://127.0.0.1:8080
  $ seatrial serve --faults trials/first.ts --speed 10

Stop it with Ctrl+C or SIGTERM.`;
