/**
 * Explores a trial: many runs, each with another seed, another subset of the faults and another part of
 * the business, until a promise breaks or the budget is spent. What breaks is shrunk.
 */
import { stopwatch } from '../clock.ts';
import type { Fault } from '../fault.ts';
import type { VerdictStatus } from '../invariant.ts';
import { freshSeed } from '../random.ts';
import { describeIntegration, readIntegration } from '../read-integration.ts';
import type { RunOptions } from '../run-trial.ts';
import type { FaultMaker } from '../shrink/firing.ts';
import {
  type Reproduced,
  type Reproduction,
  type Target,
  reproduce,
  targetsOf,
} from '../shrink/reproduction.ts';
import { type Shrunk, shrink } from '../shrink/shrink.ts';
import type { Trial } from '../trial.ts';
import { type Coverage, CoverageTally } from './coverage.ts';
import { difference } from './difference.ts';
import { drawn, scenarios } from './scenario.ts';

export interface ExploreOptions extends Pick<RunOptions, 'integration' | 'signal'> {
  readonly make: FaultMaker;
  /** Runs at most; default 100, without end when `seconds` are given. */
  readonly runs?: number;
  /** Real seconds at most, shrinking not counted. */
  readonly seconds?: number;
  /** Of the exploration: the same tries the same runs in the same order. */
  readonly seed?: string;
  /** Ends after so many different invariants were violated; default 1. */
  readonly violations?: number;
  /** Runs that one shrink may take; default 400, for an integration in a process of its own 50. */
  readonly shrinkRuns?: number;
  readonly onProgress?: (progress: ExploreProgress) => void;
}

export interface ExploreProgress {
  readonly runs: number;
  readonly perSecond: number;
  readonly violations: number;
  readonly coverage: Coverage;
  /** Runs that the shrink under way has taken. */
  readonly shrinking?: number;
}

/** A promise that broke, made as small as it gets. */
export interface Finding {
  readonly target: Target;
  /** The run that showed it first, from 1, and the seconds until then. */
  readonly run: number;
  readonly seconds: number;
  readonly shrunk: Shrunk;
}

export interface Exploration {
  readonly trial: Trial;
  readonly integration: string;
  readonly status: VerdictStatus;
  readonly seed: string;
  readonly runs: number;
  readonly seconds: number;
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
  /** Why it proves less than it should. */
  readonly doubts: readonly string[];
  /** The last that the integration said. */
  readonly output: string;
}

/** Explores. Throws a SeatrialError when a run could not be made at all. */
export async function explore(trial: Trial, options: ExploreOptions): Promise<Exploration> {
  const explored = withInterleaving(trial, options.make);
  return new Explorer(explored, options).explore();
}

/**
 * The trial with the interleaving as faults: answers that take their time, deliveries that overtake each
 * other. An exploration turns them on and off like any other; a replay needs them to know what they are.
 */
export function withInterleaving(trial: Trial, make: FaultMaker): Trial {
  const interleaving: Fault[] = [
    make('latency', 'integration -> *', {
      latency: 60,
      jitter: 60,
      rate: 0.3,
      label: 'slow answers',
    }),
    make('delay', '* -> integration', { by: 60, jitter: 60, rate: 0.3, label: 'slow messages' }),
  ];
  return { ...trial, faults: [...(trial.faults ?? []), ...interleaving] };
}

class Explorer {
  readonly #trial: Trial;
  readonly #options: ExploreOptions;
  readonly #coverage: CoverageTally;
  readonly #findings: Finding[] = [];
  readonly #doubts = new Set<string>();
  readonly #elapsedMs = stopwatch();
  readonly #seed: string;
  #shrinkingMs = 0;
  #runs = 0;
  #output = '';

  constructor(trial: Trial, options: ExploreOptions) {
    this.#trial = trial;
    this.#options = options;
    this.#coverage = new CoverageTally(trial);
    this.#seed = options.seed ?? freshSeed();
  }

