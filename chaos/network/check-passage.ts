/**
 * Whether connections get through a Toxiproxy that was not started here, before a trial relies on it:
 * one in a container that publishes nothing but its API would look like an integration that reaches
 * nobody.
 */
import { type AddressInfo, connect, createServer } from 'node:net';
import type { Proxy, Toxiproxy } from 'toxiproxy-node-client';
import { realSleep } from '../../harness/clock.ts';
import { SeatrialError } from '../../harness/seatrial-error.ts';
import type { ProxyPlace } from './proxy-place.ts';

const word = 'seatrial';
const patienceMs = 5000;

/** Leads one connection through a proxy of its own. Throws `toxiproxy.no-passage`. */
export async function checkPassage(client: Toxiproxy, place: ProxyPlace): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end(word);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const upstream = await place.upstream(`127.0.0.1:${port}`);
    const name = 'seatrial passage';
    const proxy = await createProxy(client, { name, listen: place.listen(0), upstream });
    try {
      if ((await heard(place.seen(portOf(proxy.listen)))) !== word) throw noPassage(client.host);
    } finally {
      await proxy.remove();
    }
  } finally {
    server.close();
  }
}

/** Makes a proxy of that name, or with a number when others have it on the same server. */
export async function createProxy(client: Toxiproxy, wanted: ProxyWanted): Promise<Proxy> {
  for (let copy = 1; ; copy++) {
    const name = copy === 1 ? wanted.name : `${wanted.name} (${copy})`;
    try {
      return await client.createProxy({ ...wanted, name });
    } catch (error) {
      // Looking first would not do: several trials begin at once.
      if (!String(error).includes('status code 409')) throw error;
    }
  }
}

interface ProxyWanted {
  readonly name: string;
  readonly listen: string;
  readonly upstream: string;
}

/** Of `listen` as the server says it once it listens. */
export const portOf = (listen: string): number => Number(listen.slice(listen.lastIndexOf(':') + 1));

function heard(address: string): Promise<string> {
  const { hostname, port } = new URL(`http://${address}`);
  const socket = connect(Number(port), hostname.replace(/^\[(.*)\]$/, '$1'));
  let text = '';
  const ended = new Promise<string>((resolve) => {
    socket.on('data', (part) => (text += part.toString()));
    socket.on('error', () => resolve(''));
    socket.on('close', () => resolve(text));
  });
  const enough = realSleep(patienceMs).then(() => '');
  return Promise.race([ended, enough]).finally(() => socket.destroy());
}

const noPassage = (url: string): SeatrialError =>
  new SeatrialError({
    code: 'toxiproxy.no-passage',
    task: `lead a connection through the Toxiproxy at ${url}`,
    reason: 'nothing came through',
    hint: 'This machine has to reach its proxies, and they this machine. For one in a container choose "container", or give its URL with its own address.',
  });
