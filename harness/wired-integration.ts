/** Leads both directions between a landscape and an integration through wires that can be broken. */
import { type Poster, networkPost } from './edge/post.ts';
import type { RunningIntegration } from './integration.ts';
import type { Landscape, SystemAddress } from './landscape.ts';
import { SeatrialError } from './seatrial-error.ts';
import type { RunOptions } from './trial-result.ts';
import type { Trial } from './trial.ts';
import type { Post } from './webhook-sender.ts';
import type { Wires } from './wires.ts';

/**
 * The wires that the trial's network faults need; none when it has none. Throws
 * `network.needs-connections` for an integration that runs in this process and has no connections.
 */
export async function wiresFor(
  trial: Trial,
  integrationKind: 'process' | 'url' | 'function',
  options: Pick<RunOptions, 'toxiproxy' | 'host'>,
  seed: string,
): Promise<Wires | undefined> {
  const fault = trial.faults?.find(({ layer }) => layer === 'network');
  if (fault === undefined || fault.layer !== 'network') return undefined;
  if (integrationKind === 'function') {
    throw new SeatrialError({
      code: 'network.needs-connections',
      task: `put ${fault.kind} onto "${fault.link}"`,
      reason: 'the integration runs in this process, where there are no connections to break',
      hint: 'Run it as a command or a URL, or use the exchange faults (outage, latency, ...).',
    });
  }
  const { host } = options;
  return fault.openWires({
    toxiproxy: options.toxiproxy ?? trial.toxiproxy ?? 'auto',
    seed,
    ...(host === undefined ? {} : { host }),
  });
}

/** The addresses that the integration is handed: the wires', never the systems'. */
export async function wiredAddresses(
  landscape: Landscape,
  wires: Wires,
  ports: Readonly<Record<string, number>>,
): Promise<Record<string, SystemAddress>> {
  const wired: Record<string, SystemAddress> = {};
  for (const [name, system] of Object.entries(landscape.addresses())) {
    const host = await wires.address(
      `integration -> ${name}`,
      new URL(system.url).host,
      ports[name],
    );
    wired[name] = { ...system, url: `http://${host}` };
  }
  return wired;
}

/** Takes each system's webhooks to the integration through the wire of its own link. */
export async function wiredPost(
  landscape: Landscape,
  wires: Wires,
  { url }: RunningIntegration,
): Promise<Poster> {
  if (url === undefined) throw new Error('Only an integration with a URL has wires.');
  const posters = new Map<string, Poster>();
  for (const name of landscape.systems.keys()) {
    const through = new URL(url);
    const upstream = through.port === '' ? `${through.hostname}:80` : through.host;
    through.host = await wires.address(`${name} -> integration`, upstream);
    posters.set(`/webhooks/${name}`, networkPost(through.href));
  }
  const post: Post = (path, request) => (posters.get(path) as Poster).post(path, request);
  return { post, close: () => posters.forEach((each) => each.close()) };
}
