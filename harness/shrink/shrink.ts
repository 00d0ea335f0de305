/**
 * Makes a violation as small as it gets: fewer blows, less business, milder faults. A candidate counts
 * only if the same invariant fails on the same document.
 */
import type { Violation } from '../invariant.ts';
import type { RunOptions } from '../run-trial.ts';
import type { StoryLine } from '../story.ts';
import type { Trial } from '../trial.ts';
import type { FaultMaker } from './firing.ts';
import type { Reproduced, Reproduction, Target } from './reproduction.ts';
import { Search } from './search.ts';

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
  await search.throwAnew();
  await search.reduceBlows();
  await search.reducePieces();
  await search.makePlainer();
  await search.makeMilder();
  await search.reduceBlows();
  while (await search.closeUp()) await search.reduceBlows();
  return search.confirmed();
}
