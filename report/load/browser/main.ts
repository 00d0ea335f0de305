/** Draws the charts of a load's page. */
import { areaY, lineY, plot, rectX } from '@observablehq/plot';
import { baseline, overTime } from '../../page/browser/chart-style.ts';
import { themeSwitch } from '../../page/browser/controls.ts';
import { byId } from '../../page/browser/dom.ts';
import { drawCharts } from '../../page/browser/draw-charts.ts';
import { latencyChart } from '../../page/browser/latency-chart.ts';
import type { LoadCharts } from '../load-page.ts';

const model = JSON.parse(byId('model').textContent ?? '') as LoadCharts;

interface Point {
  readonly atMs: number;
  readonly value: number;
}

const pointsOf = (values: readonly number[]): Point[] =>
  values.map((value, bin) => ({ atMs: bin * model.binMs, value }));

const frame = (width: number, height: number, unit: string) =>
  overTime(width, height, unit, model.lastedMs);

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
      baseline(),
    ],
  });

const owed = (width: number) =>
  plot({
    ...frame(width, 220, 'documents and messages'),
    marks: [
      bands(),
      areaY(pointsOf(model.owed), { ...step, fill: 'var(--series-3)', fillOpacity: 0.6 }),
      baseline(),
    ],
  });

themeSwitch();
drawCharts({
  arrivals,
  owed,
  latency: (width) => latencyChart(width, model.stages),
});
document.documentElement.dataset['ready'] = '';
