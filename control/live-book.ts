/**
 * What a running landscape looks like at a glance, for those who look on: counts, what is in flight
 * over time, the last exchanges and the story. A fold over the history, begun at its beginning, so that
 * whoever comes late sees the same as whoever was there.
 */
import type { LandscapeControl } from '../harness/control.ts';
import { FlowTracker } from '../harness/flow-tracker.ts';
import { Tally } from '../harness/progress.ts';
import type { HistoryRecord, Phase } from '../harness/record.ts';
import type { Narrator } from '../harness/workload.ts';
import { LiveExchanges } from './live-exchanges.ts';
import { LiveSeries } from './live-series.ts';
import type { LiveView, StoryLineView } from '../report/console/live-view.ts';

const keptStory = 200;

export class LiveBook {
  readonly #control: LandscapeControl;
  readonly #narrate: Narrator;
  readonly #tracker: FlowTracker;
  readonly #tally = new Tally();
  readonly #series: LiveSeries;
  readonly #exchanges: LiveExchanges;
  readonly #startedAt: number;
  #story: StoryLineView[] = [];
  #phase: Phase | undefined;
  /** Exchanges that a fault struck: what became of them is told with the fault. */
  readonly #struck = new Set<string>();
  readonly close: () => void;

  constructor(control: LandscapeControl, narrate: Narrator) {
    const { history, clock } = control.landscape.world;
    this.#control = control;
    this.#narrate = narrate;
    this.#tracker = new FlowTracker(control.promises.flows);
    this.#startedAt = history.at(0)?.at ?? clock.now();
    this.#series = new LiveSeries(this.#startedAt);
    this.#exchanges = new LiveExchanges([...control.landscape.systems.keys()]);
    for (const record of history) this.#see(record);
    this.close = history.subscribe((record) => this.#see(record));
  }

  /** Lines of the story after the position. */
  storyAfter(position: number): StoryLineView[] {
    return this.#story.filter((line) => line.position > position);
  }

  view(): LiveView {
    const { landscape } = this.#control;
    const { history, clock } = landscape.world;
    const owed = this.#control.owed();
    const now = clock.now();
    return {
      landscape: this.#control.id,
      clock: this.#control.clock(),
      elapsedMs: now - this.#startedAt,
      ...(this.#phase === undefined ? {} : { phase: this.#phase }),
      historyLength: history.length,
      counts: this.#tally.counts(),
      owed,
      inFlight: this.#inFlight(),
      series: this.#series.view(now, this.#inFlight()),
      faults: this.#control.faults().faults,
      systems: [...landscape.systems.values()].map((system) => ({
        name: system.name,
        dialect: system.dialect,
        held: system.channel.pending,
        open: landscape.gate(system.name).pending,
        documents: documentsOf(system.store.collections),
        ...this.#exchanges.of(system.name),
      })),
      exchanges: this.#exchanges.recent(),
    };
  }

  #inFlight(): number {
    return this.#tracker.owed().reduce((sum, { count }) => sum + count, 0);
  }

  #see(record: HistoryRecord): void {
    this.#tracker.see(record);
    this.#tally.see(record);
    this.#exchanges.see(record);
    this.#series.see(record, () => this.#inFlight());
    if (record.type === 'phase') this.#phase = record.phase;
    if (record.type === 'fault.fired' && record.exchange !== undefined) {
      this.#struck.add(record.exchange);
    }
    if (record.type === 'exchange.completed' && this.#struck.delete(record.exchange)) return;
    const tone = toneOf(record);
    if (tone === undefined) return;
    const sentence = this.#narrate(record);
    if (sentence === undefined) return;
    const { position, at } = record;
    this.#story.push({ position, afterMs: at - this.#startedAt, tone, sentence });
    if (this.#story.length > 2 * keptStory) this.#story = this.#story.slice(-keptStory);
  }
}

/** How a record is told in the story; those that went as they always go are left out. */
function toneOf(record: HistoryRecord): StoryLineView['tone'] | undefined {
  switch (record.type) {
    case 'actor.acted':
      return record.refused === undefined ? 'business' : 'refused';
    case 'fault.fired':
    case 'fault.injected':
    case 'fault.healed':
      return 'fault';
    case 'message.abandoned':
    case 'integration':
      return 'refused';
    case 'message.delivered':
      return record.outcome === 'ok' ? undefined : 'refused';
    case 'exchange.completed':
      return record.outcome === 'ok' ? undefined : 'refused';
    case 'commit':
      return record.exchange === undefined ? undefined : 'integration';
    case 'phase':
      return 'business';
    default:
      return undefined;
  }
}

interface Counted {
  readonly kind: string;
  readonly recorded: boolean;
  readonly size: number;
}

const documentsOf = (collections: Iterable<Counted>): { kind: string; documents: number }[] =>
  [...collections]
    .filter(({ recorded, size }) => recorded && size > 0)
    .map(({ kind, size }) => ({ kind, documents: size }));
