/** Charts, drawn by Observable Plot when they come into view, and anew when their width changes. */
import { whenSeen } from './dom.ts';

export type Draw = (width: number) => SVGSVGElement | HTMLElement;

/** Draws into each figure that has a drawing of its name. */
export function drawCharts(drawings: Readonly<Record<string, Draw>>): void {
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
