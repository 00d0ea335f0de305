/**
 * Walks through what happened, event by event, with the documents of every system as they were then. On
 * a terminal it waits for a key at each; elsewhere it prints them all.
 */
import { describeDuration } from '../harness/duration.ts';
import type { CommitRecord, HistoryRecord } from '../harness/record.ts';
import type { TrialResult } from '../harness/trial-result.ts';
import type { Shell } from './shell.ts';

/** Prints each event that is worth a sentence. */
export async function stepThrough({ history, narrate }: TrialResult, shell: Shell): Promise<void> {
  const documents = new Map<string, CommitRecord>();
  let first: number | undefined;
  for (const record of history) {
    first ??= record.at;
    if (record.type === 'commit') documents.set(place(record), record);
    const sentence = narrate(record);
    if (sentence === undefined) continue;
    shell.stdout.write(`\n+${describeDuration(record.at - first)}  ${sentence}\n`);
    for (const line of shown(documents, record)) shell.stdout.write(`    ${line}\n`);
    if (!(await nextKey(shell))) return;
  }
}

const place = ({ system, document, id }: CommitRecord): string => `${system} ${document} ${id}`;

/** One line for each document, the one that just changed marked. */
function shown(documents: ReadonlyMap<string, CommitRecord>, now: HistoryRecord): string[] {
  const lines = [...documents.values()].map((each) => {
    const { status } = each.data as { status?: unknown };
    const state = typeof status === 'string' ? `, ${status}` : '';
    const mark = each === now ? '*' : ' ';
    return `${mark} ${place(each)} version ${each.version}${state}`;
  });
  return lines.sort((a, b) => a.slice(2).localeCompare(b.slice(2)));
}

/** Whether to go on: `q` and Ctrl-C end it. */
function nextKey({ stdout, stop, input }: Shell): Promise<boolean> {
  if (stop.aborted) return Promise.resolve(false);
  if (stdout.isTTY !== true || input === undefined) return Promise.resolve(true);
  stdout.write('  (a key goes on, q ends) ');
  input.setRawMode?.(true);
  input.resume();
  return new Promise((resolve) => {
    input.once('data', (key: Buffer | string) => {
      input.setRawMode?.(false);
      input.pause();
      stdout.write('\n');
      resolve(!['q', '\u0003'].includes(key.toString()));
    });
  });
}
