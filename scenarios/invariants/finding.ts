/** Short ways to say what an invariant found for one key. */
import {
  type Ending,
  type Finding,
  type Invariant,
  Shared,
  type Violation,
} from '../../harness/invariant.ts';
import { describeDuration } from '../../harness/duration.ts';

/** The key says nothing about the promise. */
export const untouched: Finding = { exercised: false, violations: [] };

/** The promise was asked of the key and kept. */
export const kept: Finding = { exercised: true, violations: [] };

export const broken = (...violations: readonly Violation[]): Finding => ({
  exercised: true,
  violations,
});

/** Asked, but the trial ended too early to tell. */
const undecided = (unknown: string): Finding => ({
  exercised: true,
  violations: [],
  unknown,
});

/** `kept` when there is nothing to complain of, else `broken`. */
export const judged = (violations: readonly Violation[]): Finding =>
  violations.length === 0 ? kept : { exercised: true, violations };

/** When something is no longer late but missing: after the fact and the healing, whichever is later. */
export const dueAt = (factAt: number, { healedAt }: Ending, withinMs: number): number =>
  Math.max(factAt, healedAt) + withinMs;

/** Whether what is missing by now is missing for good. */
export const isOver = (factAt: number, ending: Ending, withinMs: number): boolean =>
  ending.quiet || ending.endedAt >= dueAt(factAt, ending, withinMs);

export const cutShort = (what: string, withinMs: number): Finding =>
  undecided(`the trial ended before ${what} had its ${describeDuration(withinMs)}`);

/** An invariant that learns names while it reads; `make` makes it with nothing learned. */
export const renewable = (make: (shared: Shared) => Invariant): Invariant => ({
  ...make(new Shared()),
  fresh: make,
});
