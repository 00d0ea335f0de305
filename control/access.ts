/**
 * Who may talk to the control API. It listens on loopback unless told otherwise, but so does every page that a browser
 * on this machine has open: a request must name this server as its host (a rebound DNS name does not),
 * must not come from a page of another origin, and must bear the token.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { WireRefusal } from '../simulators/plain/wire-refusal.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** For a server that was given none: 256 bits. */
export const freshToken = (): string => randomBytes(32).toString('base64url');

/** What the server answers as. */
export interface Place {
  readonly port: number;
  /**
   * Present when it is told to listen beyond loopback, as in a container: then it is published under
   * ports that it cannot know, and answers at any of them as loopback, as any address in numbers and as
   * these names. A rebound DNS name is none of them.
   */
  readonly names?: readonly string[];
}

/**
 * Throws 421 for another host and 403 for another origin, before anything is looked at. A page may be
 * come to by a link from anywhere: it holds no secret, and whoever gets it cannot read it.
 */
export function checkPlace(headers: Headers, place: Place, page: boolean): void {
  const host = one(headers['host']).toLowerCase();
  checkHost(host, place);
  const { origin } = headers;
  if (page && origin === undefined && headers['sec-fetch-mode'] === 'navigate') return;
  // Browsers say where a request comes from even where they send no origin.
  const site = headers['sec-fetch-site'] ?? 'none';
  const foreign = origin !== undefined && one(origin).toLowerCase() !== `http://${host}`;
  if (foreign || (site !== 'same-origin' && site !== 'none')) {
    throw refused(403, 'wrong-origin', 'Pages of other origins may not ask.');
  }
}

function checkHost(host: string, { port, names }: Place): void {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  if (own.includes(host)) return;
  if (names === undefined) {
    throw refused(421, 'wrong-host', `This server answers as ${own.join(', ')} only.`);
  }
  const name = host.replace(/:\d+$/, '');
  if (name === 'localhost' || isIP(name.replace(/^\[(.*)\]$/, '$1')) > 0) return;
  if (names.includes(name)) return;
  const known = ['localhost', 'addresses', ...names].join(', ');
  throw refused(421, 'wrong-host', `This server answers as ${known} only.`);
}

/** Throws 401. Takes as long for a token that is nearly right as for any other. */
export function checkToken(headers: Headers, token: string): void {
  const given = /^bearer +(\S+)$/i.exec(one(headers['authorization']))?.[1];
  if (given !== undefined && timingSafeEqual(digest(given), digest(token))) return;
  const message = given === undefined ? 'A bearer token is needed.' : 'The token is not this one.';
  throw new WireRefusal({
    refusal: 'unauthenticated',
    status: 401,
    rule: given === undefined ? 'missing-token' : 'wrong-token',
    message,
    headers: { 'www-authenticate': 'Bearer realm="seatrial control"' },
  });
}

const one = (value: string | string[] | undefined): string =>
  (typeof value === 'string' ? value : value?.[0]) ?? '';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const refused = (status: number, rule: string, message: string): WireRefusal =>
  new WireRefusal({ refusal: 'forbidden', status, rule, message });
