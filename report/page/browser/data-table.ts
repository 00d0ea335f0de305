/** Tables that scroll by themselves, named for who listens. The first cell of a row names the row. */
import { type Child, element } from './dom.ts';

export interface TableOptions {
  readonly caption: string;
  readonly class?: string;
  /** Whether the caption is only for who listens. */
  readonly quiet?: boolean;
  readonly heads: readonly string[];
}

export interface TableRow {
  readonly cells: readonly Child[];
  readonly class?: string;
}

export function dataTable(options: TableOptions, rows: readonly TableRow[]): HTMLElement {
  const { caption, heads, quiet } = options;
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    element(
      'table',
      { class: options.class },
      element('caption', { class: quiet === true && 'aside' }, caption),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          heads.map((head) => element('th', { scope: 'col' }, head)),
        ),
      ),
      element(
        'tbody',
        {},
        rows.map((row) => element('tr', { class: row.class }, row.cells.map(cell))),
      ),
    ),
  );
}

const cell = (content: Child, index: number): HTMLElement =>
  index === 0 ? element('th', { scope: 'row' }, content) : element('td', {}, content);
