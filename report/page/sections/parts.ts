/** Pieces that several sections of the page are made of. */
import { describeDuration } from '../../../harness/duration.ts';
import type { VerdictStatus } from '../../../harness/invariant.ts';
import type { InvariantModel } from '../../report-model.ts';
import { type Html, type HtmlValue, html } from '../html.ts';

/** Shapes of their own, so that a status is told without its colour, too. */
export const symbols = html`<svg
  class="symbols"
  aria-hidden="true"
  focusable="false"
  width="0"
  height="0"
>
  <symbol id="mark-holds" viewBox="0 0 20 20">
    <circle cx="10" cy="10" r="9" fill="currentColor" />
    <path
      d="M5.8 10.4l2.9 2.9 5.6-6.2"
      fill="none"
      stroke="var(--surface)"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </symbol>
  <symbol id="mark-violated" viewBox="0 0 20 20">
    <path d="M6.2 1h7.6L19 6.2v7.6L13.8 19H6.2L1 13.8V6.2z" fill="currentColor" />
    <path
      d="M6.8 6.8l6.4 6.4M13.2 6.8l-6.4 6.4"
      stroke="var(--surface)"
      stroke-width="2"
      stroke-linecap="round"
    />
  </symbol>
  <symbol id="mark-unknown" viewBox="0 0 20 20">
    <circle
      cx="10"
      cy="10"
      r="8"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-dasharray="3.2 2"
    />
    <circle cx="10" cy="10" r="2.2" fill="currentColor" />
  </symbol>
  <symbol id="mark-idle" viewBox="0 0 20 20">
    <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" stroke-width="1.6" />
    <path d="M6.5 10h7" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />
  </symbol>
</svg>`;

/** A promise that only something particular asks for, which did not happen, is not in doubt. */
export type Standing = VerdictStatus | 'idle';

export const standings = ['violated', 'unknown', 'holds', 'idle'] as const;

export const standingOf = ({ status, idle }: InvariantModel): Standing =>
  status === 'unknown' && idle ? 'idle' : status;

export const standingWords: Readonly<Record<Standing, string>> = {
  holds: 'Holds',
  violated: 'Violated',
  unknown: 'Unknown',
  idle: 'Not asked',
};

export const mark = (of: Standing): Html =>
  html`<svg class="mark ${of}" aria-hidden="true" focusable="false">
    <use href="#mark-${of}" />
  </svg>`;

/** Mark and word. */
export const standing = (of: Standing): Html =>
  html`<span class="status ${of}">${mark(of)}${standingWords[of]}</span>`;

export const count = (value: number): string => value.toLocaleString('en-US');

/** `1 violation`, `2 violations`. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

export const time = (ms: number): string => describeDuration(ms);

/** A business key that leads to its journey. */
export const keyLink = (key: string): Html =>
  html`<a class="key" href="#journey=${encodeURIComponent(key)}">${key}</a>`;

/** A command, with a button that copies it. */
export const command = (text: string, label: string): Html =>
  html`<div class="command">
    <code>${text}</code>
    <button type="button" class="copy" data-copy="${text}" aria-label="Copy the ${label}">
      Copy
    </button>
  </div>`;

export interface Column {
  readonly title: string;
  readonly number?: boolean;
  /** Whether the title is only for who listens. */
  readonly quiet?: boolean;
}

const head = ({ title, number, quiet }: Column): Html => {
  const text = quiet === true ? html`<span class="aside">${title}</span>` : title;
  return number === true
    ? html`<th scope="col" class="number">${text}</th>`
    : html`<th scope="col">${text}</th>`;
};

/** A table that scrolls by itself on narrow screens. The first cell of each row names it. */
export const table = (
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly HtmlValue[])[],
): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption class="aside">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(head)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell, index) =>
                index === 0
                  ? html`<th scope="row">${cell}</th>`
                  : html`<td${columns[index]?.number === true && html` class="number"`}>${cell}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

/** A part of the page that can be reached by its heading. */
export const section = (id: string, title: string, lead: HtmlValue, body: HtmlValue): Html =>
  html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${lead !== '' && html`<p class="lead">${lead}</p>`} ${body}
  </section>`;
