/** Where two histories that should be one part ways, in one sentence; and what names a whole one. */
import { createHash } from 'node:crypto';
import type { HistoryRecord } from '../record.ts';

/** Undefined when they are the same, byte for byte. */
export function difference(
  first: Iterable<HistoryRecord>,
  second: Iterable<HistoryRecord>,
): string | undefined {
  const others = second[Symbol.iterator]();
  for (const record of first) {
    const other = others.next();
    const [one, two] = [record, other.value].map((each) => JSON.stringify(each));
    if (one === two) continue;
    const then = other.done === true ? 'the end' : described(other.value);
    return `at record ${record.position} once ${described(record)}, then ${then}`;
  }
  return others.next().done === true ? undefined : 'the second goes on where the first ends';
}

function described(record: HistoryRecord): string {
  const parts = [record.type];
  for (const field of ['system', 'callee', 'document', 'operation', 'id', 'key'] as const) {
    const value = (record as unknown as Record<string, unknown>)[field];
    if (typeof value === 'string') parts.push(value as never);
  }
  return `${parts.join(' ')} at ${record.at}`;
}

/** The same for the same history, byte for byte. */
export function historyHash(history: Iterable<HistoryRecord>): string {
  const hash = createHash('sha256');
  for (const record of history) hash.update(`${JSON.stringify(record)}\n`);
  return hash.digest('hex');
}
