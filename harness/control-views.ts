/** What a landscape under control shows of itself: plain values, ready for a wire. */
import type { SystemAddress } from './landscape.ts';
import type { HistoryRecord } from './record.ts';
import type { FaultResult } from './verdict.ts';

export interface SystemView extends SystemAddress {
  readonly name: string;
  readonly dialect: string;
}

export interface LandscapeView {
  readonly id: string;
  readonly seed: string;
  readonly token: string;
  readonly webhookSecret: string;
  readonly systems: readonly SystemView[];
  readonly clock: ClockView;
  readonly historyLength: number;
}

export interface ClockView {
  readonly kind: 'real' | 'virtual';
  readonly speed: number;
  /** Trial time stands still. */
  readonly paused: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Business date. */
  readonly today: string;
}

export interface FaultView extends FaultResult {
  /** Ended for good. */
  readonly healed: boolean;
}

export interface FaultsView {
  readonly healed: boolean;
  readonly faults: readonly FaultView[];
}

export interface HistoryPage {
  readonly records: readonly HistoryRecord[];
  /** Position to go on from. */
  readonly next: number;
}
