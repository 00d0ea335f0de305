/**
 * What each system believed about one fact at the end: the last version of every document that stands
 * for it, side by side, with the fields that two of them share and do not agree on.
 */
import type { CommitRecord, HistoryRecord } from '../../../harness/record.ts';
import { inWords, titled } from '../words.ts';
import { dataTable } from './data-table.ts';
import { element, keyLink } from './dom.ts';
import { flattened } from './flatten.ts';
import { since } from './times.ts';

/** Fields that are a system's own business: its number, its clock, its bookkeeping. */
const own =
  /(^|\.)(number|year|createdAt|createdBy|changedAt|changedBy|revision|externalReference)$/;

export function beliefs(records: readonly HistoryRecord[]): HTMLElement | undefined {
  const last = new Map<string, CommitRecord>();
  for (const record of records) {
    if (record.type !== 'commit') continue;
    last.set(`${record.system} ${record.document} ${record.id}`, record);
  }
  if (last.size === 0) return undefined;
  const all = [...last.values()];
  return element(
    'div',
    {},
    element('h4', {}, 'What each side believed at the end'),
    element('div', { class: 'belief-cards' }, all.map(card)),
    all.length > 1 && fields(all),
  );
}

function card({ system, document, id, version, data, at }: CommitRecord): HTMLElement {
  const status = (data as { readonly status?: unknown } | null)?.status;
  return element(
    'div',
    { class: 'belief' },
    element('p', { class: 'eyebrow' }, system),
    element('p', {}, `${titled(document)} `, keyLink(id)),
    element(
      'p',
      { class: 'soft' },
      `version ${version}${typeof status === 'string' ? `, ${inWords(status)}` : ''}, ${since(at)}`,
    ),
  );
}

/** A row for each field that at least two documents have; equal ones are folded away. */
function fields(all: readonly CommitRecord[]): HTMLElement {
  const flat = all.map(({ data }) => flattened(data));
  const paths = [...new Set(flat.flatMap((each) => [...each.keys()]))].filter(
    (path) => !own.test(path) && flat.filter((each) => each.has(path)).length > 1,
  );
  const differs = (path: string): boolean =>
    new Set(flat.flatMap((each) => (each.has(path) ? [each.get(path)] : []))).size > 1;
  const different = paths.filter(differs);
  const same = paths.filter((path) => !differs(path));
  return element(
    'div',
    {},
    different.length > 0
      ? fieldTable(`Shared fields that differ (${different.length})`, different, all, flat, true)
      : element('p', { class: 'soft' }, 'All fields that the documents share are equal.'),
    same.length > 0 &&
      element(
        'details',
        { class: 'as-table' },
        element('summary', {}, `Shared fields that agree (${same.length})`),
        fieldTable('Shared fields that agree', same, all, flat, false),
      ),
  );
}

const fieldTable = (
  caption: string,
  paths: readonly string[],
  all: readonly CommitRecord[],
  flat: readonly ReadonlyMap<string, string>[],
  different: boolean,
): HTMLElement =>
  dataTable(
    { caption, heads: ['field', ...all.map(({ system, id }) => `${system}: ${id}`)] },
    paths.map((path) => ({
      cells: [path, ...flat.map((each) => fieldValue(each.get(path), different))],
    })),
  );

const fieldValue = (value: string | undefined, different: boolean): HTMLElement =>
  value === undefined
    ? element('i', { class: 'soft' }, 'not here')
    : element('span', { class: different ? 'value different' : 'value' }, value);
