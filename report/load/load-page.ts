/** A load as one HTML page that opens without a server: curve asked and achieved, what was owed, stages, faults. */
import { createHash } from 'node:crypto';
import { describeDuration } from '../../harness/duration.ts';
import { stylesOf } from '../page/assets.ts';
import { Html, html, jsonForScript } from '../page/html.ts';
import {
  count,
  counted,
  section,
  standing,
  standingOf,
  symbols,
  table,
  time,
} from '../page/sections/parts.ts';
import { loadScript } from './load-assets.ts';
import type { LoadModel } from './load-model.ts';

/** What the page's script reads from it. */
export type LoadCharts = Pick<
  LoadModel,
  'lastedMs' | 'binMs' | 'asked' | 'achieved' | 'owed' | 'stages' | 'faults'
>;

export async function loadPage(model: LoadModel): Promise<string> {
  const script = await loadScript();
  const digest = createHash('sha256').update(script).digest('base64');
  const policy = `default-src 'none'; script-src 'sha256-${digest}'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="seatrial" />
        <title>${words[model.outcome]}: ${model.title}</title>
        <style>
          ${new Html(stylesOf('tokens.css', 'base.css', 'page.css'))}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the report</a>
        ${symbols} ${head(model)}
        <main id="main" tabindex="-1">
          ${[summary, overTime, stages, faults, thresholds, promises].map((part) => part(model))}
        </main>
        <footer><p>Made by seatrial. Times count from the beginning of the load.</p></footer>
        ${scripts(model, script)}
      </body>
    </html> `.text;
}

const words: Readonly<Record<LoadModel['outcome'], string>> = {
  holds: 'Fast enough and right',
  'too slow': 'Too slow',
  violated: 'Violated',
  unknown: 'Unknown',
};

/** Written without a space between, because the policy knows the script by its hash. */
function scripts(model: LoadModel, script: string): Html {
  const { lastedMs, binMs, asked, achieved, owed, stages: flows, faults: bands } = model;
  const charts: LoadCharts = {
    lastedMs,
    binMs,
    asked,
    achieved,
    owed,
    stages: flows,
    faults: bands,
  };
  return new Html(
    `<script type="application/json" id="model">${jsonForScript(charts).text}</script>\n<script>${script}</script>`,
  );
}

const head = ({ title, target, report }: LoadModel): Html =>
  html`<header class="head">
    <div class="head-inner">
      <p class="brand">seatrial</p>
      <div class="head-title">
        <h1>${title}</h1>
        <p class="soft">Target <code>${target}</code> · seed <code>${report.seed}</code></p>
      </div>
      <button type="button" class="theme" data-theme-switch>Dark</button>
    </div>
  </header>`;

function summary(model: LoadModel): Html {
  const { outcome, arrivalsAchieved, arrivalsAsked, dropped, requests, lastedMs, owed, report } =
    model;
  const missed = model.thresholds.filter(({ ok }) => !ok).length;
  const broken = report.invariants.filter(({ status }) => status === 'violated').length;
  return section(
    'verdict',
    words[outcome],
    `${counted(missed, 'limit was', 'limits were')} missed; ${counted(broken, 'promise was', 'promises were')} broken.`,
    table(
      'The load in figures',
      [{ title: 'figure' }, { title: 'value', number: true }],
      [
        ['Arrivals asked', count(arrivalsAsked)],
        ['Arrivals achieved', count(arrivalsAchieved)],
        ['Found no room in k6', count(dropped)],
        ['Requests of k6', count(requests)],
        ['Most owed at a time', count(Math.max(0, ...owed))],
        ['Lasted', time(lastedMs)],
      ],
    ),
  );
}

const tableRows = 24;

function overTime({ asked, achieved, owed, binMs }: LoadModel): Html {
  const bins = Math.max(asked.length, achieved.length, owed.length);
  const step = Math.max(1, Math.ceil(bins / tableRows));
  const mean = (series: readonly number[], from: number): string => {
    const part = series.slice(from, from + step);
    return (part.reduce((sum, each) => sum + each, 0) / step).toFixed(2);
  };
  const rows = Array.from({ length: Math.ceil(bins / step) }, (_, row) => row * step);
  return section('time', 'Over time', 'Shaded bands are faults while they struck.', [
    chart('arrivals', 'Arrivals a second, asked and achieved'),
    chart('owed', 'What was owed'),
    html`<details class="as-table">
      <summary>Over time, as a table</summary>
      ${table(
        'Arrivals a second and what was owed',
        [
          { title: 'from' },
          { title: 'asked', number: true },
          { title: 'achieved', number: true },
          { title: 'most owed', number: true },
        ],
        rows.map((from) => [
          time(from * binMs),
          mean(asked, from),
          mean(achieved, from),
          count(Math.max(0, ...owed.slice(from, from + step))),
        ]),
      )}
    </details>`,
  ]);
}

const chart = (name: string, title: string): Html =>
  html`<figure class="chart" data-chart="${name}">
    <figcaption>${title}</figcaption>
    <div class="plot"></div>
  </figure>`;

const stages = (model: LoadModel): Html =>
  section(
    'stages',
    'Latency by stage',
    'From the fact in one system to its arrival in the other, as the landscape saw it.',
    [
      model.stages.length > 0 && chart('latency', 'Latency by stage of the workflow'),
      table(
        'Latency by stage',
        [
          'stage',
          'arrivals',
          'median',
          '95 of 100 within',
          '99 of 100 within',
          'longest',
          'limit',
        ].map((title, index) => ({ title, number: index > 0 })),
        model.stages.map(({ flow, count: of, p50, p95, p99, longest, limitMs }) => [
          flow,
          count(of),
          ...[p50, p95, p99, longest].map(time),
          limitMs === undefined ? 'none' : time(limitMs),
        ]),
      ),
    ],
  );

const faults = ({ faults: bands }: LoadModel): Html =>
  section(
    'faults',
    'Faults',
    bands.length === 0 ? 'Nothing went wrong on purpose.' : '',
    bands.length > 0 &&
      table(
        'Faults while they struck',
        [
          { title: 'fault' },
          { title: 'from', number: true },
          { title: 'until', number: true },
          { title: 'strikes', number: true },
        ],
        bands.map(({ fault, fromMs, toMs, strikes }) => [
          fault,
          time(fromMs),
          time(toMs),
          count(strikes),
        ]),
      ),
  );

const thresholds = ({ thresholds: all }: LoadModel): Html =>
  section(
    'limits',
    'Limits',
    '',
    table(
      'Limits as k6 judged them',
      [{ title: 'metric' }, { title: 'limit' }, { title: 'result' }],
      all
        .toSorted((a, b) => Number(a.ok) - Number(b.ok))
        .map(({ metric, limit, ok }) => [metric, limit, standing(ok ? 'holds' : 'violated')]),
    ),
  );

const promises = ({ report }: LoadModel): Html =>
  section(
    'promises',
    'Promises',
    `The business while it was under load: ${report.verdict}, ${describeDuration(report.lastedMs)}.`,
    table(
      'Promises',
      [
        { title: 'promise' },
        { title: 'standing' },
        { title: 'exercised', number: true },
        { title: 'violations', number: true },
        { title: 'what was wrong' },
      ],
      report.invariants
        .toSorted((a, b) => Number(b.violations > 0) - Number(a.violations > 0))
        .map((each) => [
          each.invariant,
          standing(standingOf(each)),
          count(each.seen),
          count(each.violations),
          each.stories[0]?.sentence ?? '',
        ]),
    ),
  );
