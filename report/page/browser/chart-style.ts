/** What all charts have in common: colours of the page, measures, and at most five series. */
import { ruleY } from '@observablehq/plot';
import { describeDuration } from '../../../harness/duration.ts';
import type { SeriesModel } from '../timeline.ts';

export const palette = ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5'].map(
  (name) => `var(${name})`,
);

export const common = (width: number, height: number) =>
  ({
    width,
    height,
    marginLeft: 44,
    marginRight: 16,
    style: { fontSize: '12px', background: 'none', overflow: 'visible' },
  }) as const;

export const durations = (width: number) =>
  ({
    label: null,
    tickFormat: describeDuration,
    ticks: Math.max(3, Math.floor(width / 130)),
  }) as const;

/** Over trial time, from its beginning to where all charts of a page end. */
export const overTime = (width: number, height: number, unit: string, lastsMs: number) => ({
  ...common(width, height),
  x: { ...durations(width), domain: [0, lastsMs] },
  y: { label: unit, grid: true, nice: true },
});

export const baseline = () => ruleY([0], { stroke: 'var(--rule-strong)' });

/** Shows at most five series, the small ones as one: more colours than that nobody tells apart. */
export function gathered(series: readonly SeriesModel[]): SeriesModel[] {
  const size = ({ values }: SeriesModel): number => values.reduce((sum, each) => sum + each, 0);
  const sorted = [...series].sort((a, b) => size(b) - size(a));
  if (sorted.length <= palette.length) return sorted;
  const rest = sorted.slice(palette.length - 1);
  const values = (rest[0]?.values ?? []).map((_, bin) =>
    rest.reduce((sum, each) => sum + (each.values[bin] ?? 0), 0),
  );
  return [...sorted.slice(0, palette.length - 1), { name: `${rest.length} others`, values }];
}

export const colours = (series: readonly SeriesModel[]) =>
  ({ domain: series.map(({ name }) => name), range: palette, legend: true }) as const;
