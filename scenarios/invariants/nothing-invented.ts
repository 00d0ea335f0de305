/** No document without a fact: what a target holds was there at the source at that time or before. */
import { describeDuration } from '../../harness/duration.ts';
import type { Flow } from '../../harness/flow.ts';
import type { Invariant } from '../../harness/invariant.ts';
import { broken, kept, untouched } from './finding.ts';
import { askOfFlow } from './flow-fold.ts';
import { called, happened, sentenceCase } from './wording.ts';

export const nothingInvented = (flow: Flow): Invariant =>
  askOfFlow(flow, {
    name: 'nothing-invented',
    promise: `${sentenceCase(called(flow.to.system))} holds nothing that was not ${happened(flow)} in ${called(flow.from.system)}.`,
    family: 'A',
    sees: ['source', 'target'],
    end({ knownAt, first }, key) {
      if (first === undefined) return untouched;
      if (knownAt >= 0 && knownAt <= first.countedAt) return kept;
      const [there, here] = [called(flow.to.system), called(flow.from.system)];
      const lead = `${sentenceCase(there)} holds ${first.id} for ${key}, which`;
      const sentence =
        knownAt < 0
          ? `${lead} was never ${happened(flow)} in ${here}.`
          : `${lead} was ${happened(flow)} in ${here} only ${describeDuration(knownAt - first.countedAt)} later.`;
      return broken({ keys: [key, first.id], positions: [first.countedPosition], sentence });
    },
  });
