/** One run of a trial through its phases: workload, heal, liveness, check. */
import { check } from './check.ts';
import { VirtualClock, realSleep, stopwatch, type Timer } from './clock.ts';
import { enterPhase } from './enter-phase.ts';
import { FlowTracker, recallFrom } from './flow-tracker.ts';
import type { RunningIntegration } from './integration.ts';
import type { Landscape } from './landscape.ts';
import { Meter } from './progress.ts';
import type { Phase } from './record.ts';
import { replayToken } from './replay-token.ts';
import { SeatrialError } from './seatrial-error.ts';
import type { RunOptions, TrialResult } from './trial-result.ts';
import type { Trial } from './trial.ts';
import { countFaults, verdictOf } from './verdict.ts';
import type { WireSchedule } from './wire-schedule.ts';
import type { Owed, WorkloadRun } from './workload.ts';

/** How the integration ended, once it was stopped. */
export interface RunEnding {
  readonly output: string;
  /** Why the trial proves less than it should. */
  readonly doubts: readonly string[];
}

/** Whoever sets so many timers of no duration one after the other will never stop. */
const mostStepsAtOnce = 100_000;

export class TrialRun {
  readonly #trial: Trial;
  readonly #landscape: Landscape;
  readonly #onProgress: RunOptions['onProgress'];
  readonly #signal: AbortSignal | undefined;
  readonly #meter: Meter;
  readonly #tracker: FlowTracker;
  readonly #unfollow: () => void;
  #work: WorkloadRun | undefined;
  #wires: WireSchedule | undefined;
  #phase: Phase = 'workload';
  #startedAt = 0;
  #death: string | undefined;
  #steps = 0;
  #stepAt = 0;

