/** What the benches share: how often something goes, and the middle of several measurements. */
import { stopwatch } from '../harness/clock.ts';

/** Times a second that `work` went `times` times, for each of several rounds. */
export async function ratesOf(
  rounds: number,
  times: number,
  work: (times: number) => Promise<unknown> | unknown,
): Promise<number[]> {
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const elapsedMs = stopwatch();
    await work(times);
    rates.push((times / elapsedMs()) * 1000);
  }
  return rates;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
