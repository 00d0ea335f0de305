/**
 * After a create whose outcome is unknown the next attempt reuses its idempotency key with the same
 * body, or somebody looked first. Anything else is unsafe, even when luck hid it.
 */
import { type Invariant, type Violation, defineInvariant } from '../../harness/invariant.ts';
import type { InvokedRecord } from '../../harness/record.ts';
import { byCall, callName } from './calls.ts';
import { judged, untouched } from './finding.ts';

export interface SafeRetryOptions {
  /** Which calls make something that a second call would make again; default: POSTs that create. */
  readonly creates?: (record: InvokedRecord) => boolean;
}

/** Actions on what exists already; done twice they do no harm or are refused. */
const action =
  /cancel|release|acknowledge|confirm|export|status|delete|void|approve|token|reverse|close|block/i;

/** The warehouse takes one expected receipt and one ship notice of a number, whoever asks twice. */
const unique = new Set(['wms']);

const createsByDefault = ({ method, operation, callee }: InvokedRecord): boolean =>
  method === 'POST' && !unique.has(callee) && !action.test(operation);

interface Create {
  readonly exchange: string;
  readonly callee: string;
  readonly operation: string;
  readonly idempotencyKey: string | undefined;
  readonly bodyHash: string | undefined;
  readonly position: number;
  readonly safe: boolean;
}

interface State {
  /** Calls that are not answered yet; hardly ever more than one. */
  open: Create[];
  /** Creates whose outcome nobody knows, one for each operation. */
  doubtful: Create[];
  exercised: boolean;
  violations: Violation[] | undefined;
}

const none: Create[] = [];

export const safeRetryAfterUnknownOutcome = (options: SafeRetryOptions = {}): Invariant => {
  const creates = options.creates ?? createsByDefault;
  return defineInvariant<State>({
    name: 'safe-retry-after-unknown-outcome',
    promise: 'After a lost answer nothing is created again without the same key or a look first.',
    family: 'U',
    conditional: true,
    interests: [{ type: 'exchange.invoked' }, { type: 'exchange.completed' }],
    ...byCall,
    opens: (record) => record.type === 'exchange.invoked' && !record.safe && creates(record),
    begin: () => ({ open: none, doubtful: none, exercised: false, violations: undefined }),
    step(state, record) {
      if (record.type === 'exchange.invoked') {
        if (record.safe) {
          if (state.doubtful.length > 0) state.open = [...state.open, createOf(record)];
        } else if (creates(record)) takeCreate(state, record);
      } else if (record.type === 'exchange.completed')
        takeAnswer(state, record.exchange, record.outcome);
      return state;
    },
    end: ({ exercised, violations = [] }) => (exercised ? judged(violations) : untouched),
  });
};

const createOf = (record: InvokedRecord): Create => ({
  exchange: record.exchange,
  callee: record.callee,
  operation: record.operation,
  idempotencyKey: record.idempotencyKey,
  bodyHash: record.bodyHash,
  position: record.position,
  safe: record.safe,
});

function takeCreate(state: State, record: InvokedRecord): void {
  const create = createOf(record);
  state.open = state.open.length === 0 ? [create] : [...state.open, create];
  if (state.doubtful.length === 0) return;
  const before = state.doubtful.find(
    (each) => each.operation === create.operation && each.callee === create.callee,
  );
  if (before === undefined) return;
  state.doubtful = state.doubtful.filter((each) => each !== before);
  const reason = unsafe(before, create);
  if (reason === undefined) return;
  const key = record.key ?? record.operation;
  (state.violations ??= []).push({
    keys: [key],
    positions: [before.position, record.position],
    sentence: `The answer to ${callName(create, key)} was lost, and it was sent again ${reason} and without a look at what had become of it.`,
    ...(before.idempotencyKey === undefined ? {} : { expected: before.idempotencyKey }),
    actual: create.idempotencyKey ?? 'none',
  });
}

function unsafe(before: Create, again: Create): string | undefined {
  if (again.idempotencyKey === undefined) return 'without an idempotency key';
  if (again.idempotencyKey !== before.idempotencyKey) return 'with another idempotency key';
  return again.bodyHash === before.bodyHash ? undefined : 'with another body';
}

function takeAnswer(state: State, exchange: string, outcome: 'ok' | 'fail' | 'info'): void {
  const call = state.open.find((each) => each.exchange === exchange);
  if (call === undefined) return;
  state.open = state.open.length === 1 ? none : state.open.filter((each) => each !== call);
  if (call.safe) {
    if (outcome !== 'info')
      state.doubtful = state.doubtful.filter(({ callee }) => callee !== call.callee);
    return;
  }
  if (outcome !== 'info') return;
  state.exercised = true;
  state.doubtful = [...state.doubtful, call];
}
