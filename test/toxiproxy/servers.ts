/** The two servers that are compared, and what is between a test and one of them. */
import { fileURLToPath } from 'node:url';
import {
  type ToxiproxyServer,
  findToxiproxyBinary,
  startBinary,
} from '../../chaos/network/toxiproxy-server.ts';
import { leftOut } from '../left-out.ts';
import { startEmbeddedToxiproxy } from '../../chaos/network/embedded/embedded-toxiproxy.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Whether the real one can be had here; says once how to have it. */
export function realServer(): boolean {
  const found = findToxiproxyBinary(process.env, root) !== undefined;
  return !leftOut(
    'toxiproxy',
    found,
    'the real Toxiproxy',
    '`npm run tools toxiproxy-server` installs it.',
  );
}

export const startReal = (): Promise<ToxiproxyServer> =>
  startBinary(process.env, root, ['-proxy-metrics']);

export async function startOurs(): Promise<ToxiproxyServer> {
  const server = await startEmbeddedToxiproxy({ seed: 'differential', metrics: true });
  return { kind: 'embedded', ...server };
}
