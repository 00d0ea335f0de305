/** The exchanges of a landscape as they go by: the last of them, and how many there were by system. */
import type { CompletedRecord, HistoryRecord } from '../harness/record.ts';
import type { ExchangeView } from '../report/console/live-view.ts';

const kept = 40;

interface Counts {
  exchanges: number;
  failed: number;
  commits: number;
}

export class LiveExchanges {
  readonly #bySystem: ReadonlyMap<string, Counts>;
  #recent: ExchangeView[] = [];
  #startedAt: number | undefined;

  constructor(systems: readonly string[]) {
    this.#bySystem = new Map(
      systems.map((name) => [name, { exchanges: 0, failed: 0, commits: 0 }]),
    );
  }

  of(system: string): Readonly<Counts> {
    return { ...(this.#bySystem.get(system) as Counts) };
  }

  /** The last ones, the newest first. */
  recent(): ExchangeView[] {
    return this.#recent.slice(-kept).toReversed();
  }

  see(record: HistoryRecord): void {
    this.#startedAt ??= record.at;
    if (record.type === 'commit') {
      const counts = this.#bySystem.get(record.system);
      if (counts) counts.commits++;
    } else if (record.type === 'exchange.completed') this.#completed(record, this.#startedAt);
  }

  #completed(record: CompletedRecord, startedAt: number): void {
    const { position, at, link, callee, operation, key, outcome, status, cut } = record;
    const counts = this.#bySystem.get(callee);
    if (counts) {
      counts.exchanges++;
      if (outcome !== 'ok') counts.failed++;
    }
    this.#recent.push({
      position,
      afterMs: at - startedAt,
      link,
      operation,
      ...(key === undefined ? {} : { key }),
      outcome,
      answer: String(status ?? cut ?? outcome),
    });
    if (this.#recent.length > 4 * kept) this.#recent = this.#recent.slice(-kept);
  }
}
