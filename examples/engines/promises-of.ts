/** What a variant keeps and what it breaks in one trial, by the names of the promises. */
import { type Trial, runTrial } from '../../index.ts';
import type { Variant } from './variant.ts';

export interface Promises {
  readonly kept: readonly string[];
  readonly broken: readonly string[];
}

export async function promisesOf(trial: Trial, { integration }: Variant): Promise<Promises> {
  const { verdict } = await runTrial(trial, { integration, seed: 'engines' });
  const named = (wanted: string): string[] =>
    verdict.invariants.filter(({ status }) => status === wanted).map(({ invariant }) => invariant);
  return { kept: named('holds'), broken: named('violated') };
}
