/**
 * Time: one interface, two clocks. Real time (optionally scaled) for integrations in other processes,
 * virtual time for integrations in this one. No other file asks the machine what time it is.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';

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

/** The machine's time, `speed` times as fast, beginning at `startAt` (default: the machine's now). */
export class RealClock implements Clock {
  readonly kind = 'real';
  readonly speed: number;
  readonly #startAt: number;
  readonly #realStart = performance.now();

  constructor({ speed = 1, startAt = Date.now() }: { speed?: number; startAt?: number } = {}) {
    this.speed = speed;
    this.#startAt = startAt;
  }

  now(): number {
    return Math.floor(this.#startAt + (performance.now() - this.#realStart) * this.speed);
  }

  after(delayMs: number, action: () => void): Timer {
    const timer = setTimeout(action, Math.max(0, delayMs) / this.speed);
    return { cancel: () => clearTimeout(timer) };
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve));
  }
}

interface Scheduled {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
  cancelled: boolean;
}

/** Why {@link VirtualClock.run} came back. */
export type RunEnd = 'done' | 'idle' | 'deadline';

/** Time that jumps from timer to timer. Nothing passes but by `run`. */
export class VirtualClock implements Clock {
  readonly kind = 'virtual';
  readonly speed = 1;
  readonly #heap: Scheduled[] = [];
  #now: number;
  #order = 0;

  /** `startAt` in milliseconds since the epoch; the default is a fixed Monday so that runs agree. */
  constructor({ startAt = 1_767_571_200_000 }: { startAt?: number } = {}) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, action: () => void): Timer {
    const at = this.#now + Math.max(0, Math.ceil(delayMs));
    const scheduled = { at, order: this.#order++, action, cancelled: false };
    this.#push(scheduled);
    return {
      cancel: () => {
        scheduled.cancelled = true;
      },
    };
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve));
  }

  /**
   * Fires timers in order of time, letting all promises settle after each, until `done` says so,
   * nothing is scheduled any more, or trial time reaches `deadline`.
   */
  async run(done: () => boolean, deadline = Number.POSITIVE_INFINITY): Promise<RunEnd> {
    for (;;) {
      await nextTurn();
      if (done()) return 'done';
      const next = this.#pop();
      if (next === undefined) return 'idle';
      if (next.at > deadline) {
        this.#push(next);
        this.#now = Math.max(this.#now, deadline);
        return 'deadline';
      }
      this.#now = next.at;
      next.action();
    }
  }

  #push(scheduled: Scheduled): void {
    const heap = this.#heap;
    let i = heap.push(scheduled) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!earlier(heap[i] as Scheduled, heap[parent] as Scheduled)) break;
      [heap[i], heap[parent]] = [heap[parent] as Scheduled, heap[i] as Scheduled];
      i = parent;
    }
  }

  #pop(): Scheduled | undefined {
    for (;;) {
      const top = this.#removeTop();
      if (top === undefined || !top.cancelled) return top;
    }
  }

  #removeTop(): Scheduled | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    heap[0] = last;
    for (let i = 0; ;) {
      const left = 2 * i + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const child =
        right < heap.length && earlier(heap[right] as Scheduled, heap[left] as Scheduled)
          ? right
          : left;
      if (!earlier(heap[child] as Scheduled, heap[i] as Scheduled)) break;
      [heap[i], heap[child]] = [heap[child] as Scheduled, heap[i] as Scheduled];
      i = child;
    }
    return top;
  }
}

const earlier = (a: Scheduled, b: Scheduled): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order);

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

/** Real time to wait, for things outside trial time: a process that starts, a port that opens. */
export const realSleep = (delayMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, delayMs));
