/**
 * Stands a landscape up on ports, says where in one line of JSON, and takes it down when it is told to
 * end. Each client gets a fresh one in a process of its own.
 */
import { RealClock } from '../../harness/clock.ts';
import { Landscape } from '../../harness/landscape.ts';
import type { SystemFactory } from '../../harness/system.ts';

/** Listens, lets `prepare` do some business, and prints the addresses with what it answers. */
export async function standUp(
  systems: Readonly<Record<string, SystemFactory>>,
  prepare: (landscape: Landscape) => object = () => ({}),
): Promise<void> {
  const landscape = new Landscape({ systems, seed: 'conformance', clock: new RealClock() });
  const prepared = prepare(landscape);
  await landscape.listen();
  const end = (): void => void landscape.close().then(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  console.log(JSON.stringify({ systems: landscape.addresses(), ...prepared }));
}
