/** An idempotency key stands for one request: with another body it is a mistake, whatever the server does. */
import { type Invariant, type Violation, defineInvariant } from '../../harness/invariant.ts';
import type { InvokedRecord } from '../../harness/record.ts';
import { judged } from './finding.ts';
import { called } from './wording.ts';

/** The first request under a key; what came under it for another callee is another key. */
interface State {
  first: InvokedRecord | undefined;
  violations: Violation[] | undefined;
}

export const idempotencyKeyBoundToPayload = (): Invariant =>
  defineInvariant<State | InvokedRecord>({
    name: 'idempotency-key-bound-to-payload',
    promise: 'An idempotency key is never used again for another request.',
    family: 'I',
    conditional: true,
    interests: [{ type: 'exchange.invoked' }],
    keysOf: (record) => (record.type === 'exchange.invoked' ? record.idempotencyKey : undefined),
    begin: () => unused,
    step(state, record) {
      if (record.type !== 'exchange.invoked') return state;
      // Nearly every key is used for one request only: the request itself is all there is to keep.
      if (state === unused) return record;
      const first = 'type' in state ? state : (state.first as InvokedRecord);
      const violation = reuse(first, record);
      if (violation === undefined) return state;
      if ('type' in state) return { first, violations: [violation] };
      state.violations?.push(violation);
      return state;
    },
    end: (state) => judged(('type' in state ? undefined : state.violations) ?? []),
  });

const unused: State = { first: undefined, violations: undefined };

function reuse(before: InvokedRecord, record: InvokedRecord): Violation | undefined {
  const { callee, operation, bodyHash, key, position } = record;
  if (before.callee !== callee) return undefined;
  if (before.operation === operation && before.bodyHash === bodyHash) return undefined;
  const name = record.idempotencyKey as string;
  const what = before.operation === operation ? 'two different bodies' : 'two different requests';
  return {
    keys: [key ?? before.key ?? name, name],
    positions: [before.position, position],
    sentence: `The idempotency key ${name} went to ${called(callee)} with ${what}: first ${operationFor(before)}, then ${operationFor(record)}.`,
    expected: before.bodyHash,
    actual: bodyHash,
  };
}

const operationFor = ({ operation, key }: InvokedRecord): string =>
  key === undefined ? operation : `${operation} for ${key}`;
