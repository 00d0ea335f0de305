/**
 * The Toxiproxy that comes with seatrial: the same HTTP API as the real one, in this process, so that
 * `npm` alone is enough for network faults.
 */
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freshSeed } from '../../../harness/random.ts';
import { SeatrialError } from '../../../harness/seatrial-error.ts';
import { Api, type ApiReply, readRequest } from './api.ts';
import { ProxyCollection } from './proxy-collection.ts';

export interface EmbeddedToxiproxyOptions {
  /** Where the API listens; default 127.0.0.1. */
  readonly host?: string;
  /** Default any free one; Toxiproxy's own is 8474. */
  readonly port?: number;
  /** Of all draws: same seed, same decisions. Default a fresh one. */
  readonly seed?: string;
  /** Whether `/metrics` is there; default not, as in the real one. */
  readonly metrics?: boolean;
}

export interface EmbeddedToxiproxy {
  /** Of the API. */
  readonly url: string;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

/** Starts a server. Throws `toxiproxy.listen-failed`. */
export async function startEmbeddedToxiproxy(
  options: EmbeddedToxiproxyOptions = {},
): Promise<EmbeddedToxiproxy> {
  const { host = '127.0.0.1', port = 0, seed = freshSeed(), metrics = false } = options;
  const proxies = new ProxyCollection(seed);
  const api = new Api(proxies, { metrics });
  let requests = 0;
  const server = createServer((incoming, outgoing) => {
    const id = `${seed}${String(++requests).padStart(10, '0')}`.slice(-20).padStart(20, '0');
    respond(api, incoming, outgoing, id).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new SeatrialError({
          code: 'toxiproxy.listen-failed',
          task: `start the embedded Toxiproxy on ${host}:${port}`,
          reason: cause.message,
          cause,
        }),
      ),
    );
    server.listen(port, host, resolve);
  });
  const bound = server.address() as AddressInfo;
  return {
    url: `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await Promise.all([closed, proxies.close()]);
    },
  };
}

async function respond(
  api: Api,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  id: string,
): Promise<void> {
  const reply = await api.answer(await readRequest(incoming));
  outgoing.writeHead(reply.status, {
    ...reply.headers,
    ...(matched(reply) ? { 'X-Toxiproxy-Request-Id': id } : {}),
    ...(reply.status === 204 ? {} : { 'Content-Length': Buffer.byteLength(reply.body) }),
  });
  outgoing.end(reply.body);
}

/** Whether a route answered, and not the router for want of one. */
const matched = ({ status, body }: ApiReply): boolean =>
  status !== 301 && status !== 405 && body !== '404 page not found\n';
