/** One document's journey: every stage of its business in every system, with times and versions. */
import type { CommitRecord, HistoryRecord } from '../../../harness/record.ts';
import { inWords, titled } from '../words.ts';
import { archivedRecords } from './archive.ts';
import { dataTable } from './data-table.ts';
import { byId, element, keyLink, say } from './dom.ts';
import { differencesOf } from './flatten.ts';
import { type FoundDocument, theLookup } from './lookup.ts';
import { model } from './model.ts';
import { swimlane } from './swimlane.ts';
import { exactly, onClock, since } from './times.ts';

export async function showJourney(key: string): Promise<void> {
  const place = byId('journey-place');
  const lookup = await theLookup();
  const documents = lookup.journeyOf(key);
  if (documents.length === 0) {
    place.replaceChildren(element('p', { class: 'calm' }, `No document has the number ${key}.`));
    return;
  }
  const records = await archivedRecords(documents.flatMap(({ commits }) => commits));
  const versions = versionsOf(records);
  place.replaceChildren(
    element('h3', { id: 'journey-of' }, 'Journey of ', element('code', {}, key)),
    element('p', { class: 'soft' }, sentenceOf(documents, records)),
    matrix(documents, versions, key),
    ...others(documents, versions),
    wires(key, documents),
  );
  say(`Journey of ${key}: ${documents.length} documents.`);
}

type Versions = ReadonlyMap<string, readonly CommitRecord[]>;

const nameOf = ({
  system,
  document,
  id,
}: Pick<CommitRecord, 'system' | 'document' | 'id'>): string => `${system} ${document} ${id}`;

function versionsOf(records: readonly HistoryRecord[]): Versions {
  const versions = new Map<string, CommitRecord[]>();
  for (const record of records) {
    if (record.type !== 'commit') continue;
    const name = nameOf(record);
    versions.set(name, [...(versions.get(name) ?? []), record]);
  }
  return versions;
}

function sentenceOf(
  documents: readonly FoundDocument[],
  records: readonly HistoryRecord[],
): string {
  const systems = new Set(documents.map(({ system }) => system)).size;
  const [first, last] = [records[0]?.at ?? 0, records.at(-1)?.at ?? 0];
  return `${documents.length} documents in ${systems} systems, ${records.length} versions, from ${since(first)} to ${since(last)}.`;
}

const isOf = ({ system, document }: FoundDocument, stage: (typeof model.stages)[number]): boolean =>
  stage.kinds.some((kind) => kind.system === system && kind.document === document);

/** A row for each stage, a column for each system. */
function matrix(documents: readonly FoundDocument[], versions: Versions, key: string): HTMLElement {
  const lanes = model.lanes.filter(({ name }) => name !== 'integration');
  const rows = model.stages.map((stage) => {
    const ofStage = documents.filter((each) => isOf(each, stage));
    const cells = lanes.map(({ name }) =>
      ofStage
        .filter(({ system }) => system === name)
        .map((each) => documentCard(each, versions, key)),
    );
    return {
      cells: [stage.title, ...cells],
      ...(ofStage.length === 0 ? { class: 'nothing' } : {}),
    };
  });
  const heads = ['stage', ...lanes.map(({ title }) => title)];
  const caption = `Stages of ${key} by system`;
  return dataTable({ caption, heads, quiet: true, class: 'journey' }, rows);
}

function documentCard(document: FoundDocument, versions: Versions, key: string): HTMLElement {
  const all = versions.get(nameOf(document)) ?? [];
  return element(
    'div',
    { class: document.id === key ? 'document-card asked' : 'document-card' },
    element('p', { class: 'document-name' }, `${titled(document.document)} `, keyLink(document.id)),
    element(
      'ol',
      { class: 'versions', 'aria-label': `Versions of ${document.id}` },
      all.map((record, index) => version(record, all[index - 1])),
    ),
  );
}

/** A version with the time it was committed; opened, it shows what it changed. */
function version(record: CommitRecord, before: CommitRecord | undefined): HTMLElement {
  const { status } = record.data as { readonly status?: unknown };
  const details = element(
    'details',
    {},
    element(
      'summary',
      { title: onClock(record.at) },
      element('b', {}, `v${record.version}`),
      ` ${exactly(record.at)} `,
      typeof status === 'string' && element('span', { class: 'state' }, inWords(status)),
    ),
  );
  details.addEventListener(
    'toggle',
    () => {
      details.append(before === undefined ? wholeDocument(record) : changes(before, record));
    },
    { once: true },
  );
  return element('li', {}, details);
}

const wholeDocument = ({ data }: CommitRecord): HTMLElement =>
  element('pre', { tabindex: 0 }, JSON.stringify(data, null, 2));

function changes(before: CommitRecord, after: CommitRecord): HTMLElement {
  const all = differencesOf(before.data, after.data);
  if (all.length === 0) return element('p', { class: 'soft' }, 'Nothing changed.');
  return element(
    'dl',
    { class: 'changes' },
    all.map(({ path, before: old, after: now }) =>
      element(
        'div',
        {},
        element('dt', {}, path),
        element(
          'dd',
          {},
          old !== undefined && element('del', {}, old),
          old !== undefined && now !== undefined && ' ',
          now !== undefined && element('ins', {}, now),
        ),
      ),
    ),
  );
}

/** Documents of no stage: postings, movements, and what else the systems keep. */
function others(documents: readonly FoundDocument[], versions: Versions): HTMLElement[] {
  const rest = documents.filter((each) => !model.stages.some((stage) => isOf(each, stage)));
  if (rest.length === 0) return [];
  return [
    element(
      'details',
      { class: 'as-table' },
      element('summary', {}, `Other documents that came of it (${rest.length})`),
      element(
        'div',
        { class: 'belief-cards' },
        rest.map((each) => documentCard(each, versions, '')),
      ),
    ),
  ];
}

/** Messages and calls are many more than documents, so they wait until they are asked for. */
function wires(key: string, documents: readonly FoundDocument[]): HTMLElement {
  const details = element(
    'details',
    { class: 'as-table' },
    element('summary', {}, 'Every message and call'),
  );
  const draw = async (): Promise<void> => {
    const lookup = await theLookup();
    const records = await archivedRecords([
      ...lookup.placesOf(new Set(documents.map(({ id }) => id))),
      ...documents.flatMap(({ commits }) => commits),
    ]);
    details.append(swimlane(records, { label: `Swimlane of ${key}`, atMost: 400 }));
  };
  details.addEventListener('toggle', () => void draw(), { once: true });
  return details;
}
