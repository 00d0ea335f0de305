/** How long each arrival of a flow took, for those who measure a landscape from outside while it runs. */
import type { LandscapeControl } from '../harness/control.ts';
import { FlowTracker } from '../harness/flow-tracker.ts';
import type { Flow } from '../harness/flow.ts';
import type { CommitRecord, HistoryRecord } from '../harness/record.ts';

export type Arrival = readonly [flow: string, tookMs: number];

export interface Arrivals {
  /** To go on from. */
  readonly next: number;
  readonly items: readonly Arrival[];
}

/** So many are kept, and so many of them given at a time. */
const kept = 100_000;
const together = 10_000;

export class ArrivalBook {
  readonly close: () => void;
  readonly #owingSince = new Map<string, number>();
  /** By their number modulo as many as are kept. */
  readonly #ring: Arrival[] = [];
  #count = 0;
  #now: HistoryRecord | undefined;

  constructor({ landscape, promises }: LandscapeControl) {
    const tracker = new FlowTracker(promises.flows, (flow, key, owes) =>
      this.#moved(flow, key, owes),
    );
    const { history } = landscape.world;
    const see = (record: HistoryRecord): void => {
      this.#now = record;
      tracker.see(record);
    };
    for (const record of history) see(record);
    this.close = history.subscribe(see);
  }

  /** Those after so many. */
  since(after: number): Arrivals {
    const from = Math.min(this.#count, Math.max(after, this.#count - kept));
    const next = Math.min(this.#count, from + together);
    const items: Arrival[] = [];
    for (let n = from; n < next; n++) items.push(this.#ring[n % kept] as Arrival);
    return { next, items };
  }

  #moved({ name: flow, to }: Flow, key: string, owes: boolean): void {
    const now = this.#now as CommitRecord;
    const name = `${flow} ${key}`;
    const since = this.#owingSince.get(name);
    if (owes) {
      if (since === undefined) this.#owingSince.set(name, now.at);
      return;
    }
    this.#owingSince.delete(name);
    // A fact that lapsed is settled, too, but nothing arrived.
    if (since === undefined || now.system !== to.system || now.document !== to.document) return;
    this.#ring[this.#count % kept] = [flow, now.at - since];
    this.#count++;
  }
}
