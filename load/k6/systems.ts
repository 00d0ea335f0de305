/** The systems themselves, as a client of theirs reaches them: addresses from the control API, a token, a session. */
import encoding from 'k6/encoding';
import http from 'k6/http';
import { must } from './control.ts';

export interface SystemView {
  readonly name: string;
  readonly dialect: string;
  readonly url: string;
  readonly basePath: string;
  readonly tokenPath: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface LandscapeView {
  readonly webhookSecret: string;
  readonly systems: readonly SystemView[];
}

export const landscapeView = (landscape: string): LandscapeView =>
  must('GET', `/v1/landscapes/${landscape}`);

/** Throws when the landscape has no such system. */
export function systemOf({ systems }: LandscapeView, name: string): SystemView {
  const found = systems.find((each) => each.name === name);
  if (found === undefined) throw new Error(`The landscape has no system ${name}.`);
  return found;
}

const bookkeeping = { tags: { part: 'bookkeeping', name: 'session' } };

/** Headers of a client that has logged in. Throws when it may not. */
export function session(system: SystemView): Record<string, string> {
  const { url, tokenPath, clientId, clientSecret } = system;
  const granted = http.post(
    `${url}${tokenPath}`,
    { grant_type: 'client_credentials' },
    {
      ...bookkeeping,
      headers: {
        authorization: `Basic ${encoding.b64encode(`${clientId}:${clientSecret}`)}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    },
  );
  if (granted.status !== 200) {
    throw new Error(`No token at ${url}${tokenPath}: ${granted.status} ${String(granted.body)}`);
  }
  const { access_token: token } = granted.json() as { access_token: string };
  return {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'content-type': 'application/json',
  };
}

/** What SAP wants to see with every write: its token, fetched with a read, and the cookies of the session. */
export function csrf(
  { url }: SystemView,
  path: string,
  headers: Record<string, string>,
): Record<string, string> {
  const answer = http.get(`${url}${path}?$top=0`, {
    ...bookkeeping,
    headers: { ...headers, 'x-csrf-token': 'Fetch' },
  });
  const cookies = Object.entries(answer.cookies).map(([name, all]) => `${name}=${all[0]?.value}`);
  return { 'x-csrf-token': answer.headers['X-Csrf-Token'] ?? '', cookie: cookies.join('; ') };
}
