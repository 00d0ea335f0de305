/** The field that finds documents: a combobox as the ARIA practices describe it. */
import { byId, element, say } from './dom.ts';
import { type Lookup, theLookup } from './lookup.ts';
import { titled } from '../words.ts';

export class Finder {
  readonly #input = byId<HTMLInputElement>('finder');
  readonly #list = byId('finder-list');
  readonly #choose: (key: string) => void;
  #found: readonly string[] = [];
  #active = -1;

  constructor(choose: (key: string) => void) {
    this.#choose = choose;
    this.#input.addEventListener('focus', () => void theLookup());
    this.#input.addEventListener('input', () => void this.#search());
    this.#input.addEventListener('keydown', (event) => this.#press(event));
    this.#input.addEventListener('blur', () => this.#show([]));
    document.addEventListener('keydown', (event) => this.#jump(event));
  }

  set value(key: string) {
    this.#input.value = key;
  }

  async #search(): Promise<void> {
    const text = this.#input.value;
    const lookup = await theLookup();
    // Who types on while the index is unpacked asks something else by now.
    if (text === this.#input.value) this.#show(lookup.search(text), lookup);
  }

  #show(found: readonly string[], lookup?: Lookup): void {
    this.#found = found;
    this.#list.replaceChildren(...found.map((key, index) => this.#option(key, index, lookup)));
    this.#list.hidden = found.length === 0;
    this.#input.setAttribute('aria-expanded', String(found.length > 0));
    this.#point(-1);
    if (lookup !== undefined && this.#input.value !== '') {
      say(found.length === 0 ? 'No document found.' : `${found.length} numbers found.`);
    }
  }

  #option(key: string, index: number, lookup: Lookup | undefined): HTMLElement {
    const kinds = lookup?.documentsOf(key) ?? [];
    const where = [
      ...new Set(kinds.map(({ document, system }) => `${titled(document)} in ${system}`)),
    ];
    const option = element(
      'li',
      { id: `finder-${index}`, role: 'option', 'aria-selected': 'false' },
      element('span', { class: 'key' }, key),
      ' ',
      element('span', { class: 'soft' }, where.join(', ')),
    );
    option.addEventListener('mousedown', (event) => {
      event.preventDefault();
      this.#take(key);
    });
    return option;
  }

  #press(event: KeyboardEvent): void {
    const last = this.#found.length - 1;
    if (event.key === 'ArrowDown') this.#point(this.#active >= last ? 0 : this.#active + 1);
    else if (event.key === 'ArrowUp') this.#point(this.#active <= 0 ? last : this.#active - 1);
    else if (event.key === 'Escape') this.#show([]);
    else if (event.key === 'Enter') {
      const key = this.#found[this.#active] ?? this.#found[0] ?? this.#input.value.trim();
      if (key !== '') this.#take(key);
    } else return;
    event.preventDefault();
  }

  #point(to: number): void {
    this.#active = to;
    [...this.#list.children].forEach((option, index) => {
      option.setAttribute('aria-selected', String(index === to));
      if (index === to) option.scrollIntoView({ block: 'nearest' });
    });
    if (to < 0) this.#input.removeAttribute('aria-activedescendant');
    else this.#input.setAttribute('aria-activedescendant', `finder-${to}`);
  }

  #take(key: string): void {
    this.#show([]);
    this.#input.value = key;
    this.#choose(key);
  }

  /** `/` leads here from wherever nothing is typed. */
  #jump(event: KeyboardEvent): void {
    const typing =
      event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#input.focus();
    this.#input.select();
  }
}
