/** The two servers that are compared, and what is between a test and one of them. */
import { fileURLToPath } from 'node:url';
import {
  type ToxiproxyServer,
  findToxiproxyBinary,
  startBinary,
} from '../../chaos/network/toxiproxy-server.ts';
import { startEmbeddedToxiproxy } from '../../chaos/network/embedded/embedded-toxiproxy.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Whether the real one can be had here; says once how to have it. */
export function realServer(): boolean {
  const found = findToxiproxyBinary(process.env, root) !== undefined;
  if (!found)
    console.warn('Left out: the real Toxiproxy is not here. `npm run tools` installs it.');
  return found;
}

export const startReal = (): Promise<ToxiproxyServer> =>
  startBinary(process.env, root, ['-proxy-metrics']);

export async function startOurs(): Promise<ToxiproxyServer> {
  const server = await startEmbeddedToxiproxy({ seed: 'differential', metrics: true });
  return { kind: 'embedded', ...server };
}
