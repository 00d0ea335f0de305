/** One way of writing the sync with an engine, as a process of its own. */
import type { Integration } from '../../harness/integration.ts';

export interface Variant {
  /** Head of its column. */
  readonly name: string;
  readonly integration: Extract<Integration, { kind: 'process' }>;
  /** What it must come to on a bad day. */
  readonly expected: 'violated' | 'holds';
}

/** What breaks, and which of the engine's own settings and nodes mend it. */
export interface Remedy {
  /** Names of invariants, or how they end. */
  readonly promises: readonly string[];
  readonly mendedBy: string;
  /** What looks as if it mended it and does not. */
  readonly notBy?: string;
}
