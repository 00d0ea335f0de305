/**
 * Outages as the integration met them: from the first call or message that a link did not take until
 * the first that got through again. Read off what happened, so it is the same for every kind of fault.
 */
import type { HistoryRecord } from '../../harness/record.ts';

export interface Outage {
  readonly link: string;
  /** The faults that struck meanwhile, when they were planned. */
  readonly faults: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  /** Calls and messages that were turned away. */
  readonly turnedAway: number;
}

interface Down {
  readonly link: string;
  readonly from: number;
  last: number;
  readonly faults: Set<string>;
  turnedAway: number;
}

/** Kinds of fault that take a system away as a whole. */
const absences = new Set(['outage', 'maintenance', 'down', 'partition']);

/** One refused connection may be chance; so many in a row are an outage even when none was planned. */
const inARow = 3;

export class OutageFold {
  readonly #startedAt: number;
  readonly #down = new Map<string, Down>();
  readonly #outages: Outage[] = [];

  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  see(record: HistoryRecord): void {
    if (record.type === 'fault.fired' && absences.has(record.kind)) {
      this.#at(record.link, record.at).faults.add(record.fault);
    } else if (record.type === 'exchange.completed' || record.type === 'message.delivered') {
      if (record.outcome === 'ok') this.#up(record.link, record.at);
      else if (isAway(record)) this.#at(record.link, record.at).turnedAway++;
    }
  }

  /** In the order they began; what is still down at the end ends there. */
  outages(endedAt: number): Outage[] {
    for (const link of this.#down.keys()) this.#up(link, endedAt);
    return this.#outages.toSorted((a, b) => a.fromMs - b.fromMs);
  }

  #at(link: string, at: number): Down {
    let down = this.#down.get(link);
    if (down === undefined) {
      down = { link, from: at, last: at, faults: new Set(), turnedAway: 0 };
      this.#down.set(link, down);
    }
    down.last = at;
    return down;
  }

  #up(link: string, at: number): void {
    const down = this.#down.get(link);
    if (down === undefined) return;
    this.#down.delete(link);
    if (down.faults.size === 0 && down.turnedAway < inARow) return;
    this.#outages.push({
      link,
      faults: [...down.faults],
      fromMs: down.from - this.#startedAt,
      toMs: at - this.#startedAt,
      turnedAway: down.turnedAway,
    });
  }
}

const isAway = (record: HistoryRecord): boolean =>
  (record.type === 'exchange.completed' && (record.cut === 'refused' || record.status === 503)) ||
  (record.type === 'message.delivered' && record.outcome === 'info' && record.status === undefined);
