/**
 * What the page shows beside the report: the trial over time, its outages and exceptions, what was
 * covered, and the two sides of each violation. Plain JSON; the history itself travels apart from it.
 */
import type { Flow } from '../../harness/flow.ts';
import type { DocumentStates } from '../../harness/workload.ts';
import {
  type ReportModel,
  type ReportOptions,
  type Reportable,
  reportModel,
} from '../report-model.ts';
import { type Comparison, compareSides } from './comparison.ts';
import { type ExceptionGroup, ExceptionFold, ExceptionReader } from './exceptions.ts';
import { type LaneModel, lanesOf } from './lanes.ts';
import { type Outage, OutageFold } from './outages.ts';
import { type StageModel, stagesOf } from './stages.ts';
import { type StateCoverage, StateFold } from './state-coverage.ts';
import { type TimelineModel, type FlowLatency, TimelineFold } from './timeline.ts';

/** What a page is made from: the result, and what its business says about itself. */
export type PageSource = Reportable & {
  readonly flows: readonly Flow[];
  readonly states?: readonly DocumentStates[];
};

export interface PageModel {
  readonly report: ReportModel;
  /** Trial time of the first record, milliseconds since the epoch; all other times count from it. */
  readonly startedAt: number;
  readonly spanMs: number;
  readonly records: number;
  readonly lanes: readonly LaneModel[];
  readonly stages: readonly StageModel[];
  readonly timeline: TimelineModel;
  readonly latencies: readonly FlowLatency[];
  readonly outages: readonly Outage[];
  readonly exceptions: readonly ExceptionGroup[];
  readonly states: readonly StateCoverage[];
  /** By `invariant#index` of the story. */
  readonly comparisons: Readonly<Record<string, Comparison>>;
}

/** Reads the history twice beside what the report reads of it. */
export function pageModel(source: PageSource, options: ReportOptions = {}): PageModel {
  const { history, flows } = source;
  const span = spanOf(source);
  const report = reportModel(source, options);
  const folds = {
    timeline: new TimelineFold(flows, span),
    outages: new OutageFold(span.startedAt),
    exceptions: new ExceptionFold(),
    states: new StateFold(source.states ?? []),
  };
  const reader = new ExceptionReader();
  for (const record of history) {
    const exception = reader.read(record);
    folds.timeline.see(record, exception);
    folds.outages.see(record);
    folds.exceptions.see(record, exception);
    folds.states.see(record);
  }
  return {
    report,
    ...span,
    lanes: lanesOf(span.systems),
    stages: stagesOf(flows),
    timeline: folds.timeline.model(),
    latencies: folds.timeline.latencies(),
    outages: folds.outages.outages(span.startedAt + span.spanMs),
    exceptions: folds.exceptions.groups(),
    states: folds.states.coverage(),
    comparisons: compareSides(history, flows, report.invariants),
  };
}

/** How long a history is, and who is in it. */
export interface Span {
  readonly startedAt: number;
  readonly spanMs: number;
  readonly records: number;
}

function spanOf({ history, flows }: PageSource): Span & { readonly systems: readonly string[] } {
  // Flows first: they name the systems in the order of the business.
  const systems = new Set(flows.flatMap(({ from, to }) => [from.system, to.system]));
  const seen = new Set<string>();
  let [first, last, records] = [Number.NaN, 0, 0];
  for (const record of history) {
    if (records === 0) first = record.at;
    last = record.at;
    records++;
    if ('system' in record) seen.add(record.system);
    else if (record.type === 'exchange.invoked') seen.add(record.callee);
  }
  seen.delete('integration');
  return {
    startedAt: records === 0 ? 0 : first,
    spanMs: records === 0 ? 0 : last - first,
    records,
    systems: [...new Set([...systems].filter((each) => seen.has(each)).concat([...seen]))],
  };
}
