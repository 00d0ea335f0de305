/** Charts over trial time, all on the same scale, with outages as bands behind them. */
import {
  areaY,
  lineY,
  plot,
  pointerX,
  rectX,
  rectY,
  ruleX,
  stackY,
  text,
  tip,
} from '@observablehq/plot';
import { describeDuration } from '../../../harness/duration.ts';
import type { SeriesModel } from '../timeline.ts';
import { inWords } from '../words.ts';
import { baseline, colours, gathered, overTime } from './chart-style.ts';
import { model } from './model.ts';

type Chart = ReturnType<typeof plot>;

interface Point {
  readonly atMs: number;
  readonly value: number;
  readonly series: string;
}

/** Levels on top of one another: their sum is what matters. */
export function stackedLevels(width: number, series: readonly SeriesModel[]): Chart {
  const shown = gathered(series);
  const points = pointsOf(shown);
  const order = shown.map(({ name }) => name);
  const channels = { x: 'atMs', y: 'value', z: 'series', order } as const;
  const areas = { ...channels, fill: 'series', fillOpacity: 0.85, curve: 'step-after' } as const;
  return plot({
    ...frame(width, 240, 'documents'),
    color: colours(shown),
    marks: [
      ...backdrop(),
      areaY(points, stackY(areas)),
      baseline(),
      tips(points, stackY({ ...channels, title: tipText })),
    ],
  });
}

/** Levels beside one another. */
export function levels(width: number, series: readonly SeriesModel[]): Chart {
  const points = pointsOf(series);
  const channels = { x: 'atMs', y: 'value' } as const;
  return plot({
    ...frame(width, 220, 'at a time'),
    color: colours(series),
    marks: [
      ...backdrop(),
      lineY(points, { ...channels, stroke: 'series', strokeWidth: 1.6, curve: 'step-after' }),
      baseline(),
      tips(points, { ...channels, title: tipText }),
    ],
  });
}

/** Bins of one bar: one alone would be too thin to see. */
const binsOfBar = 4;

/** How often something happened, as bars. */
export function occurrences(width: number, series: readonly SeriesModel[], unit: string): Chart {
  const shown = gathered(series.map(({ name, values }) => ({ name: inWords(name), values })));
  const slice = model.timeline.binMs * binsOfBar;
  const bars = {
    x1: 'atMs',
    x2: ({ atMs }: Point) => atMs + slice,
    y: 'value',
    fill: 'series',
    insetLeft: 0.5,
    insetRight: 0.5,
    order: shown.map(({ name }) => name),
    title: tipText,
  } as const;
  return plot({
    ...frame(width, 200, unit),
    color: colours(shown),
    marks: [
      ...backdrop(),
      rectY(pointsOf(shown.map(coarser), slice).filter(happened), stackY(bars)),
      baseline(),
    ],
  });
}

const coarser = ({ name, values }: SeriesModel): SeriesModel => ({
  name,
  values: Array.from({ length: Math.ceil(values.length / binsOfBar) }, (_, bar) =>
    values.slice(bar * binsOfBar, (bar + 1) * binsOfBar).reduce((sum, each) => sum + each, 0),
  ),
});

const frame = (width: number, height: number, unit: string) =>
  overTime(width, height, unit, model.spanMs);

const tips = (points: readonly Point[], channels: object) =>
  tip(
    points.filter(happened),
    pointerX({ ...channels, fill: 'var(--surface)', stroke: 'var(--rule-strong)' }),
  );

const pointsOf = (series: readonly SeriesModel[], binMs = model.timeline.binMs): Point[] =>
  series.flatMap(({ name, values }) =>
    values.map((value, bin) => ({ atMs: bin * binMs, value, series: name })),
  );

const happened = ({ value }: Point): boolean => value > 0;

const tipText = ({ series, value, atMs }: Point): string =>
  `${series}: ${value}\n+${describeDuration(atMs)}`;

type Outage = (typeof model.outages)[number];

/** Outages as bands, and the line from which on nothing was broken any more. */
const backdrop = () => {
  const healed = model.timeline.phases.filter(({ phase }) => phase === 'heal');
  return [
    rectX(model.outages, {
      x1: 'fromMs',
      x2: 'toMs',
      fill: 'var(--band)',
      fillOpacity: 0.14,
      title: ({ link, fromMs, toMs }: Outage) =>
        `${link} was down for ${describeDuration(toMs - fromMs)}`,
    }),
    ruleX(healed, { x: 'atMs', stroke: 'var(--ink-faint)', strokeDasharray: '4 3' }),
    text(healed, {
      x: 'atMs',
      text: () => 'faults healed',
      frameAnchor: 'top',
      textAnchor: 'end',
      dx: -5,
      dy: -12,
      fill: 'var(--ink-faint)',
    }),
  ];
};
