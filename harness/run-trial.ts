/**
 * Runs a trial: safety (the workload under faults), heal, liveness (until quiet or a deadline),
 * check. What cannot run throws; what ran has a verdict.
 */
import { type Clock, RealClock, VirtualClock } from './clock.ts';
import { driven } from './driven.ts';
import { newArchive } from './archive/open-archive.ts';
import type { Poster } from './edge/post.ts';
import type { Integration, RunningIntegration } from './integration.ts';
import { Landscape } from './landscape.ts';
import { freshSeed } from './random.ts';
import { describeIntegration, readIntegration } from './read-integration.ts';
import { SeatrialError } from './seatrial-error.ts';
import { startIntegration } from './start-integration.ts';
import type { FunctionOptions } from './start-function.ts';
import type { RunOptions, TrialResult } from './trial-result.ts';
import { type RunEnding, TrialRun } from './trial-run.ts';
import type { Trial } from './trial.ts';
import { WireSchedule } from './wire-schedule.ts';
import { wiredAddresses, wiredPost, wiresFor } from './wired-integration.ts';
import type { Wires } from './wires.ts';

export type { RunOptions, TrialResult };

/** Runs the trial once. Throws a SeatrialError when it could not be run at all. */
export async function runTrial(trial: Trial, options: RunOptions = {}): Promise<TrialResult> {
  const integration = readIntegration(options.integration ?? trial.integration);
  const seed = options.seed ?? trial.seed ?? freshSeed();
  const clock = options.clock ?? clockFor(integration);
  const landscape = landscapeFor(trial, options, integration, seed, clock);
  options.onLandscape?.(landscape);
  const run = new TrialRun(trial, landscape, options);
  let wires: Wires | undefined;
  let poster: Poster | undefined;
  let started: RunningIntegration | undefined;
  let ending: Promise<RunEnding> | undefined;
  const ended = (running: RunningIntegration) => (ending ??= stopped(running, clock));
  try {
    wires = await wiresFor(trial, integration.kind, options, seed);
    started = await start(integration, landscape, options, wires);
    if (wires !== undefined) {
      poster = await wiredPost(landscape, wires, started);
      run.wireUp(new WireSchedule(landscape.world, wires));
    }
    landscape.deliverTo(poster?.post ?? started.post);
    await run.phases(started);
    return run.result(seed, describeIntegration(integration), await ended(started));
  } finally {
    run.close();
    try {
      if (started) await ended(started);
    } finally {
      poster?.close();
      await Promise.all([landscape.close(), wires?.close()]);
    }
  }
}

/** Stands it up; throws what opening the folder for its history throws. */
function landscapeFor(
  trial: Trial,
  options: RunOptions,
  integration: Integration,
  seed: string,
  clock: Clock,
): Landscape {
  const kept = typeof options.data === 'string' ? newArchive(options.data) : options.data;
  return new Landscape({
    systems: trial.systems,
    seed,
    clock,
    faults: trial.faults ?? [],
    ...(kept === undefined
      ? {}
      : { archive: kept, about: aboutTrial(trial, integration, options) }),
    ...(trial.workload.calendar === undefined ? {} : { calendar: trial.workload.calendar }),
    ...(options.history === undefined ? {} : { history: options.history }),
    ...(trial.webhooks === undefined ? {} : { webhooks: trial.webhooks }),
  });
}

/** What a kept history says of the trial that it is of. */
const aboutTrial = (trial: Trial, integration: Integration, { replay }: RunOptions) => ({
  trial: trial.name,
  workload: trial.workload.name,
  integration: describeIntegration(integration),
  ...(trial.declaredAt === undefined ? {} : { declaredAt: trial.declaredAt }),
  ...(replay === undefined ? {} : { replay }),
});

const clockFor = (integration: Integration): Clock =>
  integration.kind === 'function'
    ? new VirtualClock({ turns: integration.intercepts ? 4 : 1 })
    : new RealClock();

/** Stops the integration and says what there is to say about its end. */
async function stopped(running: RunningIntegration, clock: Clock): Promise<RunEnding> {
  const doubts: string[] = [];
  try {
    const done = await driven(
      clock,
      running.stop().then(() => true),
      patienceMs,
    );
    if (done !== true) doubts.push(`the integration did not stop within ${patienceMs} ms`);
  } catch (error) {
    doubts.push(`the integration failed to stop: ${(error as Error).message}`);
  }
  const left = running.left ?? 0;
  if (left > 0)
    doubts.push(`the integration left ${left} ${left === 1 ? 'timer' : 'timers'} running`);
  return { output: running.output(), doubts: [...doubts, ...(running.findings?.() ?? [])] };
}

const elsewhere = globalThis.fetch;

/** What an integration in this process finds around it, and how its fate gets into the history. */
function surroundingsOf(landscape: Landscape, integration: Integration): FunctionOptions {
  const { clock, history, random } = landscape.world;
  return {
    clock,
    random,
    offsetMs: () => landscape.world.integration?.offsetMs ?? 0,
    gates: landscape.origins(),
    fetch: landscape.fetch(elsewhere),
    intercepts: integration.kind === 'function' && integration.intercepts,
    note: (event, detail) => {
      const told = detail === undefined ? {} : { detail };
      history.append({ type: 'integration', at: clock.now(), event, ...told });
    },
  };
}

/** Real milliseconds that an integration in this process has for starting, and for stopping. */
const patienceMs = 5000;

async function start(
  integration: Integration,
  landscape: Landscape,
  { ports = {}, host, signal }: RunOptions,
  wires: Wires | undefined,
): Promise<RunningIntegration> {
  const { clock } = landscape.world;
  // Behind wires it is the wires that have the ports which the integration was told.
  const open = { ports, ...(host === undefined ? {} : { host }) };
  if (integration.kind !== 'function') await landscape.listen(wires ? {} : open);
  const systems = wires ? await wiredAddresses(landscape, wires, ports) : landscape.addresses();
  const starting = startIntegration(
    integration,
    {
      systems,
      webhookSecret: landscape.webhookSecret,
      fetch: landscape.fetch(),
      clock,
    },
    surroundingsOf(landscape, integration),
    signal,
  );
  const started = await driven(clock, starting, patienceMs);
  if (started?.crash !== undefined) {
    landscape.world.integration?.take((how) => started.crash?.(how));
  }
  if (started !== undefined) return started;
  throw new SeatrialError({
    code: 'integration.not-ready',
    task: 'start the integration in this process',
    reason: `its start function did not end within ${patienceMs} ms`,
  });
}
