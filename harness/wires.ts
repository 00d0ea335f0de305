/**
 * The wires under the links: what network faults act on. The harness knows when they act; how a wire
 * is broken is known to whoever made the fault, which brings the wires along.
 */
import type { NetworkFault } from './fault.ts';

export interface Wires {
  /**
   * Where to reach `upstream` (`host:port`) through the link's wire, on `port` when it has to be that.
   * Throws a SeatrialError when no wire can be laid.
   */
  address(link: string, upstream: string, port?: number): Promise<string>;
  /** Puts a fault onto the wires of its link, and names the links. Throws a SeatrialError. */
  apply(fault: NetworkFault): Promise<readonly string[]>;
  /** Takes the fault off again; others on the same link stay. */
  lift(fault: NetworkFault): Promise<void>;
  /** Takes every fault off. */
  heal(): Promise<void>;
  /** The links that are still disturbed, as the wires themselves say; none when healed. */
  verifyHealed(): Promise<readonly string[]>;
  /** Takes the wires away. */
  close(): Promise<void>;
}

export interface WiresOptions {
  /** `auto`, `embedded`, `binary`, `container` or the URL of a Toxiproxy. */
  readonly toxiproxy: string;
  readonly seed: string;
  /** Address that wires on this machine listen on; default 127.0.0.1. */
  readonly host?: string;
}

export type OpenWires = (options: WiresOptions) => Promise<Wires>;
