/** The real Toxiproxy in a container of its own, by `@testcontainers/toxiproxy`. */
import type { StartedToxiProxyContainer } from '@testcontainers/toxiproxy';
import { SeatrialError } from '../../harness/seatrial-error.ts';
import { type ProxyPlace, behindPublishedPorts, onAnother } from './proxy-place.ts';

/** The image that is started. */
export const toxiproxyImage = 'ghcr.io/shopify/toxiproxy:2.12.0';

export interface ToxiproxyContainer {
  readonly kind: 'container';
  readonly url: string;
  readonly place: ProxyPlace;
  close(): Promise<void>;
}

/** Throws `toxiproxy.no-testcontainers`, or `toxiproxy.no-container` when it cannot be started. */
export async function startToxiproxyContainer(): Promise<ToxiproxyContainer> {
  const { ToxiProxyContainer } = await testcontainers();
  let container: StartedToxiProxyContainer;
  try {
    container = await new ToxiProxyContainer(toxiproxyImage).start();
  } catch (cause) {
    throw refusal('toxiproxy.no-container', cause, 'Start Docker, or choose "embedded".');
  }
  const close = async (): Promise<void> => void (await container.stop());
  try {
    return { kind: 'container', close, ...(await placed(container)) };
  } catch (error) {
    await close();
    throw error;
  }
}

async function testcontainers(): Promise<typeof import('@testcontainers/toxiproxy')> {
  try {
    return await import('@testcontainers/toxiproxy');
  } catch (cause) {
    const hint = 'npm install --save-dev testcontainers @testcontainers/toxiproxy';
    throw refusal('toxiproxy.no-testcontainers', cause, hint);
  }
}

const apiPort = 8474;
/** As `@testcontainers/toxiproxy` publishes them. */
const proxyPorts = Array.from({ length: 32 }, (_, index) => 8666 + index);

/**
 * By the container's own address where that can be reached: there any port is to be had, and a RST
 * arrives as one, which what publishes ports turns into a FIN.
 */
async function placed(
  container: StartedToxiProxyContainer,
): Promise<{ url: string; place: ProxyPlace }> {
  const [network = 'bridge'] = container.getNetworkNames();
  const url = `http://${container.getIpAddress(network)}:${apiPort}`;
  try {
    await fetch(`${url}/version`, { signal: AbortSignal.timeout(2000) });
    return { url, place: await onAnother(url) };
  } catch {
    const host = container.getHost();
    const place = behindPublishedPorts({
      host,
      inside: proxyPorts,
      outside: (inside) => container.getMappedPort(inside),
    });
    return { url: `http://${host}:${container.getMappedPort(apiPort)}`, place };
  }
}

function refusal(code: string, cause: unknown, hint: string): SeatrialError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SeatrialError({ code, task: 'start Toxiproxy in a container', reason, hint, cause });
}
