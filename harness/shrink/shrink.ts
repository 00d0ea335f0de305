/**
 * Makes a violation as small as it gets: fewer blows, less business, milder faults. A candidate counts
 * only if the same invariant fails on the same document. The history says where to begin: with the
 * blows on the business that the violating document belongs to, and that business alone.
 */
import type { Excerpt } from '../excerpt.ts';
import type { Violation } from '../invariant.ts';
import type { RunOptions } from '../run-trial.ts';
import { type StoryLine, storyOf } from '../story.ts';
import type { Trial } from '../trial.ts';
import { deltaDebug } from './delta-debug.ts';
import { type FaultMaker, type Firing, firingsOf, labelled, placeOf } from './firing.ts';
import {
  type Reproduced,
  type Reproduction,
  type Target,
  reproduce,
  violationOf,
} from './reproduction.ts';
import { partsConcerned } from './slice.ts';

export interface ShrinkOptions extends Pick<RunOptions, 'integration' | 'signal'> {
  readonly make: FaultMaker;
  /** Runs at most, confirmation not counted; default 400. */
  readonly runs?: number;
  /** Runs that confirm the result; default 10. */
  readonly confirmations?: number;
  readonly onRun?: (run: ShrinkProgress) => void;
}

export interface ShrinkProgress {
  readonly runs: number;
  readonly blows: number;
  readonly parts: number | undefined;
}

export interface Shrunk {
  readonly reproduction: Reproduction;
  readonly target: Target;
  readonly violation: Violation;
  /** The smallest run that showed it. */
  readonly reproduced: Reproduced;
  readonly story: readonly StoryLine[];
  /** Events that the story would tell if it had all the room there is. */
  readonly events: number;
  /** Runs that it took, confirmation included. */
  readonly runs: number;
  /** How often the result failed again, of how many times. */
  readonly confirmed: number;
  readonly confirmations: number;
  /** Blows and parts before and after. */
  readonly blows: readonly [before: number, after: number];
}

/** Shrinks what `found` shows about `target`. Ends with what it was given when nothing smaller fails. */
export async function shrink(
  trial: Trial,
  found: Reproduced,
  from: Reproduction,
  target: Target,
  options: ShrinkOptions,
): Promise<Shrunk> {
  const search = new Search(trial, found, from, target, options);
  await search.slice();
  // First: what less business there is, fewer blows fall on.
  await search.reduceParts();
  await search.reduceBlows();
  await search.reducePieces();
  await search.makePlainer();
  await search.makeMilder();
  await search.reduceBlows();
  return search.confirmed();
}

class Search {
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

  /** Whether it fails the same way with this changed; if so, it is the best from now on. */
  async #try(change: {
    readonly firings?: readonly Firing[];
    readonly excerpt?: Excerpt | undefined;
  }): Promise<boolean> {
    if (this.#runs >= (this.#options.runs ?? 400)) return false;
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

  #run(candidate: Reproduction): Promise<Reproduced> {
    this.#runs++;
    const { make, integration, signal, onRun } = this.#options;
    onRun?.({
      runs: this.#runs,
      blows: candidate.firings?.length ?? this.#before,
      parts: candidate.excerpt?.parts?.length,
    });
    return reproduce(this.#trial, candidate, make, {
      ...(integration === undefined ? {} : { integration }),
      ...(signal === undefined ? {} : { signal }),
    });
  }
}
