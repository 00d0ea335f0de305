/**
 * Apache Camel under test: the same bad day for a naive sync, for one with an idempotent consumer and
 * for a hardened one. Exit code 0 when the first two are violated, the last one holds, and the naive
 * one keeps every promise on a day without faults; 3 when Camel cannot be had.
 */
import { parseArgs } from 'node:util';
import { stopwatch } from '../../harness/clock.ts';
import { describeDuration } from '../../harness/duration.ts';
import { compare } from '../engines/compare.ts';
import { install, missing } from './installed.ts';
import { remedies } from './remedies.ts';
import { hardened, idempotent, naive } from './variants.ts';

const { values } = parseArgs({ options: { seed: { type: 'string' } } });

function isThere(): boolean {
  if (missing() === undefined) return true;
  const elapsed = stopwatch();
  try {
    install();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return false;
  }
  process.stdout.write(`Maven fetched Camel in ${describeDuration(elapsed())}.\n`);
  return true;
}

if (isThere()) {
  const asExpected = await compare({
    engine: 'Apache Camel',
    variants: [naive, idempotent, hardened],
    remedies,
    script: 'example:camel',
    ...(values.seed === undefined ? {} : { seed: values.seed }),
  });
  process.exitCode = asExpected ? 0 : 1;
} else {
  process.exitCode = 3;
}
