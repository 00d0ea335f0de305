/** Something that answers "create a purchase order" and "read one": a program of others, or our own. */
import type { InsertTarget } from '../insert-rate.ts';

export interface RunningPeer {
  readonly create: InsertTarget;
  /** Path of an order that is there. */
  readonly readPath: string;
  /** Bytes of the answer to a create. */
  stop(): void;
}

export interface Peer {
  readonly name: string;
  /** What it does with the order, in a few words. */
  readonly does: string;
  /** Whether it must be installed first. */
  readonly installed: boolean;
  start(): Promise<RunningPeer>;
}
