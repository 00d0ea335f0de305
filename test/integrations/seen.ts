/** What a test of an integration looks at in the result of its trial. */
import type { TrialResult } from '../../index.ts';
import { expectations } from './broken/trials.ts';

/** The invariants that were violated. */
export const violated = ({ verdict }: TrialResult): string[] =>
  verdict.invariants
    .filter(({ status }) => status === 'violated')
    .map(({ invariant }) => invariant);

/** Whether the bug of this name was caught by an invariant that is meant for it. */
export const caught = (result: TrialResult, name: string): boolean => {
  const meant = expectations[name]?.caughtBy ?? [];
  return violated(result).some((each) => meant.some((end) => each.endsWith(end)));
};

/**
 * What speaks against the sound integration on a bad day in real time; each list is empty when it holds.
 * One call in a hundred kills it: in a trial of this size that may be none, and no doubt is made of it.
 */
export function reproaches(result: TrialResult): Record<'violated' | 'open' | 'doubts', string[]> {
  const { doubts, invariants } = result.verdict;
  const open = invariants.filter(({ status, idle }) => status === 'unknown' && !idle);
  return {
    violated: violated(result),
    open: open.map(({ invariant }) => invariant),
    doubts: doubts.filter((doubt) => !doubt.includes('"crash ')),
  };
}

export const noReproach: ReturnType<typeof reproaches> = { violated: [], open: [], doubts: [] };
