/**
 * What can be asked of a running landscape and told to it from outside, as plain values: the one model
 * that the command line, the console and the HTTP control API stand on.
 */
import { type CheckOptions, check } from './check.ts';
import { RealClock, VirtualClock } from './clock.ts';
import type { ClockView, FaultsView, HistoryPage, LandscapeView } from './control-views.ts';
import { enterPhase } from './enter-phase.ts';
import type { Fault } from './fault.ts';
import { FlowTracker, recallFrom } from './flow-tracker.ts';
import { Follower } from './follower.ts';
import type { Flow } from './flow.ts';
import type { Invariant } from './invariant.ts';
import type { Landscape, SystemAddress } from './landscape.ts';
import type { HistoryRecord } from './record.ts';
import { replayToken } from './replay-token.ts';
import { SeatrialError } from './seatrial-error.ts';
import { type Verdict, countFaults, verdictOf } from './verdict.ts';
import type { Owed, Workload, WorkloadRun } from './workload.ts';

export type * from './control-views.ts';

/** What the landscape is judged by. */
export interface Promises {
  readonly flows: readonly Flow[];
  readonly invariants: readonly Invariant[];
}

/** One landscape under control. */
export class LandscapeControl {
  readonly id: string;
  readonly landscape: Landscape;
  readonly promises: Promises;
  readonly #tracker: FlowTracker;
  readonly #elsewhere: (() => readonly Owed[] | undefined) | undefined;
  readonly #follower: Follower;
  #work: WorkloadRun | undefined;
  #sealed = false;
  /** Whether nothing was committed since the history says that the business is over. */
  #over = false;

  /**
   * `owed`: what is owed as somebody else knows it, who runs the landscape, and while
   * he does; else as its actors, wires and flows tell.
   */
  constructor(
    id: string,
    landscape: Landscape,
    promises: Promises = { flows: [], invariants: [] },
    owed?: () => readonly Owed[] | undefined,
  ) {
    this.id = id;
    this.landscape = landscape;
    this.promises = promises;
    this.#tracker = new FlowTracker(promises.flows, undefined, recallFrom(landscape.world));
    this.#elsewhere = owed;
    this.#follower = new Follower(landscape.world.history, (record) => this.#see(record));
  }

