/** The two charts, drawn anew with each state that the server tells. */
import { areaY, lineY, plot, rectY } from '@observablehq/plot';
import { describeDuration } from '../../../harness/duration.ts';
import { baseline } from '../../page/browser/chart-style.ts';
import { byId } from '../../page/browser/dom.ts';
import type { LiveView, SeriesPoint } from '../live-view.ts';

type Series = LiveView['series'];
type Chart = ReturnType<typeof plot>;

export function drawCharts(series: Series): void {
  draw('chart-flight', 'Documents in flight over time', (width) => flight(width, series));
  draw('chart-exchanges', 'Exchanges, failed exchanges and faults over time', (width) =>
    exchanges(width, series),
  );
}

function draw(id: string, label: string, make: (width: number) => Chart): void {
  const place = byId(id);
  const width = Math.floor(place.clientWidth);
  if (width === 0 || document.hidden) return;
  const chart = make(width);
  // Plot names its groups for itself; the figure as a whole has a name for people.
  for (const group of chart.querySelectorAll('g')) group.removeAttribute('aria-label');
  chart.setAttribute('role', 'img');
  chart.setAttribute('aria-label', label);
  place.replaceChildren(chart);
}

const common = (width: number, { widthMs, points }: Series) =>
  ({
    width,
    height: 150,
    marginLeft: 40,
    marginRight: 10,
    marginTop: 12,
    marginBottom: 24,
    style: { fontFamily: 'inherit', fontSize: '12px', background: 'none', overflow: 'visible' },
    x: {
      label: null,
      domain: [0, Math.max(10 * widthMs, points.length * widthMs)],
      tickFormat: describeDuration,
      ticks: Math.max(2, Math.floor(width / 110)),
    },
  }) as const;

const highest = (points: readonly SeriesPoint[], of: (point: SeriesPoint) => number): number =>
  Math.max(4, ...points.map(of));

function flight(width: number, series: Series): Chart {
  const { points } = series;
  const channels = { x: 'atMs', y: 'inFlight', curve: 'step-after' } as const;
  return plot({
    ...common(width, series),
    y: {
      label: null,
      grid: true,
      nice: true,
      ticks: 4,
      domain: [0, highest(points, (each) => each.inFlight)],
    },
    marks: [
      areaY(points, { ...channels, fill: 'var(--series-1)', fillOpacity: 0.22 }),
      lineY(points, { ...channels, stroke: 'var(--series-1)', strokeWidth: 1.8 }),
      baseline(),
    ],
  });
}

function exchanges(width: number, series: Series): Chart {
  const { points, widthMs } = series;
  const bars = (field: 'exchanges' | 'failed', fill: string) =>
    rectY(points, {
      x1: 'atMs',
      x2: ({ atMs }: SeriesPoint) => atMs + widthMs,
      y1: 0,
      y2: field,
      fill,
      insetLeft: 0.5,
    });
  return plot({
    ...common(width, series),
    y: {
      label: null,
      grid: true,
      nice: true,
      ticks: 4,
      domain: [0, highest(points, (each) => Math.max(each.exchanges, each.faults))],
    },
    marks: [
      bars('exchanges', 'var(--series-3)'),
      bars('failed', 'var(--series-2)'),
      lineY(points, {
        x: 'atMs',
        y: 'faults',
        stroke: 'var(--fault)',
        strokeWidth: 1.6,
        curve: 'step-after',
      }),
      baseline(),
    ],
  });
}
