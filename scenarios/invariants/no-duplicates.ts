/** One business key, one document: a fact never arrives twice. */
import type { Flow } from '../../harness/flow.ts';
import type { Invariant } from '../../harness/invariant.ts';
import { broken, kept, untouched } from './finding.ts';
import { askOfFlow } from './flow-fold.ts';
import { called, happened, listed, times } from './wording.ts';

/** Receipts have a letter of their own in the list of bugs. */
const familyOf = (flow: Flow): string => (flow.from.document === 'ReceiptConfirmation' ? 'R' : 'U');

export const noDuplicates = (flow: Flow): Invariant =>
  askOfFlow(flow, {
    name: 'no-duplicates',
    promise: `What was ${happened(flow)} once is in ${called(flow.to.system)} once.`,
    family: familyOf(flow),
    sees: ['target'],
    end({ first, arrivals }, key) {
      if (first === undefined) return untouched;
      if (arrivals.length < 2) return kept;
      const standing = arrivals.filter(({ counts }) => counts);
      if (standing.length < 2) return kept;
      const ids = standing.map(({ id }) => id);
      return broken({
        keys: [key, ...ids],
        positions: standing.map(({ countedPosition }) => countedPosition),
        sentence: `${key} was ${happened(flow)} once and ${called(flow.to.system)} holds it ${times(ids.length)}: ${listed(ids)}.`,
        expected: 1,
        actual: ids.length,
      });
    },
  });
