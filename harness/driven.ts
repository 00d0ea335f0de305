/** Waiting for work that may itself wait for trial time, which passes virtually only while somebody runs it. */
import { type Clock, VirtualClock, realSleep } from './clock.ts';

/** Virtual time is not let run further than this for something that does not come. */
const furthestMs = 3_600_000;

/**
 * Waits for `work`, letting virtual time pass meanwhile; gives up with `undefined` in virtual time after
 * `patienceMs` of real time in which nothing was scheduled any more. Throws what `work` throws.
 */
export async function driven<T>(
  clock: Clock,
  work: Promise<T>,
  patienceMs: number,
): Promise<T | undefined> {
  if (!(clock instanceof VirtualClock)) return work;
  let settled = false;
  const settle = (): void => {
    settled = true;
  };
  work.then(settle, settle);
  await clock.run(() => settled, clock.now() + furthestMs);
  if (settled) return work;
  return Promise.race([work, realSleep(patienceMs).then(() => undefined)]);
}
