/**
 * Security sessions: the CSRF token is good only with the session cookie that came with it. They live
 * in the store as housekeeping and end after half an hour without use.
 */
import type { Collection } from '../../../../harness/collection.ts';
import type { Context } from '../../../../harness/context.ts';
import type { KeyedRandom } from '../../../../harness/random.ts';
import type { Store } from '../../../../harness/store.ts';
import { ODataRefusal } from '../../../odata/odata-refusal.ts';

interface Session {
  readonly token: string;
  readonly usedAt: number;
}

const cookieName = 'SAP_SESSIONID_S4H_100';
const lifetimeMs = 30 * 60_000;
/** A session's last use is noted no more often than this. */
const noticeMs = 60_000;

type Headers = Readonly<Record<string, string>>;

export class Sessions {
  readonly #store: Store;
  readonly #random: KeyedRandom;
  readonly #sessions: Collection<Session>;

  constructor(store: Store, random: KeyedRandom) {
    this.#store = store;
    this.#random = random;
    this.#sessions = store.collection('SapSession', { recorded: false });
  }

  /** Whether the request asks for a token. */
  asked(headers: Headers): boolean {
    const header = headers['x-csrf-token'];
    return header !== undefined && header.toLowerCase() === 'fetch';
  }

  /** The headers that bring a token: that of the request's own session, or of a new one. Needs a transaction. */
  issue(headers: Headers, context: Context): Record<string, string | readonly string[]> {
    const id = sessionId(headers['cookie']);
    const session = id === undefined ? undefined : this.#living(id, context.at);
    if (session !== undefined) return { 'x-csrf-token': session.token };
    const number = this.#store.nextNumber('sap-session');
    const fresh = `${this.#random.hex(32, 'sap-session', number).toUpperCase()}${number}`;
    const token = `${this.#random.hex(22, 'csrf-token', number)}==`;
    this.#forgetEnded(context.at);
    this.#sessions.put(fresh, { token, usedAt: context.at });
    return {
      'x-csrf-token': token,
      'set-cookie': [
        'sap-usercontext=sap-client=100; path=/',
        `${cookieName}=${fresh}; path=/; HttpOnly`,
      ],
    };
  }

  /** Refuses a modifying request without the token of its session: 403, as the vendor words it. */
  check(headers: Headers, context: Context): void {
    const token = headers['x-csrf-token'];
    const id = token === undefined ? undefined : sessionId(headers['cookie']);
    const session = id === undefined ? undefined : this.#living(id, context.at);
    if (session === undefined || session.token !== token) throw csrfFailed();
    if (id !== undefined && context.at - session.usedAt > noticeMs) {
      this.#sessions.put(id, { ...session, usedAt: context.at });
    }
  }

  endAll(): void {
    for (const [id] of this.#sessions.entries()) this.#sessions.remove(id);
  }

  #living(id: string, at: number): Session | undefined {
    const session = this.#sessions.get(id);
    return session !== undefined && at - session.usedAt <= lifetimeMs ? session : undefined;
  }

  #forgetEnded(at: number): void {
    for (const [id, { data }] of this.#sessions.entries()) {
      if (at - data.usedAt > lifetimeMs) this.#sessions.remove(id);
    }
  }
}

export const csrfFailed = (): ODataRefusal =>
  new ODataRefusal({
    status: 403,
    code: '/IWFND/CM_MGW/096',
    message: 'CSRF token validation failed',
    headers: { 'x-csrf-token': 'Required' },
    plainText: 'CSRF token validation failed',
  });

function sessionId(cookie: string | undefined): string | undefined {
  if (cookie === undefined) return undefined;
  const at = cookie.indexOf(`${cookieName}=`);
  if (at < 0) return undefined;
  const from = at + cookieName.length + 1;
  const end = cookie.indexOf(';', from);
  const value = cookie.slice(from, end < 0 ? undefined : end).trim();
  // Several cookie headers arrive joined by commas.
  const comma = value.indexOf(',');
  return comma < 0 ? value : value.slice(0, comma);
}
