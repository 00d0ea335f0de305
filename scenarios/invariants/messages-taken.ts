/**
 * The integration takes every message off the wire once everything is healed: a message that it
 * cannot use goes to its exceptions and is not refused until the sender gives it up.
 */
import {
  type Ending,
  type Finding,
  type Invariant,
  defineInvariant,
} from '../../harness/invariant.ts';
import type { HistoryRecord } from '../../harness/record.ts';
import { broken, kept } from './finding.ts';
import { called } from './wording.ts';

interface State {
  attempts: number;
  taken: boolean;
  failedAt: number;
  /** What the integration itself answered last; a connection that broke answers nothing. */
  status: number | undefined;
  position: number;
  abandoned: { readonly at: number; readonly position: number } | undefined;
  key: string;
  system: string;
}

export const messagesTaken = (): Invariant =>
  defineInvariant<State>({
    name: 'messages-taken',
    promise: 'After healing no message is refused until its sender gives it up.',
    family: 'H',
    conditional: true,
    interests: [{ type: 'message.delivered' }, { type: 'message.abandoned' }],
    keysOf: (record) =>
      record.type === 'message.delivered' || record.type === 'message.abandoned'
        ? record.message
        : undefined,
    opens: (record) => record.type === 'message.delivered' && record.outcome !== 'ok',
    begin: newState,
    step(state, record) {
      take(state, record);
      return state;
    },
    end: settle,
  });

const newState = (): State => ({
  attempts: 0,
  taken: false,
  failedAt: 0,
  status: undefined,
  position: -1,
  abandoned: undefined,
  key: '',
  system: '',
});

function take(state: State, record: HistoryRecord): void {
  if (record.type === 'message.delivered') {
    state.attempts++;
    if (record.outcome === 'ok') state.taken = true;
    else {
      state.failedAt = record.at;
      state.status = record.status;
      state.position = record.position;
    }
    state.key = record.key;
    state.system = record.system;
  } else if (record.type === 'message.abandoned') {
    state.abandoned = { at: record.at, position: record.position };
  }
}

function settle(state: State, message: string, { healedAt, endedAt }: Ending): Finding {
  const { abandoned, attempts, taken, failedAt, status, key, system } = state;
  const lastWord = healedAt < endedAt ? failedAt > healedAt : true;
  if (abandoned === undefined || taken || status === undefined || !lastWord) return kept;
  return broken({
    keys: [key, message],
    positions: [state.position, abandoned.position],
    sentence: `The message about ${key} from ${called(system)} was refused ${attempts} times, after healing still with status ${status}, and was given up.`,
    actual: attempts,
  });
}
