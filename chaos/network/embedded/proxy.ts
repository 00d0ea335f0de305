/** One proxy: where it listens, where it leads, its toxics, and the connections open through it. */
import { type Server, type Socket, connect, createServer } from 'node:net';
import { withReusedBuffer } from './accepted-socket.ts';
import { ApiError, serverError } from './api-error.ts';
import { Connection } from './connection.ts';
import type { Encodable } from './go-json-encode.ts';
import {
  type ListenAddress,
  resolveListen,
  splitHostPort,
  writeAddress,
} from './listen-address.ts';
import type { Metrics } from './metrics.ts';
import type { Pace } from './pace.ts';
import type { Direction } from './placed-toxic.ts';
import { ReusedBuffer } from './reused-buffer.ts';
import { ToxicCollection } from './toxic-collection.ts';

export interface ProxySettings {
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean;
}

export class Proxy {
  readonly name: string;
  readonly toxics: ToxicCollection;
  listen: string;
  upstream: string;
  enabled = false;
  readonly #pace: Pace;
  readonly #metrics: Metrics;
  readonly #clients = new Set<Socket>();
  readonly #dialling = new Set<Socket>();
  readonly #connections = new Set<Connection>();
  #server: Server | undefined;
  #accepted = 0;

  constructor(
    name: string,
    { listen, upstream }: { readonly listen: string; readonly upstream: string },
    world: { readonly pace: Pace; readonly metrics: Metrics; readonly seed: () => string },
  ) {
    this.name = name;
    this.listen = listen;
    this.upstream = upstream;
    this.#pace = world.pace;
    this.#metrics = world.metrics;
    this.toxics = new ToxicCollection(name, world.seed, this.#connections);
  }

  /** Listens. Throws as Go words it; then it stays disabled. */
  async start(): Promise<void> {
    if (this.enabled) return;
    let address: ListenAddress;
    try {
      address = await resolveListen(this.listen);
    } catch (error) {
      throw error instanceof ApiError ? serverError(`listen tcp: ${error.message}`) : error;
    }
    const options = { allowHalfOpen: true, pauseOnConnect: true, noDelay: true };
    const server = createServer(options, (client) => this.#accept(client));
    await listening(server, address);
    this.#server = server;
    this.listen = boundAddress(server);
    this.enabled = true;
  }

  /** Refuses new connections and cuts those that are open. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (!this.enabled || server === undefined) return;
    this.enabled = false;
    this.#server = undefined;
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    for (const connection of this.#connections) connection.cut();
    for (const socket of [...this.#clients, ...this.#dialling]) socket.destroy();
    await closed;
  }

  /** Whether other settings lead elsewhere. Throws when the address cannot be read. */
  async differs(other: { readonly listen: string; readonly upstream: string }): Promise<boolean> {
    const address = writeAddress(await resolveListen(other.listen));
    return address !== this.listen || other.upstream !== this.upstream;
  }

  async update(settings: ProxySettings): Promise<void> {
    if (await this.differs(settings)) {
      await this.stop();
      this.listen = settings.listen;
      this.upstream = settings.upstream;
    }
    if (settings.enabled && !this.enabled) await this.start();
    else if (!settings.enabled) await this.stop();
  }

  toJson(): Encodable {
    return {
      name: this.name,
      listen: this.listen,
      upstream: this.upstream,
      enabled: this.enabled,
      Logger: {},
      toxics: this.toxics.toJson(),
    };
  }

  #accept(accepted: Socket): void {
    const number = ++this.#accepted;
    let connection: Connection | undefined;
    const reader = (direction: Direction): ReusedBuffer =>
      new ReusedBuffer((data) => connection?.links[direction].take(data) ?? true);
    const client = withReusedBuffer(accepted, reader('upstream'));
    this.#clients.add(client);
    client.on('error', ignored);
    client.once('close', () => this.#clients.delete(client));
    const upstream = this.#dial(client, reader('downstream'));
    if (upstream === undefined) return;
    const labels = { proxy: this.name, listener: this.listen, upstream: this.upstream };
    upstream.once('connect', () => {
      this.#dialling.delete(upstream);
      connection = new Connection({
        client,
        upstream,
        number,
        pace: this.#pace,
        toxics: (direction) => this.toxics.chain(direction),
        closed: (each) => {
          this.#connections.delete(each);
          this.#metrics.count(labels, each.links);
        },
      });
      this.#connections.add(connection);
    });
  }

  /** With nobody upstream the client is let in and closed, as Toxiproxy does. */
  #dial(client: Socket, { onread }: ReusedBuffer): Socket | undefined {
    try {
      const { host, port } = splitHostPort(this.upstream);
      const upstream = connect({
        host: host === '' || host === 'localhost' ? '127.0.0.1' : host,
        port: Number(port),
        allowHalfOpen: true,
        noDelay: true,
        onread,
      });
      this.#dialling.add(upstream);
      upstream.on('error', ignored);
      upstream.once('close', () => {
        if (this.#dialling.delete(upstream)) client.destroy();
      });
      return upstream;
    } catch {
      client.destroy();
      return undefined;
    }
  }
}

/** A socket that fails closes, and that is what is acted on. */
const ignored = (): void => {};

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'bind: address already in use',
  EACCES: 'bind: permission denied',
  EADDRNOTAVAIL: 'bind: cannot assign requested address',
};

const listening = (server: Server, address: ListenAddress): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const reason = reasons[code ?? ''] ?? message;
      reject(serverError(`listen tcp ${writeAddress(address)}: ${reason}`));
    });
    // Go listens on both kinds of addresses when it is to listen on all of one.
    const host = address.host === '' || address.host === '0.0.0.0' ? '::' : address.host;
    server.listen({ host, port: address.port, backlog: 4096 }, resolve);
  });

function boundAddress(server: Server): string {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') return '';
  return writeAddress({ host: bound.address, port: bound.port });
}
