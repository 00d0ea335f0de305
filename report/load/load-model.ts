/** What a load shows of itself: plain JSON, for the terminal, the JSON file and the page. */
import type { ReportModel } from '../report-model.ts';

export interface StageLatency {
  readonly flow: string;
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly longest: number;
  /** What was asked of the 95th of 100. */
  readonly limitMs?: number;
}

/** A fault while it struck, in milliseconds since the load began. */
export interface FaultBand {
  readonly fault: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly strikes: number;
}

export interface LoadModel {
  readonly format: 1;
  readonly title: string;
  readonly target: string;
  /** `holds` only when it was fast enough and the business is right. */
  readonly outcome: 'holds' | 'too slow' | 'violated' | 'unknown';
  readonly lastedMs: number;
  /** Width of one bin of the series. */
  readonly binMs: number;
  /** Arrivals a second, as the plan wanted them and as they came. */
  readonly asked: readonly number[];
  readonly achieved: readonly number[];
  /** What was owed at the end of each bin. */
  readonly owed: readonly number[];
  readonly arrivalsAsked: number;
  readonly arrivalsAchieved: number;
  /** Iterations for which k6 had no room. */
  readonly dropped: number;
  readonly requests: number;
  readonly stages: readonly StageLatency[];
  readonly faults: readonly FaultBand[];
  readonly thresholds: readonly {
    readonly metric: string;
    readonly limit: string;
    readonly ok: boolean;
  }[];
  readonly report: ReportModel;
}
