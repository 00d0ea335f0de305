/** An idempotency key stands for one request: with another body it is a mistake, whatever the server does. */
import { type Invariant, type Violation, defineInvariant } from '../../harness/invariant.ts';
import { judged } from './finding.ts';
import { called } from './wording.ts';

interface State {
  readonly first: {
    readonly callee: string;
    readonly operation: string;
    readonly bodyHash: string | undefined;
    readonly key: string | undefined;
    readonly position: number;
  }[];
  readonly violations: Violation[];
}

export const idempotencyKeyBoundToPayload = (): Invariant =>
  defineInvariant<State>({
    name: 'idempotency-key-bound-to-payload',
    promise: 'An idempotency key is never used again for another request.',
    family: 'I',
    conditional: true,
    interests: [{ type: 'exchange.invoked' }],
    keysOf: (record) => (record.type === 'exchange.invoked' ? record.idempotencyKey : undefined),
    begin: () => ({ first: [], violations: [] }),
    step(state, record) {
      if (record.type !== 'exchange.invoked') return state;
      const { callee, operation, bodyHash, key, position } = record;
      const before = state.first.find((each) => each.callee === callee);
      if (before === undefined) state.first.push({ callee, operation, bodyHash, key, position });
      else if (before.operation !== operation || before.bodyHash !== bodyHash) {
        const name = record.idempotencyKey as string;
        const what =
          before.operation === operation ? 'two different bodies' : 'two different requests';
        state.violations.push({
          keys: [key ?? before.key ?? name, name],
          positions: [before.position, position],
          sentence: `The idempotency key ${name} went to ${called(callee)} with ${what}: first ${operationFor(before)}, then ${operationFor({ operation, key })}.`,
          expected: before.bodyHash,
          actual: bodyHash,
        });
      }
      return state;
    },
    end: ({ violations }) => judged(violations),
  });

const operationFor = ({
  operation,
  key,
}: {
  operation: string;
  key: string | undefined;
}): string => (key === undefined ? operation : `${operation} for ${key}`);
