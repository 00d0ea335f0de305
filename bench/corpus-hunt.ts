/**
 * The hunt for one known bug: explored runs until an invariant that is meant for it fires, what that
 * took, and the story that it shrinks to. A corpus entry is a name, faults, meant invariants and changes.
 */
import { makeFault } from '../chaos/make-fault.ts';
import { stopwatch } from '../harness/clock.ts';
import { withInterleaving } from '../harness/explore/explore.ts';
import { drawn, scenarios } from '../harness/explore/scenario.ts';
import type { Integration } from '../harness/integration.ts';
import { type Target, reproduce, targetsOf } from '../harness/shrink/reproduction.ts';
import { type Shrunk, shrink } from '../harness/shrink/shrink.ts';
import type { Trial } from '../harness/trial.ts';
import type { Bug } from '../test/integrations/broken/bug.ts';

/** A story that is not short by then would take minutes to be shorter. */
const mostShrinkRuns = 400;

export interface Quarry {
  readonly trial: Trial;
  readonly integration: Integration;
  /** Ends of the names of the invariants that are meant. */
  readonly meant: readonly string[];
}

export interface Hunt {
  /** Runs and seconds until a meant invariant fired; undefined when none did within the budget. */
  readonly caught?: { readonly runs: number; readonly seconds: number };
  /** All invariants that fired in the run that caught it, meant or not. */
  readonly fired: readonly string[];
  /** Whether what fired first was meant. */
  readonly attributed: boolean;
  readonly shrunk?: Shrunk;
}

/** A bug with all its hunts, and the alarms of its fixed twin. */
export interface Hunted {
  readonly bug: Bug;
  readonly hunts: readonly Hunt[];
  readonly alarms: readonly string[];
}

/** Found in 19 of 20 seeds, by an invariant meant for it, and its twin clean. */
export const isDetected = ({ hunts, alarms }: Hunted): boolean =>
  hunts.filter(({ caught }) => caught !== undefined).length >= Math.ceil(hunts.length * 0.95) &&
  alarms.length === 0;

/** Hunts with one seed of the exploration. */
export async function hunt(
  { trial, integration, meant }: Quarry,
  seed: string,
  { runs, shrinks }: { readonly runs: number; readonly shrinks: boolean },
): Promise<Hunt> {
  const explored = withInterleaving(trial, makeFault);
  const elapsedMs = stopwatch();
  const scenario = scenarios(explored.faults ?? [], explored.workload.divisible);
  const isMeant = ({ invariant }: Target): boolean => meant.some((end) => invariant.endsWith(end));
  let others = 0;
  let run = 0;
  for (const reproduction of drawn(scenario, seed)) {
    if (++run > runs) break;
    const reproduced = await reproduce(explored, reproduction, makeFault, { integration });
    const targets = targetsOf(reproduced);
    const target = targets.find(isMeant);
    if (target === undefined) {
      if (targets.length > 0) others++;
      continue;
    }
    const caught = { runs: run, seconds: elapsedMs() / 1000 };
    const fired = [...new Set(targets.map(({ invariant }) => invariant))];
    const found = { caught, fired, attributed: others === 0 };
    if (!shrinks) return found;
    const options = { make: makeFault, integration, runs: mostShrinkRuns };
    return { ...found, shrunk: await shrink(explored, reproduced, reproduction, target, options) };
  }
  return { fired: [], attributed: false };
}

/** Explored runs of an integration that is sound: every violation is a false alarm. */
export async function falseAlarms(
  trial: Trial,
  integration: Integration,
  seed: string,
  runs: number,
): Promise<string[]> {
  const explored = withInterleaving(trial, makeFault);
  const scenario = scenarios(explored.faults ?? [], explored.workload.divisible);
  const alarms: string[] = [];
  let run = 0;
  for (const reproduction of drawn(scenario, seed)) {
    if (++run > runs) break;
    const reproduced = await reproduce(explored, reproduction, makeFault, { integration });
    for (const { invariant, document } of targetsOf(reproduced)) {
      alarms.push(`${trial.name}: ${invariant} on ${document} (seed ${reproduction.seed})`);
    }
  }
  return alarms;
}
