/**
 * `seatrial/vitest`: import it once (or name it in `setupFiles`), and a trial can be expected to hold.
 *
 *     await expect(trial).toHold({ integration, runs: 100 })
 */
import { expect } from 'vitest';
import { makeFault } from './chaos/make-fault.ts';
import { type ExploreOptions, explore } from './harness/explore/explore.ts';
import type { Trial } from './harness/trial.ts';
import { explorationText } from './report/exploration-text.ts';

/** How hard to try: a budget in runs or in seconds; the integration when it is not the trial's own. */
export type HoldOptions = Pick<ExploreOptions, 'integration' | 'runs' | 'seconds' | 'seed'>;

interface SeatrialMatchers {
  /**
   * Explores the trial and passes when every promise held and was exercised. Fails with the promise
   * that broke in one business sentence, the shortest story that shows it, and the token to replay it.
   */
  toHold(options?: HoldOptions): Promise<void>;
}

declare module 'vitest' {
  // The types of vitest ask for exactly this.
  interface Matchers<
    R extends void | Promise<void> = void | Promise<void>,
    T = unknown,
  > extends SeatrialMatchers {}
}

expect.extend({
  async toHold(trial: Trial, options: HoldOptions = {}) {
    const exploration = await explore(trial, { make: makeFault, ...options });
    const { integration } = options;
    const told = typeof integration === 'string' ? { command: integration } : {};
    const file = trial.declaredAt?.replace(/(:\d+){1,2}$/, '');
    return {
      pass: exploration.status === 'holds',
      message: () =>
        explorationText(exploration, { ...told, ...(file === undefined ? {} : { file }) }),
    };
  },
});
