/** What arrives, arrives in time: within the flow's time of the fact or of healing. */
import { describeDuration } from '../../harness/duration.ts';
import type { Flow } from '../../harness/flow.ts';
import type { Invariant } from '../../harness/invariant.ts';
import { broken, dueAt, kept, untouched } from './finding.ts';
import { askOfFlow } from './flow-fold.ts';
import { called, happened } from './wording.ts';

export const onTime = (flow: Flow): Invariant =>
  askOfFlow(flow, {
    name: 'on-time',
    promise: `What was ${happened(flow)} is in ${called(flow.to.system)} within ${describeDuration(flow.withinMs)}.`,
    family: 'H',
    sees: ['source', 'target'],
    end({ owedAt, owedPosition, first }, key, ending) {
      if (owedAt < 0 || first === undefined) return untouched;
      const due = dueAt(owedAt, ending, flow.withinMs);
      if (first.countedAt <= due) return kept;
      const since = ending.healedAt > owedAt ? 'healing' : `it was ${happened(flow)}`;
      const took = first.countedAt - (due - flow.withinMs);
      return broken({
        keys: [key],
        positions: [owedPosition, first.countedPosition],
        sentence: `${key} reached ${called(flow.to.system)} ${describeDuration(took)} after ${since}; ${describeDuration(flow.withinMs)} were promised.`,
        expected: flow.withinMs,
        actual: took,
      });
    },
  });
