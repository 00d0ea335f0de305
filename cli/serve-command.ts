/** `seatrial serve`: a landscape on ports, to develop an integration against, with business if wanted. */
import { Command } from 'commander';
import { openArchive } from '../harness/archive/open-archive.ts';
import { lastTimeOf } from '../harness/archive/resume.ts';
import { RealClock, everyReal } from '../harness/clock.ts';
import { LandscapeControl } from '../harness/control.ts';
import { Landscape } from '../harness/landscape.ts';
import { Meter } from '../harness/progress.ts';
import { freshSeed } from '../harness/random.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import type { Trial } from '../harness/trial.ts';
import type { Workload } from '../harness/workload.ts';
import { whileKept } from '../harness/world.ts';
import {
  type ControlOptions,
  type OpenControl,
  controlOptions,
  openControl,
} from './control-options.ts';
import { describeLandscape } from './describe-landscape.ts';
import { type KeepingOptions, keepingOptions, placeOf } from './keeping-options.ts';
import { LiveLine } from './live-line.ts';
import { loadTrial } from './load-trial.ts';
import { duration, httpUrl, ports, positive, seed, wholeNumber } from './options.ts';
import type { Shell } from './shell.ts';

interface Options extends ControlOptions, KeepingOptions {
  readonly ports?: Record<string, number>;
  readonly host: string;
  readonly seed?: string;
  readonly speed: number;
  readonly faults?: string;
  readonly workload?: number;
  readonly over: number;
  readonly webhooks?: string;
  readonly mostAtOnce?: number;
  readonly quiet?: boolean;
  readonly bare?: boolean;
}

export const serveCommand = (shell: Shell): Command => {
  const command = new Command('serve')
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
    .option(
      '--most-at-once <requests>',
      'requests that each system takes in at a time; more are answered 503 with Retry-After',
      wholeNumber,
    )
    .option('--quiet', 'no live line')
    .option('--bare', 'no landscape of its own: what there is, is made by the control API')
    .addHelpText('after', examples)
    .action((options: Options) => serve(options, shell));
  const keeping = keepingOptions('keep history and documents there, and go on with what is there');
  for (const option of [...keeping, ...controlOptions()]) command.addOption(option);
  return command;
};

async function serve(options: Options, shell: Shell): Promise<void> {
  if (options.bare === true) return bare(options, shell);
  const { landscapeSystems, business } = await import('./business.ts');
  const trial =
    options.faults === undefined ? undefined : await loadTrial(options.faults, shell.cwd);
  const systems = trial?.systems ?? landscapeSystems();
  checkPorts(options.ports ?? {}, Object.keys(systems));
  const workload =
    options.workload === undefined ? undefined : business(options.workload, options.over);
  const landscape = landscapeOf(options, systems, trial, workload, shell);
  const standard = workload ?? trial?.workload ?? business(1, 1000);
  const control = new LandscapeControl('main', landscape, standard);
  let opened: OpenControl | undefined;
  try {
    await landscape.listen(listening(options));
    if (options.webhooks !== undefined) landscape.deliverTo(options.webhooks);
    shell.stdout.write(describeLandscape(control.view()));
    opened = await openControl(options, shell);
    opened?.show({
      control,
      name: trial?.name ?? 'main',
      narrate: standard.narrate,
      ...(options.webhooks === undefined ? {} : { webhooks: options.webhooks }),
    });
    await live(control, workload, options, shell);
  } finally {
    await opened?.close();
    control.release();
    await landscape.close();
  }
}

/** Stands it up, or goes on with what is kept of it. Throws what opening that throws. */
function landscapeOf(
  options: Options,
  systems: Trial['systems'],
  trial: Trial | undefined,
  workload: Workload | undefined,
  { cwd }: Shell,
): Landscape {
  const { seed, speed } = options;
  const place = placeOf(options, cwd);
  const archive = place === undefined ? undefined : openArchive(place);
  const clock = new RealClock({
    speed,
    ...(archive?.resumed === undefined ? {} : { notBefore: lastTimeOf(archive) }),
  });
  return new Landscape({
    systems,
    seed: seed ?? archive?.resumed?.seed ?? trial?.seed ?? freshSeed(),
    clock,
    ...(archive === undefined ? {} : { archive }),
    faults: trial?.faults ?? [],
    ...(workload?.calendar === undefined ? {} : { calendar: workload.calendar }),
  });
}

const listening = ({ host, ports = {}, mostAtOnce }: Options) => ({
  host,
  ports,
  ...(mostAtOnce === undefined ? {} : { mostAtOnce }),
});

/** The control API and nothing else, until somebody asks it to stop. */
async function bare(options: Options, shell: Shell): Promise<void> {
  const opened = await openControl({ control: 0, ...options }, shell);
  await stopped(shell.stop);
  await opened?.close();
}

/** Until somebody asks it to stop. */
async function live(
  control: LandscapeControl,
  workload: Workload | undefined,
  options: Options,
  shell: Shell,
): Promise<void> {
  const { world } = control.landscape;
  const { history, clock, archive } = world;
  const startedAt = clock.now();
  const meter = new Meter(history);
  control.begin();
  if (workload !== undefined) control.work(workload);
  const line = new LiveLine(shell.stderr);
  const ticking = everyReal(250, () => {
    if (options.quiet === true) return;
    const elapsedMs = clock.now() - startedAt;
    whileKept(world, () =>
      line.show({ ...meter.counts(), phase: 'workload', elapsedMs, owed: control.owed() }),
    );
  });
  const failure = await Promise.race([stopped(shell.stop), ...(archive ? [archive.failed] : [])]);
  ticking.cancel();
  line.end();
  if (failure !== undefined) throw failure;
  control.end();
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
  $ seatrial serve --console --workload 200 --over 3m     look at it in a browser
  $ seatrial serve --data monday                           killed and started again, it goes on
  $ seatrial serve --store 'postgres://me@127.0.0.1/trials?shard=2'   beside other processes
  $ seatrial serve --bare --control 7070                  the control API alone, for any language

Stop it with Ctrl+C or SIGTERM.`;
