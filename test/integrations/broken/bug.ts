/** A known bug of integrations: the sound middleware with one thing changed, and what brings it out. */
import type { ProcureToPayOptions, Trial } from '../../../index.ts';
import type { Policies } from '../kit/policies.ts';

export interface Bug {
  readonly name: string;
  /** Its number in the list of bug classes. */
  readonly bug: number;
  /** What is wrong with it, in one sentence. */
  readonly sentence: string;
  /** How it differs from the sound policies. */
  readonly changes: Partial<Policies>;
  /** How its fixed twin differs from them, where the bug can only be in an integration of that sort. */
  readonly twin?: Partial<Policies>;
  readonly faults: NonNullable<Trial['faults']>;
  /** The violated invariants whose name ends so are the ones meant. */
  readonly caughtBy: readonly string[];
  /** Why it shows on a good day, too; most do not. */
  readonly always?: string;
  /** Shares of what is rare in the business and brings the bug out. */
  readonly shares?: NonNullable<ProcureToPayOptions['shares']>;
  /** Orders in the trial where nobody asks for another number; default 20. */
  readonly purchaseOrders?: number;
  /** Orders without which it does not show. */
  readonly leastOrders?: number;
  /** Systems instead of the usual ones. */
  readonly systems?: Trial['systems'];
  /** How long the trial goes on after healing; default 60 s. */
  readonly deadline?: `${number}m`;
  /** After how long without anything new it is over; default 8 s. */
  readonly settle?: `${number}m`;
  /** Whether the modules for vendors' wires can have it, so that it is tried over them as well. */
  readonly onVendors?: boolean;
}