  constructor(trial: Trial, landscape: Landscape, { onProgress, signal }: RunOptions) {
    this.#trial = trial;
    this.#landscape = landscape;
    this.#onProgress = onProgress;
    this.#signal = signal;
    const { history } = landscape.world;
    this.#meter = new Meter(history);
    this.#tracker = new FlowTracker(
      trial.flows ?? trial.workload.flows,
      undefined,
      recallFrom(landscape.world),
    );
    this.#unfollow = history.subscribe((record) => this.#tracker.see(record));
  }

  /** Network faults strike by this schedule. */
  wireUp(wires: WireSchedule): void {
    this.#wires = wires;
  }

  async phases(integration: RunningIntegration): Promise<void> {
    const { clock } = this.#landscape.world;
    const { workload, deadlineMs } = this.#trial;
    this.#startedAt = clock.now();
    this.#enter('workload');
    this.#landscape.begin();
    this.#wires?.begin();
    this.#work = workload.start(this.#landscape);
    const lasting = workload.durationMs ?? Number.POSITIVE_INFINITY;
    const safetyEnd = await this.#wait(
      integration,
      () => this.#worked(lasting) || this.#stuck(),
      this.#startedAt + lasting + deadlineMs,
    );
    this.#landscape.heal();
    await this.#wires?.heal();
    this.#enter('heal', safetyEnd);
    this.#enter('liveness');
    const reason = await this.#wait(
      integration,
      () => this.#owed(integration).length === 0 || this.#stuck(),
      clock.now() + deadlineMs,
    );
    this.#work.stop();
    this.#enter('check', this.#owed(integration).length === 0 ? 'quiet' : reason);
  }

  result(seed: string, integration: string, { output, doubts: found }: RunEnding): TrialResult {
    const { history, faults, clock } = this.#landscape.world;
    const { workload, invariants = [], narrate } = this.#trial;
    this.#landscape.world.archive?.flush();
    const results = check(history, [...workload.invariants, ...invariants]);
    const doubts = [
      ...(this.#death === undefined ? [] : [`the integration ended with ${this.#death}`]),
      ...(this.#steps < mostStepsAtOnce
        ? []
        : [`trial time stood still: ${this.#steps} steps at one moment`]),
      ...found,
    ];
    return {
      trial: this.#trial,
      seed,
      token: replayToken(seed),
      integration,
      verdict: verdictOf(results, countFaults(history, faults), this.#tracker.results(), doubts),
      history,
      counts: this.#meter.counts(),
      lastedMs: clock.now() - this.#startedAt,
      owed: this.#tracker.owed(),
      output,
      narrate: narrate ?? workload.narrate,
    };
  }

  close(): void {
    this.#work?.stop();
    this.#meter.stop();
    this.#unfollow();
  }

  /** Whether virtual time has not moved for more steps than any honest work takes. */
  #standsStill(): boolean {
    const now = this.#landscape.world.clock.now();
    if (this.#steps >= mostStepsAtOnce) return true;
    this.#steps = now === this.#stepAt ? this.#steps + 1 : 0;
    this.#stepAt = now;
    return this.#steps >= mostStepsAtOnce;
  }

  /** The workload did what it was asked, or had its time. */
  #worked(lastingMs: number): boolean {
    const work = this.#work;
    if (work === undefined || !work.started) return false;
    const elapsed = this.#landscape.world.clock.now() - this.#startedAt;
    return elapsed >= lastingMs || work.pending().length === 0;
  }

  #owed(integration: RunningIntegration): Owed[] {
    const own = integration.pending();
    return [
      ...(this.#work?.pending() ?? []),
      ...this.#landscape.pending(),
      ...this.#tracker.owed(),
      ...(own > 0 ? [{ what: 'work inside the integration', count: own }] : []),
    ];
  }

  /** Nothing has changed for so long that what is owed will not come by itself. */
  #stuck(): boolean {
    const { clock } = this.#landscape.world;
    if (this.#phase === 'workload' && !(this.#work?.started ?? false)) return false;
    const still = clock.now() - Math.max(this.#meter.lastMove, this.#startedAt);
    return still > this.#trial.settleMs;
  }

  async #wait(
    integration: RunningIntegration,
    done: () => boolean,
    deadline: number,
  ): Promise<string> {
    const { clock } = this.#landscape.world;
    const sinceReport = stopwatch();
    let reportAt = 0;
    const finished = (): boolean => {
      interruptedBy(this.#signal);
      this.#checkRecording();
      this.#wires?.check();
      if (sinceReport() >= reportAt) {
        reportAt = sinceReport() + 100;
        this.#report(integration);
      }
      this.#noteDeath(integration);
      return this.#standsStill() || done();
    };
    if (clock instanceof VirtualClock) {
      const beat = heartbeat(clock);
      const end = await clock.run(finished, deadline);
      beat.cancel();
      this.#report(integration);
      return end === 'deadline' ? 'deadline' : 'settled';
    }
    for (;;) {
      if (finished()) return 'settled';
      if (clock.now() >= deadline) return 'deadline';
      await realSleep(25);
    }
  }

  /** A trial that cannot record proves nothing. */
  #checkRecording(): void {
    const failure = this.#landscape.world.archive?.failure;
    if (failure !== undefined) throw failure;
  }

  #noteDeath(integration: RunningIntegration): void {
    const death = integration.died();
    if (death === undefined || this.#death !== undefined) return;
    this.#death = death;
    const at = this.#landscape.world.clock.now();
    this.#landscape.world.history.append({
      type: 'integration',
      at,
      event: 'exited',
      detail: death,
    });
  }

  #report(integration: RunningIntegration): void {
    this.#onProgress?.({
      ...this.#meter.counts(),
      phase: this.#phase,
      elapsedMs: this.#landscape.world.clock.now() - this.#startedAt,
      owed: this.#owed(integration),
    });
  }

  #enter(phase: Phase, reason?: string): void {
    this.#phase = phase;
    enterPhase(this.#landscape.world, phase, reason);
  }
}

/** Throws `trial.interrupted` once the signal says so. */
function interruptedBy(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new SeatrialError({
    code: 'trial.interrupted',
    task: 'finish the trial',
    reason: 'it was interrupted',
    cause: signal.reason,
  });
}

/** Looks up now and then: where nothing is scheduled for a while, nobody would see that nothing moves. */
function heartbeat(clock: VirtualClock): Timer {
  let timer: Timer;
  const beat = (): void => {
    timer = clock.after(500, beat);
  };
  beat();
  return { cancel: () => timer.cancel() };
}
