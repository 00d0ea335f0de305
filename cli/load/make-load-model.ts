/** The model of a load from its plan, what was recorded, what k6 judged, and the verdict. */
import { askedOf, plannedMs } from '../../load/plan.ts';
import { type Curve, volumeOf } from '../../load/volume/curve.ts';
import type { LoadModel } from '../../report/load/load-model.ts';
import type { ReportModel } from '../../report/report-model.ts';
import type { DrawnPlan } from './load-options.ts';
import type { LoadEnd, LoadRun } from './run-load.ts';
import type { K6Result, ThresholdResult } from './run-k6.ts';

/** About so many bins make a chart; narrower than this they would show chance. */
const bins = 120;
const leastBinMs = 250;

/** Width of a bin for a plan, milliseconds. */
export const binOf = (plan: DrawnPlan): number =>
  Math.max(leastBinMs, Math.ceil((plannedMs({ ...plan, landscape: '' }) ?? 30_000) / bins));

export function loadModel(
  { plan, binMs, integration, segment }: LoadRun,
  { recorder, k6, report }: LoadEnd,
): LoadModel {
  const { achieved, owed, arrivals } = recorder.series();
  const { thresholds, dropped, requests, iterations } = k6;
  const share = segment === undefined ? 1 : 1 / segment.of;
  const counted = plan.target === 'integration' ? iterations : arrivals;
  return {
    format: 1,
    title: `Load on ${integration ?? 'the simulators'}`,
    target: plan.target,
    outcome:
      plan.target === 'simulator' ? simulatorOutcome(k6, arrivals) : outcomeOf(report, thresholds),
    lastedMs: recorder.elapsedMs,
    binMs,
    asked: askedSeries(plan, binMs, share),
    achieved: plan.target === 'integration' ? [] : achieved,
    owed,
    arrivalsAsked: Math.round(askedOf({ ...plan, landscape: '' }) * share),
    arrivalsAchieved: counted,
    dropped,
    requests,
    stages: recorder.stages(plan.stages),
    faults: recorder.faults(),
    thresholds,
    report,
  };
}

/** Wrong beats slow, and slow beats not known. */
export function outcomeOf(
  { verdict }: Pick<ReportModel, 'verdict'>,
  thresholds: readonly ThresholdResult[],
): LoadModel['outcome'] {
  if (verdict === 'violated') return 'violated';
  const slow = thresholds.some(({ ok, metric }) => !ok && !aboutTheVerdict.includes(metric));
  if (slow) return 'too slow';
  return verdict;
}

/** No integration is there to be judged; what k6 was told is held against what the simulator has. */
function simulatorOutcome({ thresholds, created }: K6Result, stored: number): LoadModel['outcome'] {
  if (created !== stored) return 'violated';
  return thresholds.every(({ ok }) => ok) ? 'holds' : 'too slow';
}

const aboutTheVerdict = ['seatrial_violated', 'seatrial_unknown'];

function askedSeries({ arrivals }: DrawnPlan, binMs: number, share: number): number[] {
  if ('fastest' in arrivals) return [];
  const { curve } = arrivals;
  const last = curve.at(-1)?.toMs ?? 0;
  return Array.from({ length: Math.ceil(last / binMs) }, (_, bin) => {
    const volume = volumeOf(cutOut(curve, bin * binMs, (bin + 1) * binMs));
    return ((volume * 1000) / binMs) * share;
  });
}

const cutOut = (curve: Curve, fromMs: number, toMs: number): Curve =>
  curve
    .filter((slice) => slice.toMs > fromMs && slice.fromMs < toMs)
    .map((slice) => ({
      perSecond: slice.perSecond,
      fromMs: Math.max(slice.fromMs, fromMs),
      toMs: Math.min(slice.toMs, toMs),
    }));
