/**
 * What a run needs to be made again: the seed; or, once it was made smaller, the seed, the blows that
 * fall, and the business that happens.
 */
import type { Excerpt } from '../excerpt.ts';
import type { Fault } from '../fault.ts';
import { MemoryHistory } from '../history.ts';
import { type RunOptions, type TrialResult, runTrial } from '../run-trial.ts';
import type { Trial } from '../trial.ts';
import type { Violation } from '../invariant.ts';
import { BusinessNames } from './business-names.ts';
import { type FaultMaker, type Firing, faultsOf, labelled } from './firing.ts';

export interface Reproduction {
  readonly seed: string;
  /** Labels of the trial's faults that are on; all when left out. */
  readonly enabled?: readonly string[];
  /** Instead of the trial's faults with their rates: these blows and no others. */
  readonly firings?: readonly Firing[];
  /** Instead of the whole business: this. */
  readonly excerpt?: Excerpt;
}

export interface Reproduced {
  readonly result: TrialResult;
  readonly names: BusinessNames;
}

/** Runs the trial as the reproduction says. */
export async function reproduce(
  trial: Trial,
  { seed, enabled, firings, excerpt }: Reproduction,
  make: FaultMaker,
  options: Omit<RunOptions, 'seed' | 'history'> = {},
): Promise<Reproduced> {
  const history = new MemoryHistory();
  const { divisible } = trial.workload;
  const names = new BusinessNames(seed, divisible).follow(history);
  const workload =
    excerpt === undefined || divisible === undefined ? trial.workload : divisible.excerpt(excerpt);
  const faults = chosen(trial.faults ?? [], enabled);
  const struck =
    firings === undefined ? faults : faultsOf(trial.faults ?? [], firings, names, make);
  const smaller: Trial = { ...trial, workload, faults: struck };
  const result = await runTrial(smaller, { ...options, seed, history });
  return { result: { ...result, trial }, names };
}

/** The faults whose labels are named. */
function chosen(
  faults: readonly Fault[],
  enabled: readonly string[] | undefined,
): readonly Fault[] {
  if (enabled === undefined) return faults;
  const on = new Set(enabled);
  // With the labels that they have among all, so that each decides as it does among all.
  return labelled(faults).filter(({ label }) => on.has(label));
}

/** A promise broken for a document: what a smaller run must show, too. */
export interface Target {
  readonly invariant: string;
  /** Name of the main business key of the violation. */
  readonly document: string;
}

/** The first violation of the target's invariant on its document. */
export function violationOf(
  { result, names }: Reproduced,
  { invariant, document }: Target,
): Violation | undefined {
  const judged = result.verdict.invariants.find((each) => each.invariant === invariant);
  return judged?.violations.find(({ keys }) => names.nameOf(keys[0] ?? '') === document);
}

/** The violations of a run, one for each document, those of the invariant judged first. */
export function targetsOf({ result, names }: Reproduced): Target[] {
  const targets = new Map<string, Target>();
  for (const { invariant, violations } of result.verdict.invariants) {
    for (const { keys } of violations) {
      const target = { invariant, document: names.nameOf(keys[0] ?? '') };
      targets.set(`${invariant}\u0000${target.document}`, target);
    }
  }
  return [...targets.values()];
}
