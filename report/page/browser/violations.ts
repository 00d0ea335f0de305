/** Fills a violation with its swimlane and its documents, once somebody opens it. */
import type { BrowserModel } from '../page-report.ts';
import { archivedRecords } from './archive.ts';
import { beliefs } from './beliefs.ts';
import { element, whenSeen } from './dom.ts';
import { type Lookup, theLookup } from './lookup.ts';
import { model } from './model.ts';
import { swimlane } from './swimlane.ts';

type Violation = BrowserModel['violations'][string];

export function violations(): void {
  for (const details of document.querySelectorAll<HTMLDetailsElement>('details[data-violation]')) {
    let drawn = false;
    const draw = (): void => {
      if (drawn || !details.open) return;
      drawn = true;
      void fill(details);
    };
    details.addEventListener('toggle', draw);
    if (details.open) whenSeen(details, draw);
  }
}

async function fill(details: HTMLDetailsElement): Promise<void> {
  const id = details.dataset['violation'] ?? '';
  const violation = model.violations[id];
  const place = details.querySelector('[data-swimlane]');
  if (violation === undefined || place === null) return;
  const lookup = await theLookup();
  const facts = violation.keys.flatMap((key) => lookup.factOf(key));
  const records = await archivedRecords(await placesOf(violation, lookup));
  place.replaceChildren(
    element('h4', {}, 'Every message and call'),
    swimlane(records, {
      label: `Swimlane of ${violation.keys.join(', ')}`,
      proofs: new Set(violation.positions),
      said: new Map(violation.said),
    }),
  );
  const documents = await archivedRecords(facts.flatMap(({ commits }) => commits));
  const believed = beliefs(documents);
  if (believed !== undefined) details.querySelector('[data-beliefs]')?.replaceChildren(believed);
}

/** All that was done to the documents and said about them, and what proves the violation. */
async function placesOf(
  { keys, positions, said }: Violation,
  lookup: Lookup,
): Promise<readonly number[]> {
  const facts = keys.flatMap((key) => lookup.factOf(key));
  const proofs = await archivedRecords(positions);
  const names = new Set([
    ...keys,
    ...facts.map(({ id }) => id),
    // A proof may be a document of another kind, whose own messages belong to the story.
    ...proofs.flatMap((record) => (record.type === 'commit' ? record.id : [])),
  ]);
  return [
    ...positions,
    ...said.map(([position]) => position),
    ...lookup.placesOf(names),
    ...facts.flatMap(({ commits }) => commits),
  ];
}
