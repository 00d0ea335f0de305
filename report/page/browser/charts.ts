/** The charts of the report page, by the names of their figures. */
import { type Draw, drawCharts } from './draw-charts.ts';
import { latencyChart } from './latency-chart.ts';
import { model } from './model.ts';
import { levels, occurrences, stackedLevels } from './time-charts.ts';

const { timeline } = model;

const drawings: Readonly<Record<string, Draw>> = {
  owed: (width) => stackedLevels(width, timeline.owed),
  'in-flight': (width) => levels(width, timeline.inFlight),
  faults: (width) => occurrences(width, timeline.faults, 'strikes'),
  exceptions: (width) => occurrences(width, timeline.exceptions, 'exceptions'),
  latency: (width) => latencyChart(width, model.latencies),
};

export const charts = (): void => drawCharts(drawings);
