/** Who believes a message that the sender did not sign, or signed long ago, believes anybody. */
import { type Invariant, defineInvariant } from '../../harness/invariant.ts';
import type { DeliveredRecord } from '../../harness/record.ts';
import { broken, kept, untouched } from './finding.ts';
import { called } from './wording.ts';

/** The last thing that became of one forged message. */
type State = { delivered: DeliveredRecord | undefined };

const how = {
  unsigned: 'without a signature',
  wrongKey: 'signed with another key',
  replayed: 'signed an hour before',
} as const;

export const forgeriesRefused = (): Invariant =>
  defineInvariant<State>({
    name: 'forgeries-refused',
    promise: 'No message is taken that its sender did not sign just now.',
    family: 'A',
    conditional: true,
    interests: [{ type: 'message.delivered' }],
    keysOf: (record) =>
      record.type === 'message.delivered' && record.forged !== undefined
        ? record.message
        : undefined,
    begin: () => ({ delivered: undefined }),
    step(state, record) {
      if (record.type === 'message.delivered') state.delivered = record;
      return state;
    },
    end({ delivered }, message) {
      if (delivered?.forged === undefined) return untouched;
      if (delivered.outcome !== 'ok') return kept;
      return broken({
        keys: [delivered.key, message],
        positions: [delivered.position],
        sentence: `A message about ${delivered.key} in the name of ${called(delivered.system)}, ${how[delivered.forged]}, was taken with status ${delivered.status ?? 'none'}.`,
        ...(delivered.status === undefined ? {} : { actual: delivered.status }),
      });
    },
  });
