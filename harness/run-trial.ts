/**
 * Runs a trial: safety (the workload under faults), heal, liveness (until quiet or a deadline),
 * check. What cannot run throws; what ran has a verdict.
 */
import { RealClock, VirtualClock } from './clock.ts';
import { driven } from './driven.ts';
import type { Integration, RunningIntegration } from './integration.ts';
import { Landscape } from './landscape.ts';
import { freshSeed } from './random.ts';
import { describeIntegration, readIntegration } from './read-integration.ts';
import { SeatrialError } from './seatrial-error.ts';
import { startIntegration } from './start-integration.ts';
import type { RunOptions, TrialResult } from './trial-result.ts';
import { TrialRun } from './trial-run.ts';
import type { Trial } from './trial.ts';

export type { RunOptions, TrialResult };

/** Runs the trial once. Throws a SeatrialError when it could not be run at all. */
export async function runTrial(trial: Trial, options: RunOptions = {}): Promise<TrialResult> {
  const integration = readIntegration(options.integration ?? trial.integration);
  const seed = options.seed ?? trial.seed ?? freshSeed();
  const clock =
    options.clock ?? (integration.kind === 'function' ? new VirtualClock() : new RealClock());
  const landscape = new Landscape({
    systems: trial.systems,
    seed,
    clock,
    faults: trial.faults ?? [],
    ...(trial.workload.calendar === undefined ? {} : { calendar: trial.workload.calendar }),
    ...(options.history === undefined ? {} : { history: options.history }),
    ...(trial.webhooks === undefined ? {} : { webhooks: trial.webhooks }),
  });
  const run = new TrialRun(trial, landscape, options);
  let started: RunningIntegration | undefined;
  try {
    started = await start(integration, landscape, options);
    landscape.deliverTo(started.post);
    await run.phases(started);
    return run.result(seed, describeIntegration(integration), started.output());
  } finally {
    run.close();
    try {
      if (started) await driven(clock, started.stop(), patienceMs);
    } finally {
      await landscape.close();
    }
  }
}

/** Real milliseconds that an integration in this process has for starting, and for stopping. */
const patienceMs = 5000;

async function start(
  integration: Integration,
  landscape: Landscape,
  { ports = {}, signal }: RunOptions,
): Promise<RunningIntegration> {
  const { clock } = landscape.world;
  if (integration.kind !== 'function') await landscape.listen({ ports });
  const starting = startIntegration(
    integration,
    {
      systems: landscape.addresses(),
      webhookSecret: landscape.webhookSecret,
      fetch: landscape.fetch(),
      clock,
    },
    signal,
  );
  const started = await driven(clock, starting, patienceMs);
  if (started !== undefined) return started;
  throw new SeatrialError({
    code: 'integration.not-ready',
    task: 'start the integration in this process',
    reason: `its start function did not end within ${patienceMs} ms`,
  });
}
