/**
 * Where the integration under test sits in its world: what lets a fault end it, and the landscape know
 * that it is away.
 */
import type { Crash } from './fault.ts';

export class IntegrationSeat {
  #crash: ((how: Crash) => void) | undefined;

  /** Whoever runs the integration says how it is ended. */
  take(crash: (how: Crash) => void): void {
    this.#crash = crash;
  }

  /** Ends it, and lets it start again later. Does nothing to one that cannot be ended from here. */
  crash(how: Crash): void {
    this.#crash?.(how);
  }
}
