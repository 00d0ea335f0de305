/**
 * The search for a smaller story: what is the best so far, and the steps that may better it. The history
 * says where to begin: with the blows on the business that the violating document belongs to, and that
 * business alone.
 */
import type { Excerpt } from '../excerpt.ts';
import type { Violation } from '../invariant.ts';
import { storyOf } from '../story.ts';
import type { Trial } from '../trial.ts';
import { deltaDebug } from './delta-debug.ts';
import { type Firing, closedUp, firingsOf, labelled, placeOf, thrownAnew } from './firing.ts';
import {
  type Reproduced,
  type Reproduction,
  type Target,
  reproduce,
  violationOf,
} from './reproduction.ts';
import type { ShrinkOptions, Shrunk } from './shrink.ts';
import { partsConcerned } from './slice.ts';

/** A story of so few blows is not thrown anew. */
const fewBlows = 6;
/** Throws may take a tenth of all runs. */
const shareOfThrows = 0.1;
/** Throws strike as often as the trial's faults, half as often, a third, a quarter. */
const thinnest = 4;

export class Search {
  readonly #trial: Trial;
  readonly #target: Target;
  readonly #options: ShrinkOptions;
  readonly #before: number;
  #best: Reproduction;
  #shown: Reproduced;
  #violation: Violation;
  #runs = 0;

  constructor(
    trial: Trial,
    found: Reproduced,
    from: Reproduction,
    target: Target,
    options: ShrinkOptions,
  ) {
    this.#trial = trial;
    this.#target = target;
    this.#options = options;
    this.#best = from;
    this.#shown = found;
    this.#violation = violationOf(found, target) as Violation;
    this.#before = firingsOf(found.result.history, found.names).length;
  }

