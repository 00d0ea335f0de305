/** The trial over time: charts, each with the same as a table for those who cannot see it. */
import { type Html, html } from '../html.ts';
import type { PageModel } from '../page-model.ts';
import type { SeriesModel } from '../timeline.ts';
import { count, counted, keyLink, section, table, time } from './parts.ts';

export const overTime = (model: PageModel): Html =>
  section(
    'time',
    'Over time',
    'What was owed and on its way while the trial ran. Shaded bands are outages as the integration met them.',
    [
      chart('owed', 'Documents owed, by flow', seriesTable(model, model.timeline.owed)),
      chart(
        'in-flight',
        'Messages and exchanges in flight',
        seriesTable(model, model.timeline.inFlight),
      ),
      latency(model),
      outages(model),
    ],
  );

const chart = (name: string, title: string, below: Html): Html =>
  html`<figure class="chart" data-chart="${name}">
    <figcaption>${title}</figcaption>
    <div class="plot"></div>
    <details class="as-table">
      <summary>${title}, as a table</summary>
      ${below}
    </details>
  </figure>`;

const tableRows = 12;

/** Peaks in a dozen slices of the time. */
function seriesTable({ timeline: { binMs } }: PageModel, series: readonly SeriesModel[]): Html {
  const bins = series[0]?.values.length ?? 0;
  const step = Math.ceil(bins / tableRows) || 1;
  const starts = Array.from({ length: Math.ceil(bins / step) }, (_, index) => index * step);
  return table(
    'Most at a time in each slice of the trial',
    [{ title: 'from' }, ...series.map(({ name }) => ({ title: name, number: true }))],
    starts.map((from) => [
      time(from * binMs),
      ...series.map(({ values }) => count(Math.max(0, ...values.slice(from, from + step)))),
    ]),
  );
}

function latency({ latencies }: PageModel): Html | string {
  if (latencies.length === 0) return '';
  return html`<figure class="chart" data-chart="latency">
    <figcaption>
      Latency by stage of the workflow: from the fact to its arrival in the other system
    </figcaption>
    <div class="plot"></div>
    ${table(
      'Latency by stage, in trial time',
      [
        { title: 'stage' },
        { title: 'arrivals', number: true },
        { title: 'median', number: true },
        { title: '95 of 100 within', number: true },
        { title: 'longest', number: true },
        { title: 'slowest document' },
      ],
      latencies.map(({ flow, count: of, p50, p95, longest, slowest }) => [
        flow,
        count(of),
        time(p50),
        time(p95),
        time(longest),
        keyLink(slowest),
      ]),
    )}
  </figure>`;
}

function outages({ outages: all }: PageModel): Html {
  if (all.length === 0)
    return html`<h3>Outages</h3>
      <p class="soft">No link was ever down.</p>`;
  return html`<h3>Outages</h3>
    ${table(
      'Outages as the integration met them',
      [
        { title: 'link' },
        { title: 'from', number: true },
        { title: 'until', number: true },
        { title: 'lasted', number: true },
        { title: 'turned away', number: true },
        { title: 'fault' },
      ],
      all.map(({ link, fromMs, toMs, turnedAway, faults }) => [
        link,
        `+${time(fromMs)}`,
        `+${time(toMs)}`,
        time(toMs - fromMs),
        counted(turnedAway, 'call'),
        faults.length === 0 ? 'none was planned' : faults.join(', '),
      ]),
    )}`;
}
