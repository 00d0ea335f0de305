/** What a trial is run with, and what a run leaves. */
import type { LandscapeArchive } from './archive/landscape-archive.ts';
import type { Clock } from './clock.ts';
import type { History } from './history.ts';
import type { Integration } from './integration.ts';
import type { Landscape } from './landscape.ts';
import type { Counts, Progress } from './progress.ts';
import type { Trial } from './trial.ts';
import type { Verdict } from './verdict.ts';
import type { Narrator, Owed } from './workload.ts';

export interface RunOptions {
  /** Overrides the trial's. */
  readonly integration?: Integration | string;
  readonly seed?: string;
  /** Default: virtual for an integration that is a function, else real. */
  readonly clock?: Clock;
  readonly history?: History;
  /**
   * Where history and documents are kept, instead of `history`: a new or empty folder, the URL of a
   * PostgreSQL server, or what is open already.
   */
  readonly data?: string | LandscapeArchive;
  /** The command that runs the same again, for whoever reads what was kept. */
  readonly replay?: string;
  /** Called about ten times a second of real time. */
  readonly onProgress?: (progress: Progress) => void;
  /** Fixes the ports of some systems, for an integration that is not started here. */
  readonly ports?: Readonly<Record<string, number>>;
  /** Address that systems, or the wires before them, listen on; default 127.0.0.1. */
  readonly host?: string;
  /** Called once, with the landscape that the trial stands up, before anything happens in it. */
  readonly onLandscape?: (landscape: Landscape) => void;
  /** Carries the network faults: `auto`, `embedded`, `binary`, `container` or a URL. Overrides the trial's. */
  readonly toxiproxy?: string;
  /** Ends the trial early: what was started is stopped, and `trial.interrupted` is thrown. */
  readonly signal?: AbortSignal;
}

export interface TrialResult {
  readonly trial: Trial;
  readonly seed: string;
  readonly token: string;
  readonly integration: string;
  readonly verdict: Verdict;
  readonly history: History;
  readonly counts: Counts;
  /** Trial milliseconds from the workload's start to the check. */
  readonly lastedMs: number;
  /** What was still owed at the end. */
  readonly owed: readonly Owed[];
  readonly output: string;
  readonly narrate: Narrator;
}
