/**
 * What can be asked of a running landscape and told to it from outside, as plain values: the one model
 * that the command line, the console and the HTTP control API stand on.
 */
import { type CheckOptions, check } from './check.ts';
import { VirtualClock } from './clock.ts';
import { FlowTracker } from './flow-tracker.ts';
import type { Flow } from './flow.ts';
import type { Invariant } from './invariant.ts';
import type { Landscape, SystemAddress } from './landscape.ts';
import type { HistoryRecord } from './record.ts';
import { replayToken } from './replay-token.ts';
import { SeatrialError } from './seatrial-error.ts';
import { type FaultResult, type Verdict, countFaults, verdictOf } from './verdict.ts';
import type { Owed } from './workload.ts';

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
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Business date. */
  readonly today: string;
}

export interface FaultsView {
  readonly healed: boolean;
  readonly faults: readonly FaultResult[];
}

export interface HistoryPage {
  readonly records: readonly HistoryRecord[];
  /** Position to go on from. */
  readonly next: number;
}

/** What the landscape is judged by. */
export interface Promises {
  readonly flows: readonly Flow[];
  readonly invariants: readonly Invariant[];
}

/** One landscape under control. */
export class LandscapeControl {
  readonly id: string;
  readonly landscape: Landscape;
  readonly #promises: Promises;

  constructor(
    id: string,
    landscape: Landscape,
    promises: Promises = { flows: [], invariants: [] },
  ) {
    this.id = id;
    this.landscape = landscape;
    this.#promises = promises;
  }

  view(): LandscapeView {
    const { landscape } = this;
    const addresses = landscape.addresses();
    return {
      id: this.id,
      seed: landscape.world.seed,
      token: replayToken(landscape.world.seed),
      webhookSecret: landscape.webhookSecret,
      systems: [...landscape.systems.values()].map(({ name, dialect }) => ({
        name,
        dialect,
        ...(addresses[name] as SystemAddress),
      })),
      clock: this.clock(),
      historyLength: landscape.world.history.length,
    };
  }

  clock(): ClockView {
    const { clock, calendar } = this.landscape.world;
    return { kind: clock.kind, speed: clock.speed, now: clock.now(), today: calendar.today() };
  }

  /** Lets so much trial time pass. Throws `control.clock` for a clock that passes by itself. */
  async advance(byMs: number): Promise<ClockView> {
    const { clock } = this.landscape.world;
    if (!(clock instanceof VirtualClock)) {
      throw refusal('control.clock', 'advance the clock', 'real time passes by itself');
    }
    if (!Number.isFinite(byMs) || byMs < 0) {
      throw refusal(
        'control.clock',
        'advance the clock',
        `byMs is ${byMs}, not a number of milliseconds`,
      );
    }
    const until = clock.now() + byMs;
    // Without it a clock with nothing scheduled would stay where it is.
    clock.after(byMs, () => {});
    await clock.run(() => false, until);
    return this.clock();
  }

  faults(): FaultsView {
    const { history, faults } = this.landscape.world;
    return { healed: faults.healed, faults: countFaults(history, faults) };
  }

  /** Starts the schedules of the faults. */
  begin(): FaultsView {
    this.landscape.begin();
    return this.faults();
  }

  /** Ends every fault for good. */
  heal(): FaultsView {
    this.landscape.heal();
    return this.faults();
  }

  pending(): readonly Owed[] {
    return this.landscape.pending();
  }

  /** Up to `limit` records from the position `from`. */
  history(from = 0, limit = 1000): HistoryPage {
    const { history } = this.landscape.world;
    const records: HistoryRecord[] = [];
    for (let position = from; records.length < limit; position++) {
      const record = history.at(position);
      if (record === undefined) break;
      records.push(record);
    }
    return { records, next: from + records.length };
  }

  /** All records from `from` on, and those to come, until `signal` ends it. */
  async *stream(signal: AbortSignal, from = 0): AsyncGenerator<HistoryRecord> {
    const { history } = this.landscape.world;
    let wake = (): void => {};
    const unsubscribe = history.subscribe(() => wake());
    const awaken = (): void => wake();
    signal.addEventListener('abort', awaken);
    try {
      for (let position = from; !signal.aborted;) {
        const record = history.at(position);
        if (record !== undefined) {
          position++;
          yield record;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      unsubscribe();
      signal.removeEventListener('abort', awaken);
    }
  }

  /** Judges the history as it stands; what is still under way is judged as if it ended now. */
  verdict(options: CheckOptions = {}): Verdict {
    const { history, faults } = this.landscape.world;
    const tracker = new FlowTracker(this.#promises.flows);
    for (const record of history) tracker.see(record);
    return verdictOf(
      check(history, this.#promises.invariants, options),
      countFaults(history, faults),
      tracker.results(),
    );
  }
}

/** The landscapes of one process. */
export class Control {
  readonly #landscapes = new Map<string, LandscapeControl>();

  list(): LandscapeView[] {
    return [...this.#landscapes.values()].map((each) => each.view());
  }

  /** Throws `control.taken` when another landscape has the id. */
  add(controlled: LandscapeControl): LandscapeControl {
    const { id } = controlled;
    if (this.#landscapes.has(id))
      throw refusal('control.taken', `add the landscape "${id}"`, 'the id is taken');
    this.#landscapes.set(id, controlled);
    return controlled;
  }

  /** Throws `control.no-landscape`. */
  get(id: string): LandscapeControl {
    const controlled = this.#landscapes.get(id);
    if (controlled) return controlled;
    throw refusal('control.no-landscape', `find the landscape "${id}"`, 'there is none of that id');
  }

  /** Closes the landscape and forgets it. */
  async remove(id: string): Promise<void> {
    const { landscape } = this.get(id);
    this.#landscapes.delete(id);
    await landscape.close();
  }
}

const refusal = (code: string, task: string, reason: string): SeatrialError =>
  new SeatrialError({ code, task, reason });
