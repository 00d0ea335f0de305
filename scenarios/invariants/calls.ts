/** What invariants on exchanges have in common: which calls belong together, and what they are called. */
import type { CompletedRecord, HistoryRecord, InvokedRecord } from '../../harness/record.ts';
import { called } from './wording.ts';

/** The key that calls are folded by: the business key, or the operation for calls about none. */
function callKey(record: HistoryRecord): string | undefined {
  if (record.type !== 'exchange.invoked' && record.type !== 'exchange.completed') return undefined;
  return record.key ?? record.operation;
}

/** What invariants over calls have in common: they are found by one look-up. */
export const byCall = { group: callKey, keysOf: callKey } as const;

/** Whether the callee asked to come back later. */
export const isToldToWait = (record: HistoryRecord): boolean =>
  record.type === 'exchange.completed' &&
  record.retryAfterMs !== undefined &&
  (record.status === 429 || record.status === 503);

/** What is kept for one operation at one callee under one key. */
export interface CallState {
  readonly callee: string;
  readonly operation: string;
}

/** The state of the record's operation among those of its key; made by `make` at the first call. */
export function ofOperation<State extends CallState>(
  states: State[],
  { callee, operation }: InvokedRecord | CompletedRecord,
  make: (callee: string, operation: string) => State,
): State {
  for (const each of states) {
    if (each.operation === operation && each.callee === callee) return each;
  }
  const state = make(callee, operation);
  states.push(state);
  return state;
}

/** "createPurchaseOrder for PO-0000017 at the ERP". */
export const callName = ({ callee, operation }: CallState, key: string): string =>
  key === operation
    ? `${operation} at ${called(callee)}`
    : `${operation} for ${key} at ${called(callee)}`;
