/** Measures how fast all invariants check a history, and whether the time grows with its length only. */
import { check } from '../harness/check.ts';
import { stopwatch } from '../harness/clock.ts';
import { procureToPayInvariants } from '../scenarios/invariants/procure-to-pay-invariants.ts';
import { syntheticHistory } from './synthetic-history.ts';

export interface CheckFigures {
  /** Records per second over the longer history. */
  readonly rate: number;
  /** Time for ten times the records, in times of the shorter history's. */
  readonly growth: number;
  readonly records: number;
}

/** `records` is the length of the longer history; the shorter has a tenth of it. */
export function measureCheck(records = 1_000_000, repeats = 3): CheckFigures {
  const long = syntheticHistory(records);
  const short = syntheticHistory(records / 10);
  const time = (history: Iterable<never>): number => {
    const elapsed = stopwatch();
    check(history, procureToPayInvariants());
    return elapsed();
  };
  const best = (history: Iterable<unknown>): number =>
    Math.min(...Array.from({ length: repeats }, () => time(history as Iterable<never>)));
  // The first check compiles the code that the others run.
  time(short as Iterable<never>);
  const [few, many] = [best(short), best(long)];
  return {
    rate: (long.records.length / many) * 1000,
    growth: many / few,
    records: long.records.length,
  };
}

if (process.argv[1]?.endsWith('check-rate.ts') === true) {
  const { rate, growth, records } = measureCheck(Number(process.argv[2] ?? 1_000_000));
  console.log(
    `${records} records: ${Math.round(rate)} records/s, ten times the records take ${growth.toFixed(1)} times as long`,
  );
  for (const each of check(syntheticHistory(10_000), procureToPayInvariants())) {
    if (each.status === 'violated') console.log(each.invariant, each.violations[0]?.sentence);
  }
}
