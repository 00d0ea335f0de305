/** Every promise with what it saw: an overview by flow, and the whole list to filter. */
import { type Html, type HtmlValue, html } from '../html.ts';
import type { PageModel } from '../page-model.ts';
import type { InvariantModel } from '../../report-model.ts';
import {
  count,
  counted,
  mark,
  section,
  standing,
  standingOf,
  standingWords,
  standings,
} from './parts.ts';

const rankOf = (each: InvariantModel): number => standings.indexOf(standingOf(each));

export const promises = ({ report }: PageModel): Html =>
  section(
    'promises',
    'Promises',
    'What the integration promises, and how many business keys put each promise to the test.',
    [matrix(report.invariants), list(report.invariants)],
  );

/** Promises named `subject/check`, with a row for each subject that is asked several things. */
function matrix(invariants: readonly InvariantModel[]): Html | string {
  const cells = new Map<string, Map<string, InvariantModel>>();
  for (const each of invariants) {
    const [subject = '', check, more] = each.invariant.split('/');
    if (check === undefined || more !== undefined) continue;
    const row = cells.get(subject) ?? new Map<string, InvariantModel>();
    cells.set(subject, row.set(check, each));
  }
  const rows = [...cells].filter(([, row]) => row.size > 2);
  const checks = [...new Set(rows.flatMap(([, row]) => [...row.keys()]))];
  if (rows.length === 0) return '';
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Promises by flow">
    <table class="matrix">
      <caption>
        Promises by flow: the mark is the verdict, the number how many keys it saw
      </caption>
      <thead>
        <tr>
          <th scope="col">flow</th>
          ${checks.map((check) => html`<th scope="col"><span>${check.replaceAll('-', ' ')}</span></th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([subject, row]) =>
            html`<tr>
              <th scope="row">${subject}</th>
              ${checks.map((check) => cell(row.get(check)))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const cell = (each: InvariantModel | undefined): Html =>
  each === undefined
    ? html`<td class="none"><span class="aside">not asked</span></td>`
    : html`<td class="${standingOf(each)}" title="${each.promise}">
        ${mark(standingOf(each))}<span class="aside">${standingWords[standingOf(each)]}, </span>${
          each.violations > 0
            ? html`<b>${count(each.violations)}</b> of ${count(each.seen)}`
            : count(each.seen)
        }
      </td>`;

const list = (invariants: readonly InvariantModel[]): HtmlValue => [
  filter(invariants),
  html`<div class="scroll tall" tabindex="0" role="region" aria-label="All promises">
    <table id="promises-list">
      <caption class="aside">
        All promises
      </caption>
      <thead>
        <tr>
          <th scope="col">promise</th>
          <th scope="col">verdict</th>
          <th scope="col" class="number">saw</th>
          <th scope="col">found</th>
        </tr>
      </thead>
      <tbody>
        ${invariants.toSorted((a, b) => rankOf(a) - rankOf(b)).map(row)}
      </tbody>
    </table>
  </div>`,
];

function filter(invariants: readonly InvariantModel[]): Html {
  const choices = standings.map((each) => {
    const of = invariants.filter((invariant) => standingOf(invariant) === each).length;
    return html`<label
      ><input type="checkbox" name="status" value="${each}" checked /> ${mark(each)}
      ${standingWords[each]} <span class="soft">${count(of)}</span></label
    >`;
  });
  return html`<form
    class="filter"
    data-filter="promises-list"
    role="search"
    aria-label="Filter the promises"
  >
    <label
      >Filter
      <input type="search" name="text" placeholder="e.g. duplicates, invoice" autocomplete="off"
    /></label>
    <fieldset>
      <legend class="aside">Verdicts shown</legend>
      ${choices}
    </fieldset>
    <output class="soft" aria-live="polite">${counted(invariants.length, 'promise')}</output>
  </form>`;
}

const row = (each: InvariantModel): Html =>
  html`<tr data-status="${standingOf(each)}">
    <th scope="row">
      <span class="name">${each.invariant}</span><span class="soft">${each.promise}</span>
    </th>
    <td>${standing(standingOf(each))}</td>
    <td class="number">${count(each.seen)}</td>
    <td>${found(each)}</td>
  </tr>`;

const found = ({ violations, reason }: InvariantModel): string =>
  violations > 0 ? counted(violations, 'violation') : (reason ?? '');
