/** Counts what a running trial does, for live lines and for knowing when nothing moves any more. */
import type { History } from './history.ts';
import type { HistoryRecord, Phase } from './record.ts';
import type { Owed } from './workload.ts';

export interface Counts {
  /** Versions of documents committed. */
  readonly commits: number;
  readonly exchanges: number;
  readonly messages: number;
  readonly faultsFired: number;
  readonly refusals: number;
}

/** A look at a running trial. */
export interface Progress extends Counts {
  readonly phase: Phase;
  /** Trial milliseconds since the workload began. */
  readonly elapsedMs: number;
  readonly owed: readonly Owed[];
}

/** Counts records, wherever they come from. */
export class Tally {
  readonly #counts = { commits: 0, exchanges: 0, messages: 0, faultsFired: 0, refusals: 0 };

  counts(): Counts {
    return { ...this.#counts };
  }

  see(record: HistoryRecord): void {
    const counts = this.#counts;
    if (record.type === 'commit') counts.commits++;
    else if (record.type === 'exchange.invoked') counts.exchanges++;
    else if (record.type === 'message.delivered') counts.messages++;
    else if (record.type === 'fault.fired') counts.faultsFired++;
    else if (record.type === 'exchange.completed' && record.rule !== undefined) counts.refusals++;
  }
}

export class Meter {
  readonly #tally = new Tally();
  readonly stop: () => void;
  #lastMove = 0;

  constructor(history: History) {
    this.stop = history.subscribe((record) => this.#see(record));
  }

  /**
   * Trial time of the last thing that the integration did or was told. What it reads, and what actors
   * do without telling anybody (a posting period opens, a truck waits), moves nothing on.
   */
  get lastMove(): number {
    return this.#lastMove;
  }

  counts(): Counts {
    return this.#tally.counts();
  }

  #see(record: HistoryRecord): void {
    this.#tally.see(record);
    const moves =
      record.type === 'message.emitted' ||
      record.type === 'message.delivered' ||
      record.type === 'phase' ||
      (record.type === 'commit' && record.exchange !== undefined) ||
      (record.type === 'exchange.invoked' && !record.safe);
    if (moves) this.#lastMove = record.at;
  }
}
