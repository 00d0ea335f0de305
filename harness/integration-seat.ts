/**
 * Where the integration under test sits in its world: what lets a fault end it, and the landscape know
 * that it is away.
 */
import type { Crash } from './fault.ts';

export class IntegrationSeat {
  #crash: ((how: Crash) => void) | undefined;
  #offsetMs = 0;
  #isOurs = false;

  /** Whoever runs the integration says how it is ended. */
  take(crash: (how: Crash) => void): void {
    this.#crash = crash;
  }

  /** Ends it, and lets it start again later. Does nothing to one that cannot be ended from here. */
  crash(how: Crash): void {
    this.#crash?.(how);
  }

  /** How far the integration's clock is ahead of the trial's, in milliseconds. */
  get offsetMs(): number {
    this.#isOurs = true;
    return this.#offsetMs;
  }

  /** Sets its clock; false when it reads one that is not ours to set. */
  setClock(offsetMs: number): boolean {
    if (this.#isOurs) this.#offsetMs = offsetMs;
    return this.#isOurs;
  }
}
