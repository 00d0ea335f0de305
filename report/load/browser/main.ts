/** Draws the charts of a load's page. */
import { areaY, dot, lineY, plot, rectX, ruleX, ruleY } from '@observablehq/plot';
import { describeDuration } from '../../../harness/duration.ts';
import { common, durations } from '../../page/browser/chart-style.ts';
import { themeSwitch } from '../../page/browser/controls.ts';
import { byId } from '../../page/browser/dom.ts';
import { drawCharts } from '../../page/browser/draw-charts.ts';
import type { LoadCharts } from '../load-page.ts';

const model = JSON.parse(byId('model').textContent ?? '') as LoadCharts;

interface Point {
  readonly atMs: number;
  readonly value: number;
}

const pointsOf = (values: readonly number[]): Point[] =>
  values.map((value, bin) => ({ atMs: bin * model.binMs, value }));

const frame = (width: number, height: number, unit: string) => ({
  ...common(width, height),
  x: { ...durations(width), domain: [0, model.lastedMs] },
  y: { label: unit, grid: true, nice: true },
});

/** A strike that lasted no time would not be seen. */
const leastBandMs = model.lastedMs / 300;

const bands = () =>
  rectX(model.faults, {
    x1: 'fromMs',
    x2: ({ fromMs, toMs }: LoadCharts['faults'][number]) => Math.max(toMs, fromMs + leastBandMs),
    fill: 'var(--band)',
    fillOpacity: 0.14,
    title: ({ fault, strikes }: LoadCharts['faults'][number]) => `${fault}: ${strikes} strikes`,
  });

const step = { x: 'atMs', y: 'value', curve: 'step-after' } as const;

const arrivals = (width: number) =>
  plot({
    ...frame(width, 240, 'a second'),
    color: {
      domain: ['asked', 'achieved'],
      range: ['var(--series-2)', 'var(--series-1)'],
      legend: true,
    },
    marks: [
      bands(),
      areaY(pointsOf(model.achieved), { ...step, fill: () => 'achieved', fillOpacity: 0.45 }),
      lineY(pointsOf(model.asked), { ...step, stroke: () => 'asked', strokeWidth: 1.6 }),
      ruleY([0], { stroke: 'var(--rule-strong)' }),
    ],
  });

const owed = (width: number) =>
  plot({
    ...frame(width, 220, 'documents and messages'),
    marks: [
      bands(),
      areaY(pointsOf(model.owed), { ...step, fill: 'var(--series-3)', fillOpacity: 0.6 }),
      ruleY([0], { stroke: 'var(--rule-strong)' }),
    ],
  });

const tone = 'var(--series-1)';

function latency(width: number) {
  const rows = model.stages;
  const bar = { y: 'flow', stroke: tone } as const;
  return plot({
    ...common(width, 60 + rows.length * 24),
    marginLeft: Math.min(190, Math.floor(width * 0.42)),
    x: { ...durations(width), grid: true, zero: true },
    y: { label: null, domain: rows.map(({ flow }) => flow), tickSize: 0 },
    marks: [
      ruleY(rows, { ...bar, x1: 'p50', x2: 'p95', strokeWidth: 5, strokeOpacity: 0.45 }),
      ruleY(rows, { ...bar, x1: 'p95', x2: 'longest', strokeOpacity: 0.7 }),
      dot(rows, { y: 'flow', x: 'p50', r: 5, fill: tone, title: middle }),
      ruleX([0], { stroke: 'var(--rule-strong)' }),
    ],
  });
}

const middle = ({ flow, p50 }: LoadCharts['stages'][number]): string =>
  `${flow}: median ${describeDuration(p50)}`;

themeSwitch();
drawCharts({ arrivals, owed, latency });
document.documentElement.dataset['ready'] = '';