  /** From rates to blows: those that may matter with the business that may matter, else more of both. */
  async slice(): Promise<void> {
    const { result, names } = this.#shown;
    const fired = this.#best.firings ?? firingsOf(result.history, names);
    const parts = partsConcerned(result.history, this.#violation, names);
    // A blow without a key (on a token, on a list) is on everybody's business.
    const ours = fired.filter(
      ({ key }) => key === '' || parts.some((part) => key.startsWith(`${part}/`)),
    );
    const few: Excerpt = { ...this.#best.excerpt, parts };
    const whole = this.#best.excerpt;
    const candidates: (readonly [readonly Firing[], Excerpt | undefined])[] = [
      ...(parts.length > 0
        ? ([
            [ours, few],
            [fired, few],
            [ours, whole],
          ] as const)
        : []),
      [fired, whole],
    ];
    for (const [firings, excerpt] of candidates) if (await this.#try({ firings, excerpt })) return;
  }

  async reduceBlows(): Promise<void> {
    const { firings } = this.#best;
    if (firings === undefined) return;
    await deltaDebug(firings, (candidate) => this.#try({ firings: candidate }));
  }

  /**
   * The same faults fall anew on what is left of the business, and less often: what many blows did on the
   * way through all of it, a few may do to a part. The throw of the fewest that shows the violation, too,
   * is the one to go on with.
   */
  async throwAnew(): Promise<void> {
    let fewest: readonly Firing[] = this.#best.firings ?? [];
    const most = Math.floor(this.#mostRuns * shareOfThrows);
    for (let time = 1; time <= most && fewest.length > fewBlows; time++) {
      const thrown = await this.#thrown(time);
      if (thrown !== undefined && thrown.length < fewest.length) fewest = thrown;
    }
    if (fewest !== this.#best.firings) await this.#try({ firings: fewest });
  }

  /**
   * Who is struck less often tries less often: without a blow, those behind it on the same exchange fall
   * one attempt earlier. Says whether one went.
   */
  async closeUp(): Promise<boolean> {
    const before = this.#best.firings?.length ?? 0;
    for (let place = 0; place < (this.#best.firings?.length ?? 0);) {
      const candidate = closedUp(this.#best.firings ?? [], place);
      if (candidate === undefined || !(await this.#try({ firings: candidate }))) place++;
    }
    return (this.#best.firings?.length ?? 0) < before;
  }

  async reduceParts(): Promise<void> {
    const { divisible } = this.#trial.workload;
    if (divisible === undefined) return;
    const parts = this.#best.excerpt?.parts ?? Array.from({ length: divisible.parts }, (_, i) => i);
    if (parts.length <= 1) return;
    await deltaDebug(parts, (candidate) =>
      this.#tryExcerpt({ parts: candidate }, candidate.length),
    );
  }

  async reducePieces(): Promise<void> {
    const { divisible } = this.#trial.workload;
    for (const part of this.#best.excerpt?.parts ?? []) {
      const count = divisible?.piecesOf(this.#best.seed, part) ?? 1;
      if (count <= 1) continue;
      const all = Array.from({ length: count }, (_, i) => i);
      await deltaDebug(all, (candidate) =>
        this.#tryExcerpt(
          { pieces: { ...this.#best.excerpt?.pieces, [part]: candidate } },
          candidate.length,
        ),
      );
    }
  }

  async makePlainer(): Promise<void> {
    for (const name of this.#trial.workload.divisible?.plainer ?? []) {
      const plain = this.#best.excerpt?.plain ?? [];
      if (!plain.includes(name)) await this.#tryExcerpt({ plain: [...plain, name] });
    }
  }

  /** Simpler kinds and smaller delays, the mildest that still fails for each blow. */
  async makeMilder(): Promise<void> {
    const faults = labelled(this.#trial.faults ?? []);
    for (const firing of this.#best.firings ?? []) {
      const fault =
        firing.as === undefined
          ? faults.find(({ label }) => label === firing.fault)
          : this.#options.make(firing.as.kind, firing.link, firing.as.settings);
      for (const as of fault?.simpler ?? []) {
        const place = placeOf(firing);
        const firings = (this.#best.firings ?? []).map((each) =>
          placeOf(each) === place ? { ...each, as } : each,
        );
        if (await this.#try({ firings })) break;
      }
    }
  }

  async confirmed(): Promise<Shrunk> {
    const { confirmations = 10 } = this.#options;
    let confirmed = 0;
    for (let time = 0; time < confirmations; time++) {
      const again = await this.#run(this.#best);
      if (violationOf(again, this.#target) !== undefined) confirmed++;
    }
    const { result } = this.#shown;
    return {
      reproduction: this.#best,
      target: this.#target,
      violation: this.#violation,
      reproduced: this.#shown,
      events: storyOf(result.history, this.#violation, result.narrate, {
        terse: true,
        atMost: Number.POSITIVE_INFINITY,
      }).length,
      story: storyOf(result.history, this.#violation, result.narrate, { terse: true }),
      runs: this.#runs,
      confirmed,
      confirmations,
      blows: [this.#before, firingsOf(result.history, this.#shown.names).length],
    };
  }

  #tryExcerpt(change: Excerpt, size = 1): Promise<boolean> {
    if (size === 0) return Promise.resolve(false);
    return this.#try({ excerpt: { ...this.#best.excerpt, ...change } });
  }

  /** The blows of another throw, when they show the violation as well. */
  async #thrown(time: number): Promise<readonly Firing[] | undefined> {
    const { seed, excerpt } = this.#best;
    const faults = thrownAnew(this.#trial.faults ?? [], time, 1 / (1 + (time % thinnest)));
    const again = { seed, ...(excerpt === undefined ? {} : { excerpt }) };
    const reproduced = await this.#run(again, { ...this.#trial, faults });
    if (violationOf(reproduced, this.#target) === undefined) return undefined;
    return firingsOf(reproduced.result.history, reproduced.names);
  }

  get #mostRuns(): number {
    return this.#options.runs ?? 400;
  }

  /** Whether it fails the same way with this changed; if so, it is the best from now on. */
  async #try(change: {
    readonly firings?: readonly Firing[];
    readonly excerpt?: Excerpt | undefined;
  }): Promise<boolean> {
    if (this.#runs >= this.#mostRuns) return false;
    const { excerpt = this.#best.excerpt, firings = this.#best.firings } = change;
    const candidate: Reproduction = {
      seed: this.#best.seed,
      ...(firings === undefined ? {} : { firings }),
      ...(excerpt === undefined ? {} : { excerpt }),
    };
    const reproduced = await this.#run(candidate);
    const violation = violationOf(reproduced, this.#target);
    if (violation === undefined) return false;
    this.#best = candidate;
    this.#shown = reproduced;
    this.#violation = violation;
    return true;
  }

  #run(candidate: Reproduction, trial = this.#trial): Promise<Reproduced> {
    this.#runs++;
    const { make, integration, signal, onRun } = this.#options;
    onRun?.({
      runs: this.#runs,
      blows: candidate.firings?.length ?? this.#before,
      parts: candidate.excerpt?.parts?.length,
    });
    return reproduce(trial, candidate, make, {
      ...(integration === undefined ? {} : { integration }),
      ...(signal === undefined ? {} : { signal }),
    });
  }
}
