/**
 * Where proxies are: on this machine, on another one, or in a container behind published ports. It says
 * what they are to listen on, where they are reached from here, and how they reach what is here.
 */
import { type Relay, facing, openRelay } from './relay.ts';

export interface ProxyPlace {
  /** For a proxy that is reached at `port`, 0 for any. */
  listen(port: number): string;
  /** `host:port` of a proxy that listens on port `bound`. */
  seen(bound: number): string;
  /** What the proxy has to be told, to reach `upstream` as it is called here. */
  upstream(upstream: string): Promise<string>;
  /** Takes away what `upstream` opened. */
  close(): Promise<void>;
}

const loopback = /^(127(\.\d+){3}|localhost|\[::1\]|\[::ffff:7f\w\w:\w+\])$/;

/** Whether nothing but this machine can reach that host name of a URL. */
export const isLoopback = (hostname: string): boolean => loopback.test(hostname);

/** Proxies in this process, or in another on the same loopback. */
export const onThisMachine = (host = '127.0.0.1'): ProxyPlace => ({
  listen: (port) => `${host}:${port}`,
  seen: (bound) => `${seenAs(host)}:${bound}`,
  upstream: async (upstream) => upstream,
  close: async () => {},
});

const seenAs = (host: string): string => (host === '0.0.0.0' ? '127.0.0.1' : host);

/** Proxies of a server whose API is at `url`, on another host or in a container with an own address. */
export async function onAnother(url: string): Promise<ProxyPlace> {
  const { hostname } = new URL(url);
  const ends = await facing(url);
  const relays: Relay[] = [];
  return {
    listen: (port) => `0.0.0.0:${port}`,
    seen: (bound) => `${hostname}:${bound}`,
    upstream: async (upstream) => {
      if (!isLoopback(new URL(`http://${upstream}`).hostname)) return upstream;
      const relay = await openRelay(ends, upstream);
      relays.push(relay);
      return relay.address;
    },
    close: async () => {
      await Promise.all(relays.map((relay) => relay.close()));
    },
  };
}

/** Ports that a container has published: inside, and where they are seen. */
export interface PublishedPorts {
  readonly host: string;
  readonly inside: readonly number[];
  outside(inside: number): number;
}

/**
 * Proxies in a container whose address leads nowhere from here, as where Docker runs in a virtual
 * machine: they can have the published ports only, and such a Docker leads `host.docker.internal` to
 * the loopback of its host.
 */
export function behindPublishedPorts(ports: PublishedPorts): ProxyPlace {
  const free = [...ports.inside];
  return {
    listen: (port) => {
      const inside = port === 0 ? free.shift() : undefined;
      // A fixed port is not to be had; the server refuses this one, and says why.
      return `0.0.0.0:${inside ?? -1}`;
    },
    seen: (bound) => `${ports.host}:${ports.outside(bound)}`,
    upstream: async (upstream) => {
      const { hostname, port } = new URL(`http://${upstream}`);
      return isLoopback(hostname) ? `host.docker.internal:${port}` : upstream;
    },
    close: async () => {},
  };
}
