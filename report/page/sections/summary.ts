/** The verdict at a glance: what it is, of what, on what evidence, and how to see it again. */
import type { PageModel } from '../page-model.ts';
import { type Html, html } from '../html.ts';
import { command, count, counted, mark, standingOf, standings, time } from './parts.ts';

const headlines = {
  holds: 'Every promise holds',
  violated: 'Promises were broken',
  unknown: 'Not enough was seen to judge',
} as const;

export function summary(model: PageModel): Html {
  const { report } = model;
  return html`<section
    id="verdict"
    class="verdict ${report.verdict}"
    aria-labelledby="verdict-title"
  >
    <div class="verdict-word">
      ${mark(report.verdict)}
      <div>
        <p class="eyebrow">Verdict: ${report.verdict}</p>
        <h2 id="verdict-title">${headlines[report.verdict]}</h2>
        <p class="lead">${sentenceOf(model)}</p>
      </div>
    </div>
    ${tally(model)} ${happened(model)} ${phases(model)}
    <div class="again">
      <h3>Run the same again</h3>
      ${command(report.replay, 'replay command')}
    </div>
  </section>`;
}

function sentenceOf({ report }: PageModel): string {
  const { invariants, faults } = report;
  const broken = invariants.filter(({ status }) => status === 'violated');
  const fired = faults.filter((each) => each.fired > 0).length;
  const under =
    faults.length === 0
      ? 'without any faults'
      : `while ${count(fired)} of ${counted(faults.length, 'planned fault')} struck ${counted(report.counts.faultsFired, 'time')}`;
  if (broken.length > 0) {
    const violations = broken.reduce((sum, each) => sum + each.violations, 0);
    return `${count(broken.length)} of ${counted(invariants.length, 'promise')} were broken, ${counted(violations, 'time')} in all, ${under}.`;
  }
  const kept = invariants.filter(({ status }) => status === 'holds').length;
  return `${count(kept)} of ${counted(invariants.length, 'promise')} held ${under}.`;
}

/** How many promises of each status, as a bar and in words. */
function tally({ report: { invariants } }: PageModel): Html {
  const parts = standings
    .map((each) => ({ each, of: invariants.filter((one) => standingOf(one) === each).length }))
    .filter(({ of }) => of > 0);
  return html`<div class="tally">
    <div class="tally-bar" aria-hidden="true">
      ${parts.map(({ each, of }) => html`<span class="${each}" style="flex-grow:${of}"></span>`)}
    </div>
    <ul>
      ${parts.map(
        ({ each, of }) =>
          html`<li>${mark(each)}<strong>${count(of)}</strong> ${tallyWords[each]}</li>`,
      )}
    </ul>
  </div>`;
}

const tallyWords = {
  violated: 'broken',
  unknown: 'unknown',
  holds: 'held',
  idle: 'not asked, because nothing happened that asks for them',
} as const;

function happened({ report: { counts }, records }: PageModel): Html {
  const figures: readonly (readonly [number, string])[] = [
    [counts.commits, 'document versions'],
    [counts.exchanges, 'exchanges'],
    [counts.messages, 'messages delivered'],
    [counts.faultsFired, 'faults fired'],
    [counts.refusals, 'refusals'],
    [records, 'records of history'],
  ];
  return html`<dl class="figures">
    ${figures.map(
      ([value, name]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${count(value)}</dd>
        </div>`,
    )}
  </dl>`;
}

const phaseWords = {
  workload: 'Business under faults',
  heal: 'Faults healed',
  liveness: 'Waiting for what is owed',
  check: 'Check',
} as const;

function phases({ report }: PageModel): Html {
  const shown = report.phases.filter(({ lastedMs }) => lastedMs > 0);
  return html`<div class="phases">
    <h3>${time(report.lastedMs)} of trial time</h3>
    <ol>
      ${shown.map(
        ({ phase, lastedMs, endedBy }) =>
          html`<li
            class="${phase}"
            style="flex-grow:${Math.max(1, Math.round((lastedMs / report.lastedMs) * 100))}"
          >
            <span>${phaseWords[phase]}</span>
            <small>${time(lastedMs)}${endedBy !== undefined && html`, until ${endedBy}`}</small>
          </li>`,
      )}
    </ol>
  </div>`;
}
