/** Time for the toxics, finer than trial time: bandwidth counts in fractions of a millisecond. */
import { RealClock, type Timer, stopwatch } from '../../../harness/clock.ts';

export interface Pace {
  /** Milliseconds since some moment, with fractions. */
  now(): number;
  after(delayMs: number, action: () => void): Timer;
}

/** The machine's time. A network toxic acts on real sockets, so it has no use for another. */
export function realPace(): Pace {
  const clock = new RealClock();
  return { now: stopwatch(), after: (delayMs, action) => clock.after(delayMs, action) };
}
