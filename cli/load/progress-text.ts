/** A load under way, in one line. */
import { describeDuration } from '../../harness/duration.ts';
import { askedOf, plannedMs } from '../../load/plan.ts';
import type { DrawnPlan } from './load-options.ts';
import type { LoadRecorder } from './load-recorder.ts';

export function progressText(
  plan: DrawnPlan,
  share: number,
  recorder: LoadRecorder,
  owed: number,
): string {
  const { elapsedMs, arrivals } = recorder;
  const lasts = plannedMs({ ...plan, landscape: '' });
  const asked = Math.round(askedOf({ ...plan, landscape: '' }) * share);
  const slowest = recorder.stages({}).toSorted((a, b) => b.p95 - a.p95)[0];
  return [
    `load ${describeDuration(elapsedMs)}${lasts === undefined ? '' : ` of ${describeDuration(lasts)}`}`,
    ...(plan.target === 'integration' ? [] : [`${arrivals} of ${asked} orders`]),
    `owed ${owed}`,
    ...(slowest === undefined
      ? []
      : [`slowest ${slowest.flow}, 95 of 100 within ${describeDuration(slowest.p95)}`]),
  ].join(' | ');
}
