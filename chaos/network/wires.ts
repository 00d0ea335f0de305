/**
 * The wires under the links: what network faults act on. Without a proxy between them the
 * integration and the systems are wired directly; a proxy is another implementation of the same.
 */
import type { NetworkFault } from '../../harness/fault.ts';
import { SeatrialError } from '../../harness/seatrial-error.ts';

export interface Wires {
  /** Where to reach `upstream` (`host:port`) through the link's wire. */
  address(link: string, upstream: string): Promise<string>;
  /** Puts a fault onto the wires of its link. Throws a SeatrialError when they cannot carry it. */
  apply(fault: NetworkFault): Promise<void>;
  /** Takes every fault off. */
  heal(): Promise<void>;
  /** The links that are still disturbed, as the wires themselves say; none when healed. */
  verifyHealed(): Promise<readonly string[]>;
}

/** No proxy: every link leads straight to its upstream, and no network fault can be applied. */
export const directWires: Wires = {
  address: async (_link, upstream) => upstream,
  apply: async ({ kind, link }) => {
    throw new SeatrialError({
      code: 'wires.direct',
      task: `apply ${kind} to "${link}"`,
      reason: 'the link is wired directly, with no proxy in between',
      hint: 'Network faults need wires that lead through a proxy.',
    });
  },
  heal: async () => {},
  verifyHealed: async () => [],
};