  #see(record: HistoryRecord): void {
    this.#tracker.see(record);
    if (record.type === 'commit') this.#over = false;
    if (record.type === 'phase') this.#over = record.phase === 'check';
    // A trial that has healed is about what arrives; nothing may go wrong any more.
    if (record.type === 'phase' && record.phase === 'heal') this.#sealed = true;
  }

  view(): LandscapeView {
    const { landscape } = this;
    const addresses = landscape.addresses();
    return {
      id: this.id,
      seed: landscape.world.seed,
      token: replayToken(landscape.world.seed),
      webhookSecret: landscape.webhookSecret,
      systems: [...landscape.systems.values()].map(({ name }) => ({
        name,
        ...(addresses[name] as SystemAddress),
      })),
      clock: this.clock(),
      historyLength: landscape.world.history.length,
    };
  }

  clock(): ClockView {
    const { clock, calendar } = this.landscape.world;
    const { kind, speed } = clock;
    const paused = 'paused' in clock && clock.paused === true;
    return { kind, speed, paused, now: clock.now(), today: calendar.today() };
  }

  /** Trial time stands still; what the systems are asked they answer. */
  pause(): ClockView {
    this.#clock('pause').pause();
    return this.clock();
  }

  resume(): ClockView {
    this.#clock('resume').resume();
    return this.clock();
  }

  /** Lets so much trial time pass at once; the clock stands still after it. Throws `control.clock`. */
  async step(byMs: number): Promise<ClockView> {
    this.#checkStep(byMs);
    await this.#clock('step').step(byMs);
    return this.clock();
  }

  /** Throws `control.clock` for a clock that has no speed, or a speed that is none. */
  setSpeed(speed: number): ClockView {
    const { clock } = this.landscape.world;
    const task = 'set the speed of the clock';
    if (!(clock instanceof RealClock)) {
      throw refusal('control.clock', task, 'virtual time passes as fast as it can');
    }
    if (!Number.isFinite(speed) || speed <= 0) {
      throw refusal('control.clock', task, `${speed} is not a number above 0`);
    }
    clock.setSpeed(speed);
    return this.clock();
  }

  #clock(task: string): RealClock | VirtualClock {
    const { clock } = this.landscape.world;
    if (clock instanceof RealClock || clock instanceof VirtualClock) return clock;
    throw refusal('control.clock', `${task} the clock`, 'it is one of your own');
  }

  #checkStep(byMs: number): void {
    if (Number.isFinite(byMs) && byMs >= 0) return;
    const reason = `byMs is ${byMs}, not a number of milliseconds`;
    throw refusal('control.clock', 'advance the clock', reason);
  }

  /** Lets so much trial time pass. Throws `control.clock` for a clock that passes by itself. */
  async advance(byMs: number): Promise<ClockView> {
    const { clock } = this.landscape.world;
    if (!(clock instanceof VirtualClock)) {
      throw refusal('control.clock', 'advance the clock', 'real time passes by itself');
    }
    return this.step(byMs);
  }

  faults(): FaultsView {
    const { history, faults } = this.landscape.world;
    const counted = countFaults(history, faults);
    return {
      healed: faults.healed,
      faults: counted.map((each) => ({ ...each, healed: faults.isHealed(each.fault) })),
    };
  }

  /** One more fault, from now on; gives its label. Throws `control.healed` once a trial has healed. */
  inject(fault: Fault): string {
    if (this.#sealed) {
      const reason = 'the trial has healed, and nothing may go wrong any more';
      throw refusal('control.healed', `inject the fault ${fault.kind}`, reason);
    }
    return this.landscape.inject(fault).label;
  }

  /** Notes that the business begins, or goes on, and starts the schedules of the faults. */
  begin(): FaultsView {
    enterPhase(this.landscape.world, 'workload');
    this.landscape.begin();
    return this.faults();
  }

  /**
   * Notes that the business is over, and whether nothing was owed any more: a history that does not say so
   * was cut. Nothing happens when nothing was committed since it was noted last.
   */
  end(): void {
    this.#follower.catchUp();
    if (this.#over) return;
    enterPhase(this.landscape.world, 'check', this.owed().length === 0 ? 'quiet' : 'stopped');
  }

  /** Ends every fault for good, or the one with the label. Throws `control.no-fault`. */
  heal(label?: string): FaultsView {
    if (label === undefined) this.landscape.heal();
    else if (!this.landscape.healFault(label)) {
      throw refusal('control.no-fault', `heal the fault "${label}"`, 'there is none of that label');
    }
    return this.faults();
  }

  /** Lets the actors do business. Throws `control.busy` while they do. */
  work(workload: Workload): void {
    if (this.#work !== undefined) {
      throw refusal('control.busy', `start ${workload.name}`, 'a workload was started before');
    }
    this.#work = workload.start(this.landscape);
  }

  /** Whether actors were set to work. */
  get working(): boolean {
    return this.#work !== undefined;
  }

  /** What is still to happen, by name: of actors, on wires, in flows. */
  owed(): readonly Owed[] {
    const elsewhere = this.#elsewhere?.();
    if (elsewhere !== undefined) return elsewhere;
    const actors = this.#work?.pending() ?? [];
    const unread = this.#follower.behind;
    if (unread > 0) {
      const what = 'records of the kept history to be read again';
      return [...actors, ...this.landscape.pending(), { what, count: unread }];
    }
    return [...actors, ...this.landscape.pending(), ...this.#tracker.owed()];
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

  /**
   * Judges the history as it stands. Of what is still owed nobody can say yet that it is lost: it is
   * unknown, unless it is late already.
   */
  verdict(options: CheckOptions & { readonly invariants?: readonly Invariant[] } = {}): Verdict {
    const { history, faults } = this.landscape.world;
    const { invariants = this.promises.invariants, ...rest } = options;
    this.#follower.catchUp();
    const quiet = this.owed().length === 0;
    return verdictOf(
      check(history, invariants, { quiet, ...rest }),
      countFaults(history, faults),
      this.#tracker.results(),
    );
  }

  /** Ends the business and what follows the history; the landscape itself stays. */
  release(): void {
    this.#work?.stop();
    this.#follower.stop();
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
    const controlled = this.get(id);
    const { landscape } = controlled;
    this.#landscapes.delete(id);
    controlled.release();
    await landscape.close();
  }
}

const refusal = (code: string, task: string, reason: string): SeatrialError =>
  new SeatrialError({ code, task, reason });
