/** What an exploration has seen: which faults fired, which flows had work, which states were reached. */
import type { HistoryRecord } from '../record.ts';
import type { TrialResult } from '../trial-result.ts';
import type { Trial } from '../trial.ts';
import { labelled } from '../shrink/firing.ts';

export interface Share {
  readonly seen: number;
  readonly of: number;
  /** What was never seen, by name. */
  readonly missing: readonly string[];
}

export interface Coverage {
  readonly faults: Share;
  readonly flows: Share;
  /** `system/Document: state`. */
  readonly states: Share;
  /** Invariants that anything exercised. */
  readonly invariants: Share;
}

export class CoverageTally {
  readonly #faults: readonly string[];
  readonly #flows: readonly string[];
  readonly #states: readonly string[];
  readonly #invariants: readonly string[];
  readonly #documents: ReadonlySet<string>;
  readonly #seen = new Set<string>();

  constructor(trial: Trial) {
    const { workload, invariants = [] } = trial;
    const states = workload.states ?? [];
    this.#faults = labelled(trial.faults ?? []).map(({ label }) => label);
    this.#flows = (trial.flows ?? workload.flows).map(({ name }) => name);
    this.#states = states.flatMap(({ system, document, states: all }) =>
      all.map((state) => `${system}/${document}: ${state}`),
    );
    this.#documents = new Set(states.map(({ system, document }) => `${system}/${document}`));
    this.#invariants = [...workload.invariants, ...invariants]
      .filter((each) => each.conditional !== true)
      .map(({ name }) => name);
  }

  add({ history, verdict }: TrialResult): void {
    for (const { flow, owed } of verdict.flows) if (owed > 0) this.#seen.add(`flow ${flow}`);
    for (const { invariant, seen } of verdict.invariants)
      if (seen > 0) this.#seen.add(`invariant ${invariant}`);
    for (const { fault, fired } of verdict.faults) if (fired > 0) this.#seen.add(`fault ${fault}`);
    for (const record of history) this.#see(record);
  }

  coverage(): Coverage {
    return {
      faults: this.#share('fault', this.#faults),
      flows: this.#share('flow', this.#flows),
      states: this.#share('state', this.#states),
      invariants: this.#share('invariant', this.#invariants),
    };
  }

  #see(record: HistoryRecord): void {
    if (record.type !== 'commit') return;
    const kind = `${record.system}/${record.document}`;
    if (!this.#documents.has(kind)) return;
    const { status } = record.data as { status?: unknown };
    if (typeof status === 'string') this.#seen.add(`state ${kind}: ${status}`);
  }

  #share(sort: string, names: readonly string[]): Share {
    const missing = names.filter((name) => !this.#seen.has(`${sort} ${name}`));
    return { seen: names.length - missing.length, of: names.length, missing };
  }
}