  async explore(): Promise<Exploration> {
    const { violations = 1 } = this.#options;
    const scenario = scenarios(this.#trial.faults ?? [], this.#trial.workload.divisible);
    for (const reproduction of drawn(scenario, this.#seed)) {
      if (this.#spent() || this.#findings.length >= violations) break;
      await this.#try(reproduction);
    }
    return this.#exploration();
  }

  get #seconds(): number {
    return (this.#elapsedMs() - this.#shrinkingMs) / 1000;
  }

  #spent(): boolean {
    const { runs = this.#options.seconds === undefined ? 100 : Number.POSITIVE_INFINITY, seconds } =
      this.#options;
    return this.#runs >= runs || (seconds !== undefined && this.#seconds >= seconds);
  }

  async #try(reproduction: Reproduction): Promise<void> {
    const reproduced = await this.#run(reproduction);
    this.#runs++;
    const { result } = reproduced;
    this.#output = result.output === '' ? this.#output : result.output;
    this.#coverage.add(result);
    for (const doubt of result.verdict.doubts) {
      if (!doubt.endsWith('never fired')) this.#doubts.add(doubt);
    }
    if (this.#runs === 1) await this.#again(reproduction, reproduced);
    this.#report();
    await this.#shrinkNew(reproduction, reproduced);
  }

  /** Virtual time must replay exactly: what does not leaks something real. */
  async #again(reproduction: Reproduction, first: Reproduced): Promise<void> {
    if (readIntegration(this.#options.integration ?? this.#trial.integration).kind !== 'function')
      return;
    const second = await this.#run(reproduction);
    const differs = difference(first.result.history, second.result.history);
    if (differs !== undefined) this.#doubts.add(`one seed gave two histories: ${differs}`);
  }

  /** Of each invariant the first violation: more of the same would tell the same. */
  async #shrinkNew(reproduction: Reproduction, reproduced: Reproduced): Promise<void> {
    const known = new Set(this.#findings.map(({ target }) => target.invariant));
    for (const target of targetsOf(reproduced)) {
      if (known.has(target.invariant) || this.#enough()) continue;
      known.add(target.invariant);
      const seconds = this.#seconds;
      const shrinking = stopwatch();
      const shrunk = await this.#shrink(reproduced, reproduction, target);
      this.#shrinkingMs += shrinking();
      this.#findings.push({ target, run: this.#runs, seconds, shrunk });
    }
  }

  #enough(): boolean {
    return this.#findings.length >= (this.#options.violations ?? 1);
  }

  #shrink(found: Reproduced, from: Reproduction, target: Target): Promise<Shrunk> {
    const { integration = this.#trial.integration, make, signal, shrinkRuns } = this.#options;
    const inProcess = readIntegration(integration).kind === 'function';
    return shrink(this.#trial, found, from, target, {
      make,
      runs: shrinkRuns ?? (inProcess ? 400 : 50),
      ...(integration === undefined ? {} : { integration }),
      ...(signal === undefined ? {} : { signal }),
      onRun: ({ runs }) => this.#report(runs),
    });
  }

  #run(reproduction: Reproduction): Promise<Reproduced> {
    const { integration, signal, make } = this.#options;
    return reproduce(this.#trial, reproduction, make, {
      ...(integration === undefined ? {} : { integration }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  #report(shrinking?: number): void {
    this.#options.onProgress?.({
      runs: this.#runs,
      perSecond: this.#runs / Math.max(0.001, this.#seconds),
      violations: this.#findings.length + (shrinking === undefined ? 0 : 1),
      coverage: this.#coverage.coverage(),
      ...(shrinking === undefined ? {} : { shrinking }),
    });
  }

  #exploration(): Exploration {
    const coverage = this.#coverage.coverage();
    const doubts = [
      ...this.#doubts,
      ...coverage.faults.missing.map((label) => `the fault "${label}" never fired`),
      ...coverage.invariants.missing.map((name) => `nothing exercised ${name}`),
    ];
    const open: VerdictStatus = doubts.length > 0 || this.#runs === 0 ? 'unknown' : 'holds';
    return {
      trial: this.#trial,
      integration: describeIntegration(
        readIntegration(this.#options.integration ?? this.#trial.integration),
      ),
      status: this.#findings.length > 0 ? 'violated' : open,
      seed: this.#seed,
      runs: this.#runs,
      seconds: this.#seconds,
      findings: this.#findings,
      coverage,
      doubts,
      output: this.#output,
    };
  }
}
