/** What the console is told about a landscape, several times a second. */
import type { ClockView, FaultView } from '../../harness/control-views.ts';
import type { Counts } from '../../harness/progress.ts';
import type { Phase } from '../../harness/record.ts';
import type { Owed } from '../../harness/workload.ts';

export interface StoryLineView {
  readonly position: number;
  /** Trial milliseconds since the first record. */
  readonly afterMs: number;
  readonly tone: 'business' | 'integration' | 'fault' | 'refused';
  readonly sentence: string;
}

export interface ExchangeView {
  readonly position: number;
  readonly afterMs: number;
  readonly link: string;
  readonly operation: string;
  readonly key?: string;
  readonly outcome: 'ok' | 'fail' | 'info';
  /** The status, or how the connection ended. */
  readonly answer: string;
}

/** What happened in `widthMs` of trial time, and what was in flight at its end. */
export interface SeriesPoint {
  readonly atMs: number;
  readonly inFlight: number;
  readonly exchanges: number;
  readonly failed: number;
  readonly faults: number;
}

export interface SystemLive {
  readonly name: string;
  readonly dialect: string;
  /** Messages that wait in its channel. */
  readonly held: number;
  /** Exchanges that it has not answered. */
  readonly open: number;
  readonly exchanges: number;
  readonly failed: number;
  readonly commits: number;
  readonly documents: readonly { readonly kind: string; readonly documents: number }[];
}

export interface LiveView {
  readonly landscape: string;
  readonly clock: ClockView;
  readonly elapsedMs: number;
  readonly phase?: Phase;
  readonly historyLength: number;
  readonly counts: Counts;
  readonly owed: readonly Owed[];
  /** Documents that a flow still owes. */
  readonly inFlight: number;
  readonly series: { readonly widthMs: number; readonly points: readonly SeriesPoint[] };
  readonly faults: readonly FaultView[];
  readonly systems: readonly SystemLive[];
  readonly exchanges: readonly ExchangeView[];
}

/** The verdict so far, in few words. */
export interface VerdictLive {
  readonly status: 'holds' | 'violated' | 'unknown';
  readonly invariants: readonly {
    readonly invariant: string;
    readonly promise: string;
    readonly status: 'holds' | 'violated' | 'unknown';
    readonly seen: number;
    readonly violations: number;
    readonly reason?: string;
    readonly example?: string;
  }[];
  readonly flows: readonly {
    readonly flow: string;
    readonly owed: number;
    readonly arrived: number;
  }[];
}
