/** The charts, drawn by Observable Plot when they come into view, and anew when their width changes. */
import { whenSeen } from './dom.ts';
import { latencyChart } from './latency-chart.ts';
import { model } from './model.ts';
import { levels, occurrences, stackedLevels } from './time-charts.ts';

type Draw = (width: number) => SVGSVGElement | HTMLElement;

const { timeline } = model;

const drawings: Readonly<Record<string, Draw>> = {
  owed: (width) => stackedLevels(width, timeline.owed),
  'in-flight': (width) => levels(width, timeline.inFlight),
  faults: (width) => occurrences(width, timeline.faults, 'strikes'),
  exceptions: (width) => occurrences(width, timeline.exceptions, 'exceptions'),
  latency: latencyChart,
};

export function charts(): void {
  for (const figure of document.querySelectorAll<HTMLElement>('[data-chart]')) {
    const draw = drawings[figure.dataset['chart'] ?? ''];
    const place = figure.querySelector<HTMLElement>('.plot');
    if (draw !== undefined && place !== null) {
      whenSeen(figure, () => follow(place, figure, draw));
    }
  }
}

function follow(place: HTMLElement, figure: HTMLElement, draw: Draw): void {
  const label = figure.querySelector('figcaption')?.textContent ?? '';
  let drawn = 0;
  new ResizeObserver(() => {
    const width = Math.floor(place.clientWidth);
    if (width === 0 || width === drawn) return;
    drawn = width;
    const chart = draw(width);
    // The last drawing is the chart; those before it are of its legend.
    const drawing =
      chart instanceof SVGSVGElement ? chart : [...chart.querySelectorAll('svg')].at(-1);
    drawing?.setAttribute('role', 'img');
    drawing?.setAttribute('aria-label', `${label}. The same numbers are in the table below it.`);
    // As a picture it has one name; those that Plot gives its parts would be read out, too.
    for (const part of drawing?.querySelectorAll('[aria-label]') ?? []) {
      part.removeAttribute('aria-label');
    }
    place.replaceChildren(chart);
  }).observe(place);
}
