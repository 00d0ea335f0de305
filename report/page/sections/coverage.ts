/** How much the trial put to the test: faults that fired, flows that were owed, states that were reached. */
import { type Html, html } from '../html.ts';
import type { PageModel } from '../page-model.ts';
import type { StateCoverage } from '../state-coverage.ts';
import { inWords, titled } from '../words.ts';
import { count, section, table } from './parts.ts';

export const faults = ({ report }: PageModel): Html =>
  section(
    'faults',
    'Faults',
    report.faults.length === 0
      ? 'No faults were planned.'
      : 'What was broken on purpose, and how often it really struck. A fault that never fired proves nothing.',
    report.faults.length > 0 && [
      faultTable(report.faults),
      html`<figure class="chart" data-chart="faults">
        <figcaption>Strikes over trial time</figcaption>
        <div class="plot"></div>
      </figure>`,
    ],
  );

function faultTable(all: PageModel['report']['faults']): Html {
  const most = Math.max(1, ...all.map(({ fired }) => fired));
  return table(
    'Planned faults and how often each fired',
    [
      { title: 'fault' },
      { title: 'kind' },
      { title: 'link' },
      { title: 'fired', number: true },
      { title: 'as a bar', quiet: true },
    ],
    all.map(({ fault, kind, link, fired }) => [
      fault,
      inWords(kind),
      link,
      fired === 0 ? html`<span class="pill unknown">never</span>` : count(fired),
      bar(fired / most, 'fault'),
    ]),
  );
}

/** A bar that only repeats the number beside it. */
const bar = (share: number, kind: string): Html =>
  html`<span class="bar ${kind}" aria-hidden="true"
    ><span style="width:${(share * 100).toFixed(1)}%"></span
  ></span>`;

export const coverage = (model: PageModel): Html =>
  section(
    'coverage',
    'Coverage',
    'Which flows were owed documents and how many arrived, and which states the documents went through.',
    [flowTable(model), states(model.states)],
  );

const flowTable = ({ report: { flows } }: PageModel): Html =>
  table(
    'Flows: documents owed and arrived',
    [
      { title: 'flow' },
      { title: 'owed', number: true },
      { title: 'arrived', number: true },
      { title: 'missing', number: true },
      { title: 'as a bar', quiet: true },
    ],
    flows.map(({ flow, owed, arrived }) => [
      flow,
      owed === 0 ? html`<span class="pill unknown">none</span>` : count(owed),
      count(arrived),
      owed > arrived ? html`<span class="pill violated">${count(owed - arrived)}</span>` : '0',
      owed > 0 && bar(arrived / owed, arrived < owed ? 'short' : 'whole'),
    ]),
  );

function states(kinds: readonly StateCoverage[]): Html | string {
  const shown = kinds.filter(({ states: all }) => all.length > 0);
  if (shown.length === 0) return '';
  return html`<h3>States of documents</h3>
    <p class="soft">
      How many documents were ever in each state. A dashed state was never reached.
    </p>
    <div class="states">${shown.map(kindStates)}</div>`;
}

function kindStates({ system, document, declared, documents, states: all }: StateCoverage): Html {
  const reached = all.filter((each) => each.documents > 0).length;
  return html`<div class="state-kind">
    <h4>
      ${titled(document)}
      <span class="soft"
        >in ${system}, ${declared ? `${reached} of ${all.length}` : reached} states,
        ${count(documents)} documents</span
      >
    </h4>
    <ul>
      ${all.map(
        ({ state, documents: of }) =>
          html`<li class="${of === 0 ? 'missed' : 'reached'}">
            <span>${inWords(state)}</span> <b>${of === 0 ? 'never' : count(of)}</b>
          </li>`,
      )}
    </ul>
  </div>`;
}
