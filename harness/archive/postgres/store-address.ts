/**
 * Where histories are kept on a PostgreSQL server: `postgres://user@host:5432/database`, with two words
 * of ours behind it. `?history=monday` is the history's name, a schema of the database; `?shard=2` is the
 * seat of one process of a landscape that several share.
 */
import { SeatrialError } from '../../seatrial-error.ts';

/** Whether a place is a server and not a folder. */
export const isStore = (place: string): boolean => /^postgres(ql)?:/.test(place);

/** What of an address may be told; a password is none of it. */
const told = ['host', 'port', 'user', 'dbname', 'history', 'shard'];
const ours = ['history', 'shard'];

export class StoreAddress {
  /** For the driver; with the password, if the address has one. */
  readonly connection: string;
  /** Names the server to people, without a password. */
  readonly label: string;
  /** The schema that the tables are in. */
  readonly schema: string;
  /** Missing when the address names none. */
  readonly shard: number | undefined;

  /** Throws `store.invalid`. */
  constructor(text: string) {
    // The driver knows addresses without a host, the standard does not.
    const url = URL.parse(text) ?? URL.parse(text.replace('@/', '@localhost/'));
    if (url === null || !isStore(text)) {
      // Without the address: it may have a password in it.
      throw invalid('it is no address like postgres://user@host:5432/database');
    }
    const { history = 'seatrial', shard } = Object.fromEntries(url.searchParams);
    if (!/^[a-z_][a-z0-9_]{0,47}$/.test(history)) {
      throw invalid(`"${history}" is no name of a history: lower case letters, digits and _`);
    }
    if (shard !== undefined && !/^\d{1,6}$/.test(shard)) {
      throw invalid(`"${shard}" is no shard: a whole number from 0`);
    }
    this.schema = history;
    this.shard = shard === undefined ? undefined : Number(shard);
    this.connection = without(url, (name) => ours.includes(name)).href;
    const label = without(url, (name) => !told.includes(name));
    label.password = '';
    this.label = label.href;
  }
}

/** The same address with this shard, unless it names one. Throws `store.invalid`. */
export function withShard(text: string, shard: number): string {
  if (new StoreAddress(text).shard !== undefined) return text;
  return `${text}${text.includes('?') ? '&' : '?'}shard=${shard}`;
}

function without(url: URL, which: (parameter: string) => boolean): URL {
  const rest = new URL(url);
  for (const name of new Set(rest.searchParams.keys())) {
    if (which(name)) rest.searchParams.delete(name);
  }
  return rest;
}

const invalid = (reason: string): SeatrialError =>
  new SeatrialError({ code: 'store.invalid', task: 'find the PostgreSQL server', reason });
