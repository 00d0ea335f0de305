/** The machine's time as a trial has it: scaled, and stopped and moved by hand when somebody wants to look. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Controllable, Timer } from './clock.ts';

interface Waiting {
  /** Trial time, not rounded. */
  readonly at: number;
  readonly action: () => void;
  handle: NodeJS.Timeout | undefined;
}

/** The longest that the machine's timers wait; beyond it they fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * The machine's time, `speed` times as fast, beginning at `startAt` (default: the machine's now).
 * While it is paused its timers wait; they come due when as much trial time has passed as was left.
 */
export class RealClock implements Clock, Controllable {
  readonly kind = 'real';
  readonly #waiting = new Set<Waiting>();
  #speed: number;
  /** A moment in both times; trial time is reckoned from it. */
  #trialAt: number;
  #realAt = performance.now();
  #paused = false;
  #stepping: Promise<void> = Promise.resolve();
  #mayFail: (error: unknown) => boolean = () => false;

  /** `notBefore`: trial time that was reached before, which it never falls behind. */
  constructor({
    speed = 1,
    startAt = Date.now(),
    notBefore = startAt,
  }: { speed?: number; startAt?: number; notBefore?: number } = {}) {
    this.#speed = speed;
    this.#trialAt = Math.max(startAt, notBefore);
  }

  get speed(): number {
    return this.#speed;
  }

  get paused(): boolean {
    return this.#paused;
  }

  now(): number {
    return Math.floor(this.#exactly());
  }

  after(delayMs: number, action: () => void): Timer {
    const waiting: Waiting = {
      at: this.#exactly() + Math.max(0, delayMs),
      action,
      handle: undefined,
    };
    this.#waiting.add(waiting);
    if (!this.#paused) this.#arm(waiting);
    return {
      cancel: () => {
        clearTimeout(waiting.handle);
        this.#waiting.delete(waiting);
      },
    };
  }

  /** What is scheduled and fails fails in vain where `mayFail` says so; elsewhere nobody would see it. */
  forgive(mayFail: (error: unknown) => boolean): void {
    this.#mayFail = mayFail;
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve));
  }

  /** From now on; what is scheduled comes due at the same trial time as before. */
  setSpeed(speed: number): void {
    this.#mark();
    this.#speed = speed;
    if (!this.#paused) this.#armAll();
  }

  pause(): void {
    if (this.#paused) return;
    this.#mark();
    this.#paused = true;
    for (const waiting of this.#waiting) clearTimeout(waiting.handle);
  }

  resume(): void {
    if (!this.#paused) return;
    this.#realAt = performance.now();
    this.#paused = false;
    this.#armAll();
  }

  /** A clock that runs is paused by it. Steps asked for at once are taken one after the other. */
  step(byMs: number): Promise<void> {
    this.pause();
    this.#stepping = this.#stepping.then(() => this.#step(this.#trialAt + byMs));
    return this.#stepping;
  }

  async #step(until: number): Promise<void> {
    while (this.#paused) {
      const next = this.#next(until);
      if (next === undefined) {
        this.#trialAt = Math.max(this.#trialAt, until);
        return;
      }
      this.#trialAt = Math.max(this.#trialAt, next.at);
      this.#waiting.delete(next);
      this.#act(next);
      await nextTurn();
    }
  }

  #next(until: number): Waiting | undefined {
    let next: Waiting | undefined;
    for (const waiting of this.#waiting) {
      if (waiting.at <= until && (next === undefined || waiting.at < next.at)) next = waiting;
    }
    return next;
  }

  #exactly(): number {
    if (this.#paused) return this.#trialAt;
    return this.#trialAt + (performance.now() - this.#realAt) * this.#speed;
  }

  #mark(): void {
    this.#trialAt = this.#exactly();
    this.#realAt = performance.now();
  }

  #armAll(): void {
    for (const waiting of this.#waiting) {
      clearTimeout(waiting.handle);
      this.#arm(waiting);
    }
  }

  #act({ action }: Waiting): void {
    try {
      action();
    } catch (error) {
      if (!this.#mayFail(error)) throw error;
    }
  }

  #arm(waiting: Waiting): void {
    const leftMs = (waiting.at - this.#exactly()) / this.#speed;
    const fire = (): void => {
      this.#waiting.delete(waiting);
      this.#act(waiting);
    };
    waiting.handle =
      leftMs > longestTimerMs
        ? setTimeout(() => this.#arm(waiting), longestTimerMs)
        : setTimeout(fire, Math.max(0, leftMs));
  }
}
