/**
 * Wires that are proxies of a Toxiproxy, one for each link and named after it. Whatever server it is,
 * it is spoken to through `toxiproxy-node-client` alone.
 */
import { type Proxy, Toxiproxy } from 'toxiproxy-node-client';
import { realSleep, stopwatch } from '../../harness/clock.ts';
import type { NetworkFault } from '../../harness/fault.ts';
import { onLink } from '../../harness/fault-plan.ts';
import { SeatrialError } from '../../harness/seatrial-error.ts';
import type { OpenWires, Wires } from '../../harness/wires.ts';
import { checkPassage, createProxy, portOf } from './check-passage.ts';
import { type ProxyPlace, onThisMachine } from './proxy-place.ts';
import { type ToxiproxyServer, openToxiproxy, unreachable } from './toxiproxy-server.ts';

type Toxic = Parameters<Proxy['addToxic']>[0];

/** Opens wires over the Toxiproxy that the trial chose. Throws a SeatrialError when there is none. */
export const openToxiproxyWires: OpenWires = async (options) => {
  const server = await openToxiproxy(options);
  const wires = new ToxiproxyWires(server, options.host);
  try {
    // What was started here, on loopback, is no question.
    if (server.kind === 'url' || server.kind === 'container') await wires.checkPassage();
    return wires;
  } catch (error) {
    await wires.close();
    throw error;
  }
};

interface Wire {
  proxy: Proxy;
  /** How many faults keep it down. */
  outages: number;
}

/** The toxic's name on the proxies, for each fault that is on. */
type Toxics = ReadonlyMap<string, readonly string[]>;

class ToxiproxyWires implements Wires {
  readonly #server: ToxiproxyServer;
  readonly #client: Toxiproxy;
  readonly #place: ProxyPlace;
  readonly #wires = new Map<string, Wire>();
  readonly #on = new Map<NetworkFault, Toxics>();
  #named = 0;

  constructor(server: ToxiproxyServer, host?: string) {
    this.#server = server;
    this.#client = new Toxiproxy(server.url);
    this.#place = server.place ?? onThisMachine(host);
  }

  /** Throws `toxiproxy.no-passage`. */
  checkPassage(): Promise<void> {
    return this.#ask('make a proxy', () => checkPassage(this.#client, this.#place));
  }

  async address(link: string, upstream: string, port = 0): Promise<string> {
    const led = await this.#place.upstream(upstream);
    const proxy = await this.#ask(`make a proxy for "${link}"`, () =>
      createProxy(this.#client, {
        name: link,
        listen: this.#place.listen(port),
        upstream: led,
      }),
    );
    this.#wires.set(link, { proxy, outages: 0 });
    return this.#place.seen(portOf(proxy.listen));
  }

  async apply(fault: NetworkFault): Promise<readonly string[]> {
    const links = this.#linksOf(fault);
    const toxics = new Map<string, readonly string[]>();
    this.#on.set(fault, toxics);
    for (const link of links) {
      const wire = this.#wires.get(link) as Wire;
      await this.#ask(`put ${fault.kind} onto "${link}"`, async () => {
        if (fault.toxic === undefined) await this.#takeDown(wire);
        else toxics.set(link, await this.#poison(wire, fault));
      });
    }
    return links;
  }

  async lift(fault: NetworkFault): Promise<void> {
    const toxics = this.#on.get(fault);
    if (toxics === undefined) return;
    this.#on.delete(fault);
    for (const link of this.#linksOf(fault)) {
      const wire = this.#wires.get(link) as Wire;
      await this.#ask(`take ${fault.kind} off "${link}"`, async () => {
        if (fault.toxic === undefined) await this.#putUp(wire);
        for (const name of toxics.get(link) ?? []) {
          await (await wire.proxy.getToxic(name)).remove();
        }
      });
    }
  }

  async heal(): Promise<void> {
    for (const fault of this.#on.keys()) await this.lift(fault);
  }

  async verifyHealed(): Promise<readonly string[]> {
    const disturbed: string[] = [];
    for (const [link, { proxy }] of this.#wires) {
      const { data } = await this.#ask(`read back "${link}"`, () =>
        this.#client.api.get<{ enabled: boolean; toxics: unknown[] }>(proxy.getPath()),
      );
      if (!data.enabled || data.toxics.length > 0) disturbed.push(link);
    }
    return disturbed;
  }

  async close(): Promise<void> {
    // A server that runs on keeps nothing of ours; one that is gone has nothing.
    if (this.#server.kind === 'url') {
      await Promise.allSettled([...this.#wires.values()].map(({ proxy }) => proxy.remove()));
    }
    await this.#place.close();
    await this.#server.close();
  }

  #linksOf({ link, bothWays }: NetworkFault): string[] {
    const back = link.split(' -> ').toReversed().join(' -> ');
    return [...this.#wires.keys()].filter(
      (each) => onLink(link, each) || (bothWays === true && onLink(back, each)),
    );
  }

  async #takeDown(wire: Wire): Promise<void> {
    wire.outages++;
    if (wire.outages === 1) await this.#enable(wire, false);
  }

  async #putUp(wire: Wire): Promise<void> {
    wire.outages--;
    if (wire.outages === 0) await this.#enable(wire, true);
  }

  async #enable(wire: Wire, enabled: boolean): Promise<void> {
    const { listen, upstream } = wire.proxy;
    const update = (): Promise<Proxy> => wire.proxy.update({ enabled, listen, upstream });
    wire.proxy = await (enabled ? patiently(update) : update());
  }

  async #poison({ proxy }: Wire, fault: NetworkFault): Promise<string[]> {
    const { toxic, streams, attributes, toxicity, firstConnections } = fault;
    const names: string[] = [];
    for (const stream of streams) {
      const name = `${toxic}_${stream}_${++this.#named}`;
      const more = firstConnections === undefined ? {} : { firstConnections };
      const body = { name, type: toxic, stream, toxicity, attributes, ...more };
      const added = await proxy.addToxic(body as Toxic);
      names.push(name);
      if (firstConnections !== undefined) await this.#understood(added.getPath());
    }
    return names;
  }

  /** A server that does not know `firstConnections` ignores it, and would strike them all. */
  async #understood(path: string): Promise<void> {
    const { data } = await this.#client.api.get<object>(path);
    if (!('firstConnections' in data)) throw new Error('firstConnections: status code 400');
  }

  async #ask<T>(task: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (cause) {
      if (cause instanceof SeatrialError) throw cause;
      const status = /status code (\d+)/.exec(String(cause))?.[1];
      if (status === undefined) throw unreachable(this.#server.url, cause);
      throw new SeatrialError({
        code: 'toxiproxy.refused',
        task,
        reason: `the Toxiproxy at ${this.#server.url} answered ${status}`,
        hint: status.startsWith('5')
          ? 'A port that it listens on may be taken by somebody else.'
          : 'http_ toxics, packet_loss and firstConnections need toxiproxy "embedded".',
        cause,
      });
    }
  }
}

/** So long somebody else may have the port of a proxy that was down. */
const patienceMs = 5000;

/** While a proxy is down its port is free for anybody; who took it for a moment gives it back. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const elapsed = stopwatch();
  for (;;) {
    try {
      return await work();
    } catch (cause) {
      if (!String(cause).includes('status code 5') || elapsed() > patienceMs) throw cause;
    }
    await realSleep(50);
  }
}
