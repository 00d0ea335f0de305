/** Addresses as Go reads and writes them: `host:port`, `[::1]:port`, `:port`, and what is wrong with them. */
import { lookup } from 'node:dns/promises';
import { getServers } from 'node:dns';
import { isIP } from 'node:net';
import { serverError } from './api-error.ts';

export interface ListenAddress {
  /** An IP address; empty for all interfaces. */
  readonly host: string;
  readonly port: number;
}

/** Splits an address in two. Throws with Go's words for what is wrong. */
export function splitHostPort(address: string): { host: string; port: string } {
  const wrong = (why: string): never => {
    throw serverError(`address ${address}: ${why}`);
  };
  const colon = address.lastIndexOf(':');
  if (colon < 0) wrong('missing port in address');
  const port = address.slice(colon + 1);
  if (address.startsWith('[')) {
    const end = address.indexOf(']');
    if (end < 0) wrong("missing ']' in address");
    if (end + 1 === address.length) wrong('missing port in address');
    if (end + 1 !== colon) {
      wrong(address[end + 1] === ':' ? 'too many colons in address' : 'missing port in address');
    }
    return { host: address.slice(1, end), port };
  }
  const host = address.slice(0, colon);
  if (host.includes(':')) wrong('too many colons in address');
  if (host.includes('[') || port.includes('[')) wrong("unexpected '[' in address");
  if (host.includes(']') || port.includes(']')) wrong("unexpected ']' in address");
  return { host, port };
}

/** Resolves an address to listen on; names become IPv4 where they can. Throws as Go does. */
export async function resolveListen(address: string): Promise<ListenAddress> {
  if (address === '') return { host: '', port: 0 };
  const { host, port } = splitHostPort(address);
  return { port: readPort(port), host: await resolveHost(host) };
}

/** `127.0.0.1:80`, `[::1]:80`, `:80`. */
export function writeAddress({ host, port }: ListenAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function readPort(text: string): number {
  if (text === '') return 0;
  if (/^[+-]?\d+$/.test(text)) {
    const port = Number(text);
    if (port >= 0 && port <= 65_535) return port;
    throw serverError(`address ${text}: invalid port`);
  }
  throw serverError(`lookup tcp/${text}: unknown port`);
}

async function resolveHost(host: string): Promise<string> {
  if (host === '' || isIP(host) !== 0) return host;
  try {
    const found = await lookup(host, { all: true });
    const chosen = found.find(({ family }) => family === 4) ?? found[0];
    if (chosen !== undefined) return chosen.address;
  } catch {
    // Said below, as Go says it.
  }
  const [server] = getServers();
  const asked = server === undefined ? '' : ` on ${server.includes(':') ? server : `${server}:53`}`;
  throw serverError(`lookup ${host}${asked}: no such host`);
}
