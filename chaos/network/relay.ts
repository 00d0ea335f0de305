/**
 * The way back from a Toxiproxy that is not on loopback: systems and integration listen on loopback and
 * stay there; for each that it has to reach, a port is opened on the one address that faces it, for it
 * alone.
 */
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';

/** This machine as another one sees it, and that one as this sees it. */
export interface Facing {
  readonly here: string;
  readonly there: string;
}

export interface Relay {
  /** `host:port`, for the other side. */
  readonly address: string;
  /** Stops listening and cuts what is open. */
  close(): Promise<void>;
}

/** The two ends of a connection to `url`. Throws what connecting throws. */
export function facing(url: string): Promise<Facing> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port === '' ? 80 : port), host, () => {
      const { localAddress = '', remoteAddress = '' } = socket;
      socket.destroy();
      resolve({ here: localAddress, there: remoteAddress });
    });
    socket.on('error', reject);
  });
}

/** Leads connections that come from `there` on to `target` (`host:port` of this machine). */
export async function openRelay({ here, there }: Facing, target: string): Promise<Relay> {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    if (socket.remoteAddress !== there) {
      socket.resetAndDestroy();
      return;
    }
    const onward = connect({ ...placeOf(target), allowHalfOpen: true, noDelay: true });
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => other.resetAndDestroy());
      one.on('close', () => open.delete(one));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, here, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `${here.includes(':') ? `[${here}]` : here}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.resetAndDestroy();
      }),
  };
}

function placeOf(target: string): { host: string; port: number } {
  const { hostname, port } = new URL(`http://${target}`);
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port === '' ? 80 : port) };
}
