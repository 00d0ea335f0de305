/**
 * The trial over time: what was owed and on its way at each moment, when faults struck and exceptions
 * came, and how long each stage of the workflow took from the fact to its arrival.
 */
import type { Flow } from '../../harness/flow.ts';
import { FlowTracker } from '../../harness/flow-tracker.ts';
import type { HistoryRecord, Phase } from '../../harness/record.ts';
import type { ExceptionClass } from './exceptions.ts';
import { Bins, Gauge, Tick } from './gauge.ts';
import type { Span } from './page-model.ts';

export interface SeriesModel {
  readonly name: string;
  readonly values: readonly number[];
}

export interface TimelineModel {
  /** Milliseconds of one bin. */
  readonly binMs: number;
  /** Documents that had not arrived, one series for each flow that ever owed one. */
  readonly owed: readonly SeriesModel[];
  readonly inFlight: readonly SeriesModel[];
  /** Strikes in each bin, by kind of fault. */
  readonly faults: readonly SeriesModel[];
  readonly exceptions: readonly SeriesModel[];
  readonly phases: readonly { readonly phase: Phase; readonly atMs: number }[];
}

/** From the moment a fact owed its flow a document until it had arrived. Milliseconds of trial time. */
export interface FlowLatency {
  readonly flow: string;
  readonly count: number;
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
  /** The key that took longest, to look for. */
  readonly slowest: string;
}

interface Arrivals {
  readonly tookMs: number[];
  longest: number;
  slowest: string;
}

export class TimelineFold {
  readonly #bins: Bins;
  readonly #startedAt: number;
  readonly #tracker: FlowTracker;
  readonly #owed: Map<string, Gauge>;
  readonly #since = new Map<string, number>();
  readonly #arrivals = new Map<string, Arrivals>();
  readonly #messages = new Gauge();
  readonly #open = new Set<string>();
  readonly #exchanges = new Gauge();
  readonly #faults = new Map<string, Tick>();
  readonly #exceptions = { transient: new Tick(), business: new Tick() };
  readonly #phases: { phase: Phase; atMs: number }[] = [];
  #now: HistoryRecord | undefined;

  constructor(flows: readonly Flow[], { startedAt, spanMs }: Span) {
    this.#bins = new Bins(startedAt, spanMs);
    this.#startedAt = startedAt;
    this.#owed = new Map(flows.map(({ name }) => [name, new Gauge()]));
    this.#tracker = new FlowTracker(flows, (flow, key, owes) => this.#moved(flow, key, owes));
  }

  see(record: HistoryRecord, exception: ExceptionClass | undefined): void {
    this.#now = record;
    const bin = this.#bins.of(record.at);
    this.#tracker.see(record);
    switch (record.type) {
      case 'message.emitted':
        this.#open.add(record.message);
        this.#messages.change(bin, 1);
        break;
      case 'message.delivered':
        if (record.outcome === 'ok') this.#landed(record.message, bin);
        break;
      case 'message.abandoned':
        this.#landed(record.message, bin);
        break;
      case 'exchange.invoked':
        this.#exchanges.change(bin, 1);
        break;
      case 'exchange.completed':
        this.#exchanges.change(bin, -1);
        break;
      case 'fault.fired':
        this.#struck(record.kind, bin);
        break;
      case 'phase':
        this.#phases.push({ phase: record.phase, atMs: record.at - this.#startedAt });
        break;
      default:
    }
    if (exception !== undefined) this.#exceptions[exception].add(bin);
  }

  model(): TimelineModel {
    const used = (series: SeriesModel[]): SeriesModel[] =>
      series.filter(({ values }) => values.some((each) => each > 0));
    return {
      binMs: this.#bins.widthMs,
      owed: used([...this.#owed].map(([name, gauge]) => ({ name, values: gauge.values() }))),
      inFlight: [
        { name: 'messages on their way', values: this.#messages.values() },
        { name: 'exchanges open', values: this.#exchanges.values() },
      ],
      faults: [...this.#faults].map(([name, tick]) => ({ name, values: tick.values() })),
      exceptions: Object.entries(this.#exceptions).map(([name, tick]) => ({
        name,
        values: tick.values(),
      })),
      phases: this.#phases,
    };
  }

  latencies(): FlowLatency[] {
    return [...this.#owed.keys()].flatMap((flow) => {
      const arrivals = this.#arrivals.get(flow);
      if (arrivals === undefined) return [];
      const { tookMs, longest, slowest } = arrivals;
      const sorted = tookMs.toSorted((a, b) => a - b);
      const at = (share: number): number =>
        sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
      const quantiles = { p5: at(0.05), p50: at(0.5), p95: at(0.95) };
      return { flow, count: sorted.length, ...quantiles, longest, slowest };
    });
  }

  #landed(message: string, bin: number): void {
    if (this.#open.delete(message)) this.#messages.change(bin, -1);
  }

  #struck(kind: string, bin: number): void {
    let tick = this.#faults.get(kind);
    if (tick === undefined) this.#faults.set(kind, (tick = new Tick()));
    tick.add(bin);
  }

  #moved(flow: Flow, key: string, owes: boolean): void {
    const now = this.#now as HistoryRecord;
    this.#owed.get(flow.name)?.change(this.#bins.of(now.at), owes ? 1 : -1);
    const name = `${flow.name} ${key}`;
    const since = this.#since.get(name);
    if (owes) this.#since.set(name, now.at);
    else this.#since.delete(name);
    const { system, document } = flow.to;
    const arrived = now.type === 'commit' && now.system === system && now.document === document;
    if (!owes && since !== undefined && arrived) this.#arrived(flow.name, key, now.at - since);
  }

  #arrived(flow: string, key: string, tookMs: number): void {
    let arrivals = this.#arrivals.get(flow);
    if (arrivals === undefined)
      this.#arrivals.set(flow, (arrivals = { tookMs: [], longest: -1, slowest: '' }));
    arrivals.tookMs.push(tookMs);
    if (tookMs <= arrivals.longest) return;
    arrivals.longest = tookMs;
    arrivals.slowest = key;
  }
}
