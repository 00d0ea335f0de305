/** Where any document can be looked up. The journey itself is drawn when somebody asks for one. */
import { type Html, html } from '../html.ts';
import type { PageModel } from '../page-model.ts';
import { section } from './parts.ts';

/** The field that finds documents, for the bar that is always in view. */
export const finder = html`<search class="finder">
  <div class="combobox">
    <input
      id="finder"
      type="text"
      role="combobox"
      aria-label="Find a document by its number"
      aria-expanded="false"
      aria-controls="finder-list"
      aria-autocomplete="list"
      autocomplete="off"
      spellcheck="false"
      placeholder="Find a document by its number"
    />
    <ul id="finder-list" role="listbox" aria-label="Documents found" hidden></ul>
  </div>
</search>`;

export const journey = ({ stages }: PageModel): Html =>
  section(
    'journey',
    'A document’s journey',
    html`Every stage in every system, with times and versions. Press <kbd>/</kbd> and type the
      number of a ${listed(stages.map(({ title }) => title.toLowerCase()))}.`,
    html`<div id="journey-place" class="journey-place" tabindex="-1"></div>
      <noscript>
        <p class="soft">
          Journeys and swimlanes need a browser that runs the script inside this file.
        </p>
      </noscript>`,
  );

/** "a, b or c". */
const listed = (names: readonly string[]): string =>
  names.length < 2
    ? (names[0] ?? 'document')
    : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
