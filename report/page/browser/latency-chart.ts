/** Latency by stage: the middle 90 of 100 arrivals as a bar, the median as a dot, the longest as a ring. */
import { dot, plot, ruleY } from '@observablehq/plot';
import { describeDuration } from '../../../harness/duration.ts';
import { common, durations } from './chart-style.ts';
import { model } from './model.ts';

type Row = (typeof model.latencies)[number];

const tone = 'var(--series-1)';

export function latencyChart(width: number): ReturnType<typeof plot> {
  const rows = model.latencies;
  const bar = { y: 'flow', stroke: tone } as const;
  return plot({
    ...common(width, 60 + rows.length * 24),
    marginLeft: Math.min(190, Math.floor(width * 0.42)),
    x: { ...durations(width), grid: true, zero: true },
    y: { label: null, domain: rows.map(({ flow }) => flow), tickSize: 0 },
    marks: [
      ruleY(rows, { ...bar, x1: 'p5', x2: 'p95', strokeWidth: 5, strokeOpacity: 0.45 }),
      ruleY(rows, { ...bar, x1: 'p95', x2: 'longest', strokeOpacity: 0.7 }),
      dot(rows, { ...bar, x: 'longest', r: 2.5, fill: 'var(--surface)', title: longest }),
      dot(rows, { y: 'flow', x: 'p50', r: 5, fill: tone, title: median }),
    ],
  });
}

const median = ({ flow, p50 }: Row): string => `${flow}: median ${describeDuration(p50)}`;

const longest = (row: Row): string =>
  `${row.flow}: longest ${describeDuration(row.longest)} (${row.slowest})`;
