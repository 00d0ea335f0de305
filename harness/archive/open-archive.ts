/** Opens the place where a landscape keeps its history and documents: a folder, or a PostgreSQL server. */
import { SeatrialError } from '../seatrial-error.ts';
import type { ArchiveOptions, LandscapeArchive } from './landscape-archive.ts';
import { databaseIn, openFolder } from './open-folder.ts';
import { openStore } from './postgres/open-store.ts';
import { StoreAddress, isStore } from './postgres/store-address.ts';

/**
 * `place` is a folder, or `postgres://user@host/database`, where several processes of one landscape
 * write side by side, each in a seat of its own (`?shard=2`, default 0). Goes on with what is there.
 *
 * Throws `history.not-written` for what cannot be written, `history.in-use` when another process writes
 * it, `history.version` and `history.foreign` for what this seatrial does not know, and `store.invalid`
 * for an address that is none.
 */
export function openArchive(place: string, options: ArchiveOptions = {}): LandscapeArchive {
  return isStore(place) ? openStore(place, options) : openFolder(place, options);
}

/** For what begins anew: throws `history.not-empty` when a history is kept there already. */
export function newArchive(place: string): LandscapeArchive {
  const archive = openArchive(place);
  if (archive.resumed === undefined) return archive;
  const { trial } = archive.resumed;
  archive.close();
  const [named, hint] = isStore(place)
    ? [new StoreAddress(place).label, 'name a new one with ?history=NAME']
    : [databaseIn(place), 'choose a new folder'];
  throw new SeatrialError({
    code: 'history.not-empty',
    task: `write the history ${named}`,
    reason: `it is there already, of "${trial}"`,
    hint: `A trial begins a history of its own: ${hint}.`,
  });
}
