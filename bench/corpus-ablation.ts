/**
 * What each fault and each invariant is for: taken away, the bugs that it exists for escape. One that
 * nothing in the corpus depends on is named.
 */
import { faultKinds } from '../chaos/make-fault.ts';
import { procureToPayInvariants } from '../scenarios/index.ts';
import type { Bug } from '../test/integrations/broken/bug.ts';
import { type Hunted, type Quarry, hunt } from './corpus-hunt.ts';

/** One thing taken away. */
export interface Without {
  readonly what: string;
  /** Names of the bugs that escape. */
  readonly escape: readonly string[];
  /** Names of those that it helps to find and that are found without it, too. */
  readonly found: readonly string[];
}

export interface Ablation {
  readonly invariants: readonly Without[];
  readonly faults: readonly Without[];
}

const seedsWithout = 3;
const runsWithout = 10;

/** Invariants are judged by the runs of the hunts; faults by hunting again without them. */
export async function ablationOf(
  all: readonly Hunted[],
  quarryOf: (bug: Bug) => Quarry,
  seeds: readonly string[],
): Promise<Ablation> {
  return {
    invariants: withoutInvariants(all),
    faults: await withoutFaults(all, quarryOf, seeds.slice(0, seedsWithout)),
  };
}

/** `order-to-erp/no-duplicates` is one of the flows' `no-duplicates`. */
const kindOf = (invariant: string): string => invariant.split('/').at(-1) as string;

function withoutInvariants(all: readonly Hunted[]): Without[] {
  const kinds = new Set(procureToPayInvariants().map(({ name }) => kindOf(name)));
  return [...kinds].toSorted().map((what) => {
    const helped = all.filter(({ hunts }) =>
      hunts.some(({ fired }) => fired.map(kindOf).includes(what)),
    );
    const alone = helped.filter(({ hunts }) =>
      hunts.every(({ fired }) => fired.every((each) => kindOf(each) === what)),
    );
    return sorted(what, helped, alone);
  });
}

async function withoutFaults(
  all: readonly Hunted[],
  quarryOf: (bug: Bug) => Quarry,
  seeds: readonly string[],
): Promise<Without[]> {
  const kinds = faultKinds.filter((kind) => !kind.startsWith('network.'));
  const withouts: Without[] = [];
  for (const what of kinds) {
    const helped = all.filter(({ bug }) => bug.faults.some(({ kind }) => kind === what));
    const escaped: Hunted[] = [];
    for (const each of helped) {
      const quarry = quarryOf(each.bug);
      const faults = quarry.trial.faults?.filter(({ kind }) => kind !== what) ?? [];
      if (!(await isCaught({ ...quarry, trial: { ...quarry.trial, faults } }, seeds)))
        escaped.push(each);
    }
    withouts.push(sorted(what, helped, escaped));
  }
  return withouts;
}

/** Whether any of the seeds finds it. */
async function isCaught(quarry: Quarry, seeds: readonly string[]): Promise<boolean> {
  for (const seed of seeds) {
    const { caught } = await hunt(quarry, seed, { runs: runsWithout, shrinks: false });
    if (caught !== undefined) return true;
  }
  return false;
}

function sorted(what: string, helped: readonly Hunted[], escaped: readonly Hunted[]): Without {
  const names = (some: readonly Hunted[]): string[] => some.map(({ bug }) => bug.name);
  return {
    what,
    escape: names(escaped),
    found: names(helped.filter((each) => !escaped.includes(each))),
  };
}
