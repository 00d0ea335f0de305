/** Only the owner of a document originates changes: the integration carries them and makes none. */
import type { Flow } from '../../harness/flow.ts';
import type { Invariant } from '../../harness/invariant.ts';
import { judged, untouched } from './finding.ts';
import { askOfFlow } from './flow-fold.ts';
import { called, quoted } from './wording.ts';

export const ownerRespected = (flow: Flow): Invariant =>
  askOfFlow(flow, {
    name: 'owner-respected',
    promise: `The integration changes nothing that belongs to ${called(flow.owner)}.`,
    family: 'V',
    sees: ['source'],
    end: ({ fact, intrusions = [] }) =>
      fact === undefined
        ? untouched
        : judged(
            intrusions.map(({ id, position, field, old, now }) => ({
              keys: [id],
              positions: [position],
              sentence: `${id} belongs to ${called(flow.owner)}, and the integration changed its ${field} there from ${quoted(old)} to ${quoted(now)}.`,
              expected: old,
              actual: now,
            })),
          ),
  });
