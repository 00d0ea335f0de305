/** Seeded business: what the actors of a landscape do over time, and what they promise about it. */
import type { Divisible } from './excerpt.ts';
import type { Flow } from './flow.ts';
import type { Invariant } from './invariant.ts';
import type { HistoryRecord } from './record.ts';
import type { System } from './system.ts';
import type { World } from './world.ts';

/** Something that is still to happen, by name, so that quiet has a reason. */
export interface Owed {
  /** E.g. `purchase-order on its way to erp` or `actions of actors`. */
  readonly what: string;
  readonly count: number;
  /** One of them, to look for. */
  readonly example?: string;
}

/** The landscape as actors find it. */
export interface Stage {
  readonly world: World;
  /** Throws `landscape.no-system` when there is none of that name. */
  system(name: string): System;
}

/** Business under way. */
export interface WorkloadRun {
  /** Actions that actors still mean to do. */
  pending(): readonly Owed[];
  /** Whether every actor has begun all that the workload asked for. */
  readonly started: boolean;
  stop(): void;
}

/** Says a record in one business sentence; `undefined` when it is not worth one. */
export type Narrator = (record: HistoryRecord) => string | undefined;

/** The states that documents of one kind can be in, so that a report knows which were never reached. */
export interface DocumentStates {
  readonly system: string;
  readonly document: string;
  /** Values of the document's `status`, in the order of its life. */
  readonly states: readonly string[];
}

export interface Workload {
  readonly name: string;
  /** How business days pass; see {@link Calendar}. */
  readonly calendar?: { readonly businessDayMs?: number; readonly firstDay?: number };
  /** About how long it takes in trial time; the faults stay on that long at most, then heal. */
  readonly durationMs?: number;
  readonly flows: readonly Flow[];
  readonly invariants: readonly Invariant[];
  readonly narrate: Narrator;
  /** What documents can become; default unknown. */
  readonly states?: readonly DocumentStates[];
  /** How to have less of it; default it comes whole or not at all. */
  readonly divisible?: Divisible;
  /** Starts the actors. They act by the world's clock and randomness only. */
  start(stage: Stage): WorkloadRun;
}
