/** What went wrong on the way, split by who can help: waiting, or somebody who looks into it. */
import type { ExceptionClass, ExceptionGroup } from '../exceptions.ts';
import { type Html, html } from '../html.ts';
import type { PageModel } from '../page-model.ts';
import { inWords } from '../words.ts';
import { count, counted, keyLink, section, table } from './parts.ts';

const kinds: Readonly<Record<ExceptionClass, { title: string; says: string }>> = {
  transient: {
    title: 'Transient',
    says: 'Nothing is wrong with the document: the same call a little later may get through.',
  },
  business: {
    title: 'Business',
    says: 'The other system refused the document: trying again does not help, somebody has to look.',
  },
};

export const exceptions = (model: PageModel): Html =>
  section(
    'exceptions',
    'Exceptions',
    model.exceptions.length === 0
      ? 'Nothing was refused and nothing failed.'
      : 'Calls and messages that did not succeed, by what helps against them.',
    model.exceptions.length > 0 && [
      html`<figure class="chart" data-chart="exceptions">
        <figcaption>Exceptions over trial time</figcaption>
        <div class="plot"></div>
      </figure>`,
      (['transient', 'business'] as const).map((kind) =>
        part(
          kind,
          model.exceptions.filter((each) => each.class === kind),
        ),
      ),
    ],
  );

function part(kind: ExceptionClass, groups: readonly ExceptionGroup[]): Html {
  const total = groups.reduce((sum, each) => sum + each.count, 0);
  const { title, says } = kinds[kind];
  return html`<h3>${title} <span class="soft">${count(total)}</span></h3>
    <p class="soft">${says}</p>
    ${groups.length > 0 && exceptionTable(`${title} exceptions`, groups)}`;
}

const exceptionTable = (caption: string, groups: readonly ExceptionGroup[]): Html =>
  table(
    caption,
    [
      { title: 'reason' },
      { title: 'at' },
      { title: 'while' },
      { title: 'times', number: true },
      { title: 'documents', number: true },
      { title: 'got through later', number: true },
      { title: 'for example' },
    ],
    groups.map(({ reason, party, operation, count: of, keys, recovered, examples }) => [
      reason,
      party,
      inWords(operation),
      count(of),
      count(keys),
      keys === 0 ? '' : `${count(recovered)} of ${count(keys)}`,
      html`<span class="keys">${examples.map(keyLink)}</span>`,
    ]),
  );

/** What the trial leaves open: doubts, what never came, and the integration's last words. */
export function loose({ report }: PageModel): Html | string {
  const { doubts, owed, output } = report;
  if (doubts.length === 0 && owed.length === 0 && output === undefined) return '';
  return section('open', 'Left open', '', [
    doubts.length > 0 &&
      html`<h3>Doubts</h3>
        <ul>
          ${doubts.map((each) => html`<li>${each}</li>`)}
        </ul>`,
    owed.length > 0 &&
      html`<h3>Still owed at the end</h3>
        <ul>
          ${owed.map(
            ({ what, count: of, example }) =>
              html`<li>
                ${what}:
                ${counted(of, 'document')}${example !== undefined && html`, for example ${keyLink(example)}`}
              </li>`,
          )}
        </ul>`,
    output !== undefined &&
      html`<details class="as-table">
        <summary>The last that the integration wrote</summary>
        <pre tabindex="0">${output}</pre>
      </details>`,
  ]);
}
