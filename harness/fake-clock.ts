/** The timers of `@sinonjs/fake-timers`, led by a clock of the trial. */
import { createClock } from '@sinonjs/fake-timers';

type Clock = ReturnType<typeof createClock>;

export interface FakeClock {
  readonly timers: Clock;
  /** Trial time at which the next timer comes due. */
  readonly nextAt: number | undefined;
  readonly pending: number;
  /** Fires what is due by then, in its order. */
  catchUp(now: number): void;
  reset(): void;
}

/** Timers at the given time, which passes only by `catchUp`. */
export function createFakeClock(now: number): FakeClock {
  const clock = createClock(now);
  let busy = false;
  return {
    timers: clock,
    get nextAt() {
      let next: number | undefined;
      for (const { callAt = now } of clock.timers?.values() ?? []) {
        if (next === undefined || callAt < next) next = callAt;
      }
      return next;
    },
    get pending() {
      return clock.countTimers();
    },
    catchUp(until) {
      // A timer that sets another one is here already.
      if (busy) return;
      busy = true;
      try {
        clock.tick(Math.max(0, until - clock.now));
      } finally {
        busy = false;
      }
    },
    reset: () => clock.reset(),
  };
}
