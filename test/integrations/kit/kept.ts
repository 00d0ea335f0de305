/** What a middleware must not forget in a crash. */
import type { Memory } from './create-once.ts';

/** What survives. Maps are by rule and key. */
export interface Kept {
  /** The version and content of the source that was last carried over. */
  readonly applied: Map<string, Applied>;
  /** By system and path: the highest version that was read. */
  readonly seen: Map<string, number>;
  readonly memory: Memory;
  /** How often the target refused it for something missing. */
  readonly knocks: Map<string, number>;
  /** What the last message said of the business it belongs to. */
  readonly correlations: Map<string, string>;
  /** Content of what became a dead letter. */
  readonly buried: Map<string, string>;
  /** The version of the last message that was noted, and of the last that had an effect. */
  readonly noted: Map<string, number>;
  readonly effective: Map<string, number>;
  /** Keys of documents that were taken back before they were carried. */
  readonly voided: Set<string>;
  jobs: number;
}

export const newlyKept = (): Kept => ({
  applied: new Map(),
  seen: new Map(),
  memory: { sent: new Map(), created: new Map(), asked: new Set(), refused: new Map() },
  knocks: new Map(),
  correlations: new Map(),
  buried: new Map(),
  noted: new Map(),
  effective: new Map(),
  voided: new Set(),
  jobs: 0,
});

/** What is asked for only when something went wrong, by its place in the storage. */
export const seldomRead = ['middleware.memory.sent', 'middleware.memory.created'] as const;

export interface Applied {
  readonly version: number;
  readonly content: string;
}
