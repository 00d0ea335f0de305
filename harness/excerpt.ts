/**
 * A part of a workload's business: some of its independent parts (orders), some of the pieces of each
 * (lines), and less happening to them, or more of what is rare. What stays happens as it did in the whole.
 */
import type { Workload } from './workload.ts';

export interface Excerpt {
  /** The parts that happen; all of them when left out. */
  readonly parts?: readonly number[];
  /** By part, the pieces that happen; all of them when left out. */
  readonly pieces?: Readonly<Record<string, readonly number[]>>;
  /** Names of {@link Divisible.plainer} that hold for all that is left. */
  readonly plain?: readonly string[];
  /** Names of {@link Divisible.rare} of which there is much. */
  readonly often?: readonly string[];
}

/** What a workload offers to whoever looks for a smaller one. */
export interface Divisible {
  /** Independent parts, numbered from 0. */
  readonly parts: number;
  /** How many pieces a part has. */
  piecesOf(seed: string, part: number): number;
  /** Names of simplifications, the one that takes most away first. */
  readonly plainer: readonly string[];
  /** Names of what comes seldom, and often when an excerpt asks for it. */
  readonly rare?: readonly string[];
  /** The same workload with less in it. */
  excerpt(excerpt: Excerpt): Workload;
  /** The part that a correlation id belongs to. */
  partOf(seed: string, correlationId: string): number | undefined;
}
