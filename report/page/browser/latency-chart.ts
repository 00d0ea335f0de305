/** Latency by stage: the middle arrivals as a bar, the median as a dot, the longest as a ring. */
import { dot, plot, ruleY } from '@observablehq/plot';
import { describeDuration } from '../../../harness/duration.ts';
import { common, durations } from './chart-style.ts';

interface Stage {
  readonly flow: string;
  /** Where the bar begins; without it at the median. */
  readonly p5?: number;
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
  /** The key that took longest. */
  readonly slowest?: string;
}

const tone = 'var(--series-1)';

export function latencyChart(width: number, rows: readonly Stage[]): ReturnType<typeof plot> {
  const bar = { y: 'flow', stroke: tone } as const;
  const from = ({ p5, p50 }: Stage): number => p5 ?? p50;
  return plot({
    ...common(width, 60 + rows.length * 24),
    marginLeft: Math.min(190, Math.floor(width * 0.42)),
    x: { ...durations(width), grid: true, zero: true },
    y: { label: null, domain: rows.map(({ flow }) => flow), tickSize: 0 },
    marks: [
      ruleY(rows, { ...bar, x1: from, x2: 'p95', strokeWidth: 5, strokeOpacity: 0.45 }),
      ruleY(rows, { ...bar, x1: 'p95', x2: 'longest', strokeOpacity: 0.7 }),
      dot(rows, { ...bar, x: 'longest', r: 2.5, fill: 'var(--surface)', title: longest }),
      dot(rows, { y: 'flow', x: 'p50', r: 5, fill: tone, title: median }),
    ],
  });
}

const median = ({ flow, p50 }: Stage): string => `${flow}: median ${describeDuration(p50)}`;

const longest = ({ flow, longest: took, slowest }: Stage): string =>
  `${flow}: longest ${describeDuration(took)}${slowest === undefined ? '' : ` (${slowest})`}`;
