/**
 * A client, the upstream it was connected with, and the two links between them. As in Toxiproxy, a
 * side that ends is closed on the other side too: a half-close becomes a full one.
 */
import type { Socket } from 'node:net';
import { Link } from './link.ts';
import type { Pace } from './pace.ts';
import type { Direction, PlacedToxic } from './placed-toxic.ts';
import type { ConnectionHandle } from './toxic.ts';

export interface ConnectionOptions {
  readonly client: Socket;
  readonly upstream: Socket;
  /** From 1, in the order in which the proxy accepted them. */
  readonly number: number;
  readonly pace: Pace;
  toxics(direction: Direction): readonly PlacedToxic[];
  /** Both sides are closed. */
  closed(connection: Connection): void;
}

export class Connection {
  readonly links: Readonly<Record<Direction, Link>>;
  readonly #client: Socket;
  readonly #upstream: Socket;
  /** Opened while a `reset_peer` was there: whatever ends it, it ends with a RST. */
  readonly #resets: boolean;
  #losing = false;
  #closed = 0;

  constructor(options: ConnectionOptions) {
    const { client, upstream, number, pace, toxics } = options;
    this.#client = client;
    this.#upstream = upstream;
    const [up, down] = [toxics('upstream'), toxics('downstream')];
    this.#resets = [...up, ...down].some(({ type }) => type.resets === true);
    const shared = { pace, number, handle: (toxic: PlacedToxic) => this.#handle(toxic) };
    this.links = {
      upstream: new Link(
        {
          ...shared,
          source: client,
          receiver: upstream,
          finish: () => this.#finish(upstream),
          mayPass: () => true,
        },
        up,
      ),
      downstream: new Link(
        {
          ...shared,
          source: upstream,
          receiver: client,
          finish: () => this.#finish(client),
          mayPass: () => !this.#losing || this.#lose(),
        },
        down,
      ),
    };
    this.#watch(client, 'upstream', 'downstream', options);
    this.#watch(upstream, 'downstream', 'upstream', options);
    client.resume();
    upstream.resume();
  }

  /** What a toxic may do to the connection as a whole. */
  #handle(toxic: PlacedToxic): ConnectionHandle {
    return {
      reset: () => this.#reset(),
      answer: (bytes) => this.#client.write(bytes),
      loseAnswer: () => {
        this.#losing = true;
      },
      strikes: (request) => toxic.strikesRequest(request),
    };
  }

  /** Cuts both sides at once, whatever is under way. */
  cut(): void {
    if (this.#resets) return this.#reset();
    this.#client.destroy();
    this.#upstream.destroy();
  }

  #watch(socket: Socket, read: Direction, written: Direction, options: ConnectionOptions): void {
    socket.on('end', () => this.links[read].inputEnd());
    socket.on('close', () => {
      this.links[written].abandon();
      this.links[read].inputEnd();
      if (++this.#closed === 2) options.closed(this);
    });
  }

  /** Closes without a word before: a peer that still sends gets a RST for it, as from Toxiproxy. */
  #finish(receiver: Socket): void {
    const close = (): unknown => (this.#resets ? receiver.resetAndDestroy() : receiver.destroy());
    // What was let through goes out first.
    if (receiver.writableLength === 0) close();
    else receiver.write(Buffer.alloc(0), close);
  }

  #reset(): void {
    this.#client.resetAndDestroy();
    this.#upstream.resetAndDestroy();
  }

  #lose(): boolean {
    this.#reset();
    return false;
  }
}
