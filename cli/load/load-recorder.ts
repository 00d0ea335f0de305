/** Looks on while a load runs: arrivals, what is owed, how long stages took, when faults struck. */
import type { ControlledLandscape } from '../../control/controlled-landscape.ts';
import type { HistoryRecord } from '../../harness/record.ts';
import type { FaultBand, StageLatency } from '../../report/load/load-model.ts';

export interface LoadSeries {
  readonly binMs: number;
  readonly achieved: readonly number[];
  readonly owed: readonly number[];
  readonly arrivals: number;
}

interface Band {
  fromMs: number;
  toMs: number;
  strikes: number;
}

/** A fault that is silent for so long has paused. */
const pauseMs = 2000;

export class LoadRecorder {
  readonly #landscape: ControlledLandscape;
  readonly #binMs: number;
  readonly #isArrival: (record: HistoryRecord) => boolean;
  #startedAt: number;
  readonly #unfollow: () => void;
  readonly #arrived: number[] = [];
  readonly #owed: number[] = [];
  readonly #took = new Map<string, number[]>();
  readonly #bands = new Map<string, Band[]>();
  #seen = 0;
  #arrivals = 0;

  constructor(
    landscape: ControlledLandscape,
    binMs: number,
    isArrival: (record: HistoryRecord) => boolean,
  ) {
    const { world } = landscape.control.landscape;
    this.#landscape = landscape;
    this.#binMs = binMs;
    this.#isArrival = isArrival;
    this.#startedAt = world.clock.now();
    this.#unfollow = world.history.subscribe((record) => this.#see(record));
  }

  /** From now on the times count; what was seen before is forgotten. */
  begin(): void {
    this.#startedAt = this.#landscape.control.landscape.world.clock.now();
    this.#arrived.length = 0;
    this.#owed.length = 0;
    this.#took.clear();
    this.#bands.clear();
    this.#arrivals = 0;
  }

  get elapsedMs(): number {
    return this.#landscape.control.landscape.world.clock.now() - this.#startedAt;
  }

  get arrivals(): number {
    return this.#arrivals;
  }

  /** Takes in what there is to see now; to be called at least once in a bin. Gives what is owed. */
  look(): number {
    const book = this.#landscape.arrivals();
    for (;;) {
      const { next, items } = book.since(this.#seen);
      if (next === this.#seen) break;
      this.#seen = next;
      for (const [flow, tookMs] of items) this.#tookOf(flow).push(tookMs);
    }
    const owed = this.#landscape.control.owed().reduce((sum, { count }) => sum + count, 0);
    this.#owed[this.#binOf(this.elapsedMs)] = owed;
    return owed;
  }

  series(): LoadSeries {
    const length = Math.max(this.#arrived.length, this.#owed.length);
    let owed = 0;
    return {
      binMs: this.#binMs,
      achieved: Array.from(
        { length },
        (_, bin) => ((this.#arrived[bin] ?? 0) * 1000) / this.#binMs,
      ),
      owed: Array.from({ length }, (_, bin) => (owed = this.#owed[bin] ?? owed)),
      arrivals: this.#arrivals,
    };
  }

  stages(limits: Readonly<Record<string, number>>): StageLatency[] {
    return [...this.#took].map(([flow, took]) => {
      const sorted = took.toSorted((a, b) => a - b);
      const at = (share: number): number =>
        sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
      const limitMs = limits[flow];
      return {
        flow,
        count: sorted.length,
        p50: at(0.5),
        p95: at(0.95),
        p99: at(0.99),
        longest: at(1),
        ...(limitMs === undefined ? {} : { limitMs }),
      };
    });
  }

  faults(): FaultBand[] {
    return [...this.#bands].flatMap(([fault, bands]) => bands.map((band) => ({ fault, ...band })));
  }

  close(): void {
    this.#unfollow();
  }

  #see(record: HistoryRecord): void {
    if (record.type === 'fault.fired') this.#struck(record.fault, record.at - this.#startedAt);
    else if (this.#isArrival(record)) {
      const bin = this.#binOf(record.at - this.#startedAt);
      this.#arrived[bin] = (this.#arrived[bin] ?? 0) + 1;
      this.#arrivals++;
    }
  }

  #struck(fault: string, atMs: number): void {
    const bands = this.#bands.get(fault) ?? [];
    this.#bands.set(fault, bands);
    const last = bands.at(-1);
    if (last !== undefined && atMs - last.toMs < pauseMs) {
      last.toMs = atMs;
      last.strikes++;
    } else bands.push({ fromMs: atMs, toMs: atMs, strikes: 1 });
  }

  #tookOf(flow: string): number[] {
    let took = this.#took.get(flow);
    if (took === undefined) this.#took.set(flow, (took = []));
    return took;
  }

  #binOf(elapsedMs: number): number {
    return Math.max(0, Math.floor(elapsedMs / this.#binMs));
  }
}
