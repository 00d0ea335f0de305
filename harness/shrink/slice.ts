/** Which parts of the business a violation is about, from its keys and the records that prove it. */
import type { History } from '../history.ts';
import type { Violation } from '../invariant.ts';
import type { HistoryRecord } from '../record.ts';
import type { BusinessNames } from './business-names.ts';

/** Those of its main key; else those of its other keys; else those of the records that prove it. */
export function partsConcerned(
  history: History,
  { keys, positions }: Violation,
  names: BusinessNames,
): number[] {
  const main = names.partOf(keys[0] ?? '');
  if (main !== undefined) return [main];
  const others = partsOf(keys, names);
  if (others.length > 0) return others;
  return partsOf(
    positions.map((position) => keyOf(history.at(position)) ?? ''),
    names,
  );
}

const partsOf = (keys: readonly string[], names: BusinessNames): number[] => [
  ...new Set(keys.flatMap((key) => names.partOf(key) ?? [])),
];

function keyOf(record: HistoryRecord | undefined): string | undefined {
  if (record?.type === 'commit') return record.id;
  return record !== undefined && 'key' in record ? record.key : undefined;
}
