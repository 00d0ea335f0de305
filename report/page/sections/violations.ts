/** Each broken promise: how it came about, what each side believed at the end, and how to see it again. */
import type { Comparison } from '../comparison.ts';
import type { PageModel } from '../page-model.ts';
import { type Html, html } from '../html.ts';
import type { InvariantModel, StoryModel } from '../../report-model.ts';
import { command, count, counted, keyLink, mark, section, table, time } from './parts.ts';

export function violations(model: PageModel): Html {
  const broken = model.report.invariants.filter(({ status }) => status === 'violated');
  if (broken.length === 0) {
    const nothing = html`<p class="calm">${mark('holds')} No promise was broken.</p>`;
    return section('violations', 'Violations', '', nothing);
  }
  const total = broken.reduce((sum, each) => sum + each.violations, 0);
  return section(
    'violations',
    'Violations',
    `${counted(total, 'violation')} of ${counted(broken.length, 'promise')}. Open one to see every message and call that led to it.`,
    [contents(broken), broken.map((each) => invariant(each, model))],
  );
}

const anchor = (name: string): string => `violated-${name.replaceAll(/[^\w-]+/g, '-')}`;

const contents = (broken: readonly InvariantModel[]): Html =>
  html`<nav class="contents" aria-label="Broken promises">
    <ul>
      ${broken.map(
        ({ invariant: name, violations: of }) =>
          html`<li>
            <a href="#${anchor(name)}">${name}</a> <span class="pill violated">${count(of)}</span>
          </li>`,
      )}
    </ul>
  </nav>`;

function invariant(each: InvariantModel, model: PageModel): Html {
  const { invariant: name, promise, violations: of, stories } = each;
  const unlisted = of - stories.length;
  return html`<article class="broken" id="${anchor(name)}" aria-labelledby="${anchor(name)}-title">
    <header>
      <h3 id="${anchor(name)}-title">${mark('violated')}<span>${name}</span></h3>
      <p>
        ${promise}
        <span class="soft"
          >Seen on ${counted(each.seen, 'key')}; broken ${counted(of, 'time')}.</span
        >
      </p>
    </header>
    ${stories.map((story, index) => violation(story, `${name}#${index}`, index === 0, model))}
    ${unlisted > 0 && html`<p class="soft">${counted(unlisted, 'more violation')} of this promise ${unlisted === 1 ? 'is' : 'are'} counted and not listed.</p>`}
  </article>`;
}

function violation(story: StoryModel, id: string, open: boolean, model: PageModel): Html {
  const compared = model.comparisons[id];
  return html`<details class="violation" data-violation="${id}" ${open && html` open`}>
    <summary><span>${story.sentence}</span></summary>
    <div class="violation-body">
      <p class="keys">${story.keys.map(keyLink)}</p>
      ${told(story)}
      <div class="swimlane-place" data-swimlane="${id}">
        <p class="soft waiting">The swimlane is drawn when it comes into view.</p>
      </div>
      ${compared === undefined ? '' : comparison(compared)} ${expected(story)}
      <div class="beliefs-place" data-beliefs="${id}"></div>
      <h4>See it again</h4>
      ${command(model.report.replay, 'replay command')}
    </div>
  </details>`;
}

const told = ({ story }: StoryModel): Html | string =>
  story.length === 0
    ? ''
    : html`<h4>In short</h4>
        <ol class="story">
          ${story.map(
            ({ afterMs, sentence }) =>
              html`<li><span class="when">+${time(afterMs)}</span> <span>${sentence}</span></li>`,
          )}
        </ol>`;

/** The documents side by side, fields that differ first. */
function comparison({ flow, sides, fields }: Comparison): Html {
  const order = fields.toSorted(
    (a, b) => Number(b.differs.includes(true)) - Number(a.differs.includes(true)),
  );
  const different = fields.filter(({ differs }) => differs.includes(true)).length;
  const lead =
    sides.length === 1
      ? 'It never arrived: there is no document on the other side.'
      : `${counted(sides.length - 1, 'document')} on the other side; ${different === 0 ? 'all fields agree' : counted(different, 'field differs', 'fields differ')}.`;
  const rows = order.map(({ field, values, differs }) => [
    html`${field}${differs.includes(true) && html` <span class="pill violated">differs</span>`}`,
    ...values.map(
      (value, index) =>
        html`<span class="value${differs[index] === true && ' different'}"
          >${value === null ? html`<i class="soft">not set</i>` : fieldText(value)}</span
        >`,
    ),
  ]);
  const head = sides.map(({ system, document, id, version }) => ({
    title: `${system}: ${document} ${id}, version ${version}`,
  }));
  return html`<h4>Side by side at the end</h4>
    <p class="soft">${lead}</p>
    ${table(`Fields that ${flow} promises to agree on`, [{ title: 'field' }, ...head], rows)}`;
}

/** Lists of `line=value` are easier to compare one below the other. */
const fieldText = (value: string): Html =>
  html`${value.split(/(?<=\S) (?=\S+=)|, /).map((line) => html`<span class="line">${line}</span>`)}`;

function expected({ expected: should, actual: is }: StoryModel): Html | string {
  if (should === undefined && is === undefined) return '';
  const text = (value: unknown): string =>
    typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return html`<dl class="expected">
    <div>
      <dt>Expected</dt>
      <dd>${text(should)}</dd>
    </div>
    <div>
      <dt>Found</dt>
      <dd>${text(is)}</dd>
    </div>
  </dl>`;
}
