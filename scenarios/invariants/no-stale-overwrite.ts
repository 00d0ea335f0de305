/** A later version is never overwritten by an earlier one, whatever version numbers a dialect shows. */
import type { Flow } from '../../harness/flow.ts';
import type { Invariant, Violation } from '../../harness/invariant.ts';
import { judged, untouched } from './finding.ts';
import { askOfFlow } from './flow-fold.ts';
import type { Overwrite } from './flow-truth.ts';
import { called, sentenceCase } from './wording.ts';

export const noStaleOverwrite = (flow: Flow): Invariant =>
  askOfFlow(flow, {
    name: 'no-stale-overwrite',
    promise: `An older version never overwrites a newer one in ${called(flow.to.system)}.`,
    family: 'I',
    sees: ['source', 'target'],
    end({ arrivals, overwrites }, key) {
      if (overwrites !== undefined) return judged(overwrites.map((each) => stale(flow, key, each)));
      return arrivals.some(({ shows }) => shows >= 0) ? judged([]) : untouched;
    },
  });

const stale = (flow: Flow, key: string, { id, position, newer, older }: Overwrite): Violation => ({
  keys: [key, id],
  positions: [older.position, newer.position, position],
  sentence: `${sentenceCase(called(flow.to.system))} already had version ${newer.number} of ${key} and was set back to version ${older.number}.`,
  expected: newer.number,
  actual: older.number,
});
