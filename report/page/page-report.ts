/**
 * The report as one HTML file that opens without a server: everything it needs is inside, and a
 * content security policy keeps it from asking anybody for anything.
 */
import { createHash } from 'node:crypto';
import type { ReportOptions } from '../report-model.ts';
import { type Archive, archiveOf, chunkRecords } from './archive.ts';
import { type Assets, pageAssets } from './assets.ts';
import { Html, html, jsonForScript } from './html.ts';
import { type PageModel, type PageSource, pageModel } from './page-model.ts';
import { coverage, faults } from './sections/coverage.ts';
import { exceptions, loose } from './sections/exceptions.ts';
import { finder, journey } from './sections/journey.ts';
import { overTime } from './sections/over-time.ts';
import { standingWords, symbols } from './sections/parts.ts';
import { promises } from './sections/promises.ts';
import { summary } from './sections/summary.ts';
import { violations } from './sections/violations.ts';

/** Makes the page of a result. It holds the whole history: some 3 to 4 MB for 100,000 records. */
export async function pageReport(source: PageSource, options: ReportOptions = {}): Promise<string> {
  const model = pageModel(source, options);
  const archive = archiveOf(source.history, source.flows);
  return pageText(model, archive, await pageAssets());
}

/** Nothing may be loaded, sent or framed; of scripts only the one that is inside runs. */
const policy = (script: string): string =>
  [
    "default-src 'none'",
    `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

function pageText(model: PageModel, archive: Archive, { script, styles }: Assets): string {
  const { report } = model;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy(script)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="seatrial" />
        <title>${standingWords[report.verdict]}: ${report.trial}</title>
        <style>
          ${new Html(styles)}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the report</a>
        ${symbols} ${head(model)}
        <main id="main" tabindex="-1">
          ${[summary, violations, journey, promises, faults, coverage, overTime, exceptions, loose].map((part) => part(model))}
        </main>
        <footer>
          <p>
            Made by seatrial from ${model.records.toLocaleString('en-US')} records. All times are
            trial time since the first record, unless they say otherwise.
          </p>
        </footer>
        <div id="said" class="aside" role="status" aria-live="polite"></div>
        ${scripts(model, archive, script)}
      </body>
    </html> `.text;
}

/** Written without a space between, because the policy knows the script by its hash. */
const scripts = (model: PageModel, { index, chunks }: Archive, script: string): Html =>
  new Html(
    [
      `<script type="application/json" id="model">${jsonForScript(forBrowser(model)).text}</script>`,
      // Base64 needs no escaping.
      `<script type="text/plain" id="index">${index}</script>`,
      `<script type="text/plain" id="history">${chunks.join('\n')}</script>`,
      `<script>${script}</script>`,
    ].join('\n'),
  );

/** Of the model what the browser draws; the rest is in the page already. */
function forBrowser(model: PageModel): BrowserModel {
  const { report, startedAt, spanMs, lanes, stages, timeline, latencies, outages } = model;
  const told = report.invariants.flatMap(({ invariant, stories }) =>
    stories.map(
      ({ keys, positions, story }, index): [string, BrowserModel['violations'][string]] => [
        `${invariant}#${index}`,
        { keys, positions, said: story.map(({ position, sentence }) => [position, sentence]) },
      ],
    ),
  );
  const violations = Object.fromEntries(told);
  return {
    startedAt,
    spanMs,
    lanes,
    stages,
    timeline,
    latencies,
    outages,
    violations,
    chunkRecords,
  };
}

/** What the page's script reads from the page. */
export interface BrowserModel extends Pick<
  PageModel,
  'startedAt' | 'spanMs' | 'lanes' | 'stages' | 'timeline' | 'latencies' | 'outages'
> {
  readonly chunkRecords: number;
  readonly violations: Readonly<
    Record<
      string,
      {
        readonly keys: readonly string[];
        readonly positions: readonly number[];
        /** What the story says about which record. */
        readonly said: readonly (readonly [position: number, sentence: string])[];
      }
    >
  >;
}

const sections = [
  ['verdict', 'Verdict'],
  ['violations', 'Violations'],
  ['journey', 'Documents'],
  ['promises', 'Promises'],
  ['faults', 'Faults'],
  ['coverage', 'Coverage'],
  ['time', 'Over time'],
  ['exceptions', 'Exceptions'],
] as const;

const head = ({ report, startedAt }: PageModel): Html =>
  html`<header class="head">
      <div class="head-inner">
        <p class="brand">seatrial</p>
        <div class="head-title">
          <h1>${report.trial}</h1>
          <p class="soft">
            Integration <code>${report.integration}</code> · seed <code>${report.seed}</code> ·
            <time data-at="${startedAt}">${whenText(startedAt)}</time>
          </p>
        </div>
        <button type="button" class="theme" data-theme-switch>Dark</button>
      </div>
    </header>
    <div class="sections">
      <div class="sections-inner">
        <nav aria-label="Sections">
          <ul>
            ${sections.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
          </ul>
        </nav>
        ${finder}
      </div>
    </div>`;

const whenText = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(at) + ' UTC';
