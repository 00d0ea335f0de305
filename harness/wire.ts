/** HTTP as plain values: what a dialect is handed and what it hands back. */

export interface WireRequest {
  /** Upper case. */
  readonly method: string;
  /** Decoded by nobody yet: the raw path, without query. */
  readonly path: string;
  /** Raw query string without `?`; empty when there is none. */
  readonly query: string;
  /** Names in lower case; several values of one name joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text (UTF-8); empty when there is none. */
  readonly body: string;
  /** The path above, as `/erp`, where the system is mounted below one; addresses in answers begin with it. */
  readonly mountedAt?: string;
}

export interface WireReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** How an exchange ended for its caller: with an answer, or with a connection that broke. */
export type Outcome =
  | { readonly kind: 'reply'; readonly reply: WireReply }
  | { readonly kind: 'cut'; readonly cut: 'refused' | 'reset' | 'timeout' };

export const reply = (value: WireReply): Outcome => ({ kind: 'reply', reply: value });
export const cut = (how: 'refused' | 'reset' | 'timeout'): Outcome => ({ kind: 'cut', cut: how });

/** Splits a request target into its raw path and query. */
export function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: '' }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** Seconds or an HTTP date of a `Retry-After` header, as milliseconds from `now`. */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const at = parseHttpDate(value);
  return at === undefined ? undefined : Math.max(0, at - now);
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function parseHttpDate(text: string): number | undefined {
  const match = /^\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/.exec(text);
  if (!match) return undefined;
  const [, day, month, year, hour, minute, second] = match;
  const monthNumber = months.indexOf(month as string) + 1;
  if (monthNumber === 0) return undefined;
  // Civil-from-days, inverted: days since the epoch without a Date, which belongs to the clock.
  const shifted = monthNumber <= 2 ? Number(year) - 1 : Number(year);
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const monthIndex = (monthNumber + 9) % 12;
  const dayOfYear = Math.floor((153 * monthIndex + 2) / 5) + Number(day) - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  return ((days * 24 + Number(hour)) * 60 + Number(minute)) * 60_000 + Number(second) * 1000;
}
