/**
 * The correlation id of a fact is carried through to what it causes. Any version's id will do. A
 * fact whose message was lost on the way is not asked: whoever finds it later cannot know the id.
 */
import type { Flow } from '../../harness/flow.ts';
import type { Invariant } from '../../harness/invariant.ts';
import { broken, kept, untouched } from './finding.ts';
import { askOfFlow } from './flow-fold.ts';
import { called } from './wording.ts';

export const correlationCarried = (flow: Flow): Invariant =>
  askOfFlow(flow, {
    name: 'correlation-carried',
    promise: `What reaches ${called(flow.to.system)} carries the correlation id of what caused it.`,
    family: 'K',
    sees: ['source', 'target', 'lostMessages'],
    end({ correlationId, carried, strays, messageLost }, key) {
      if (correlationId === undefined) return untouched;
      const stray = strays?.[0];
      if (stray === undefined) return carried > 0 ? kept : untouched;
      if (messageLost) return kept;
      const own = stray.correlationId?.startsWith('uncorrelated-') === false;
      const shown = own ? stray.correlationId : 'none';
      return broken({
        keys: [key, stray.id],
        positions: (strays ?? []).map(({ position }) => position),
        sentence: `${key} has the correlation id ${correlationId} in ${called(flow.from.system)}; ${stray.id} in ${called(flow.to.system)} was written under ${shown}.`,
        expected: correlationId,
        actual: shown,
      });
    },
  });
