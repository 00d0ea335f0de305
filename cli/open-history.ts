/** A recorded history, whichever way it was recorded. */
import { resolve } from 'node:path';
import { HistoryFolder, isHistoryFolder } from '../harness/archive/history-folder.ts';
import type { KeptHistory } from '../harness/archive/kept-history.ts';
import { openStoredHistory, shardsOf } from '../harness/archive/postgres/open-store.ts';
import { isStore } from '../harness/archive/postgres/store-address.ts';
import { HistoryFile } from '../harness/history-file.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';

export type RecordedHistory = HistoryFile | KeptHistory;

/** What an argument names: a file, a folder, or every shard of a history on a PostgreSQL server. */
export const placesOf = (named: string, cwd: string): string[] =>
  isStore(named) ? shardsOf(named) : [resolve(cwd, named)];

/** `place` is one of {@link placesOf}. Throws what reading one throws. */
export function openHistory(place: string): RecordedHistory {
  if (isStore(place)) return openStoredHistory(place);
  return isHistoryFolder(place) ? new HistoryFolder(place) : new HistoryFile(place);
}

/** For what is made of one history alone. Throws `history.several`, and what reading one throws. */
export function openOnly(named: string, cwd: string): RecordedHistory {
  const places = placesOf(named, cwd);
  if (places.length === 1) return openHistory(places[0] as string);
  throw new SeatrialError({
    code: 'history.several',
    task: 'open the history',
    reason: `it has ${places.length} shards`,
    hint: 'Name one of them with ?shard=NUMBER.',
  });
}
