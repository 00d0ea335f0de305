/**
 * Time: one interface, two clocks. Real time (optionally scaled) for integrations in other processes,
 * virtual time for integrations in this one. No file but this and `real-clock.ts` asks the machine what
 * time it is.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { TimerHeap } from './timer-heap.ts';

export { RealClock } from './real-clock.ts';

export interface Timer {
  cancel(): void;
}

export interface Clock {
  readonly kind: 'real' | 'virtual';
  /** Trial time per second of real time; 1 for virtual clocks. */
  readonly speed: number;
  /** Trial time in milliseconds since the epoch. */
  now(): number;
  /** Runs `action` after `delayMs` of trial time. */
  after(delayMs: number, action: () => void): Timer;
  sleep(delayMs: number): Promise<void>;
}

/** A clock that somebody at a console can stop, let go on, and move by hand. */
export interface Controllable {
  readonly paused: boolean;
  /** Trial time stands still: nothing scheduled comes due. What others ask is still answered. */
  pause(): void;
  resume(): void;
  /** Lets so much trial time pass at once, firing what comes due in its order; it stands before and after. */
  step(byMs: number): Promise<void>;
}

/** Why {@link VirtualClock.run} came back. */
export type RunEnd = 'done' | 'idle' | 'deadline';

/** Time that jumps from timer to timer. Nothing passes but by `run`. */
export class VirtualClock implements Clock, Controllable {
  readonly kind = 'virtual';
  readonly speed = 1;
  readonly #timers = new TimerHeap();
  #now: number;
  readonly #turns: number;
  #runs = 0;
  /** Trial time up to which whoever runs it may go; without end unless paused. */
  #mayReach = Number.POSITIVE_INFINITY;
  #look: (() => void)[] = [];

  /**
   * `startAt` in milliseconds since the epoch; the default is a fixed Monday so that runs agree. `turns`
   * of the event loop pass before each step; one is enough for promises, intercepted calls take more.
   */
  constructor({
    startAt = 1_767_571_200_000,
    turns = 1,
  }: { startAt?: number; turns?: number } = {}) {
    this.#now = startAt;
    this.#turns = turns;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, action: () => void): Timer {
    const at = this.#now + Math.max(0, Math.ceil(delayMs));
    return { cancel: this.#timers.add(at, action) };
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve));
  }

  /**
   * Fires timers in order of time, letting all promises settle after each, until `done` says so,
   * nothing is scheduled any more, or trial time reaches `deadline`.
   */
  async run(done: () => boolean, deadline = Number.POSITIVE_INFINITY): Promise<RunEnd> {
    this.#runs++;
    try {
      return await this.#run(done, deadline);
    } finally {
      this.#runs--;
    }
  }

  get paused(): boolean {
    return this.#mayReach !== Number.POSITIVE_INFINITY;
  }

  /** Holds whoever runs it. */
  pause(): void {
    this.#mayReach = Math.min(this.#mayReach, this.#now);
  }

  resume(): void {
    this.#mayReach = Number.POSITIVE_INFINITY;
    this.#lookAgain();
  }

  /** Where nobody runs it, this does. */
  async step(byMs: number): Promise<void> {
    this.pause();
    const until = this.#mayReach + byMs;
    this.#mayReach = until;
    this.#lookAgain();
    // Without it a clock with nothing scheduled would stay where it is.
    this.after(until - this.#now, () => {});
    if (this.#runs === 0) await this.run(() => this.#now >= until, until);
    while (this.#runs > 0 && this.#now < until) await realSleep(5);
  }

  async #run(done: () => boolean, deadline: number): Promise<RunEnd> {
    for (;;) {
      for (let turn = 0; turn < this.#turns; turn++) await nextTurn();
      if (done()) return 'done';
      const next = this.#timers.first;
      if (next === undefined) return 'idle';
      if (next.at > this.#mayReach) {
        await this.#allowed();
      } else if (next.at > deadline) {
        this.#now = Math.max(this.#now, deadline);
        return 'deadline';
      } else {
        this.#timers.takeFirst();
        this.#now = next.at;
        next.action();
      }
    }
  }

  /** Until somebody moves the limit, or it is time to ask whether the run is done. */
  #allowed(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 50);
      this.#look.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #lookAgain(): void {
    const looking = this.#look;
    this.#look = [];
    for (const look of looking) look();
  }
}

/** Milliseconds of real time since the call, for progress lines and measurements only. */
export function stopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}

/** Runs `action` every `everyMs` of real time, for live displays; does not keep the process alive. */
export function everyReal(everyMs: number, action: () => void): Timer {
  const timer = setInterval(action, everyMs);
  timer.unref();
  return { cancel: () => clearInterval(timer) };
}

/** After all that is ready to happen in this turn of the event loop: what a turn brought is handled together. */
export const atTurnEnd = (action: () => void): void => void setImmediate(action);

/** Real time to wait, for things outside trial time: a process that starts, a port that opens. */
export const realSleep = (delayMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, delayMs));
