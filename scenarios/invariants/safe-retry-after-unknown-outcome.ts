/**
 * After a create whose outcome is unknown the next attempt reuses its idempotency key with the same
 * body, or somebody looked first. Anything else is unsafe, even when luck hid it.
 */
import { type Invariant, type Violation, defineInvariant } from '../../harness/invariant.ts';
import type { InvokedRecord } from '../../harness/record.ts';
import { byCall, callName } from './calls.ts';
import { judged, renewable } from './finding.ts';

export interface SafeRetryOptions {
  /** Which calls make something that a second call would make again; default: POSTs that create. */
  readonly creates?: (record: InvokedRecord) => boolean;
}

/** Actions on what exists already; done twice they do no harm or are refused. */
const action =
  /^change|cancel|release|acknowledge|confirm|export|status|delete|void|approve|token|reverse|close|block/i;

/** The warehouse takes one expected receipt and one ship notice of a number, whoever asks twice. */
const unique = new Set(['wms']);

const createsByDefault = ({ method, operation, callee }: InvokedRecord): boolean =>
  method === 'POST' && !unique.has(callee) && !action.test(operation);

/** A key with a create whose outcome is or was unknown; others need no state. */
interface State {
  /** Creates whose outcome nobody knows, one for each operation. */
  doubtful: InvokedRecord[];
  readonly violations: Violation[];
}

export const safeRetryAfterUnknownOutcome = (options: SafeRetryOptions = {}): Invariant =>
  renewable(() => {
    const creates = options.creates ?? createsByDefault;
    /** Calls that are not answered yet, of which an answer tells only the exchange. */
    const open = new Map<string, InvokedRecord>();
    return defineInvariant<State>({
      name: 'safe-retry-after-unknown-outcome',
      promise: 'After a lost answer nothing is created again without the same key or a look first.',
      family: 'U',
      conditional: true,
      interests: [{ type: 'exchange.invoked' }, { type: 'exchange.completed' }],
      ...byCall,
      opens(record) {
        if (record.type === 'exchange.invoked' && !record.safe && creates(record)) {
          open.set(record.exchange, record);
        }
        if (record.type !== 'exchange.completed' || !open.has(record.exchange)) return false;
        if (record.outcome === 'info') return true;
        open.delete(record.exchange);
        return false;
      },
      begin: () => ({ doubtful: [], violations: [] }),
      step(state, record) {
        if (record.type === 'exchange.invoked') {
          if (!record.safe && !creates(record)) return state;
          open.set(record.exchange, record);
          if (!record.safe) takeCreate(state, record);
        } else if (record.type === 'exchange.completed') {
          const call = open.get(record.exchange);
          open.delete(record.exchange);
          if (call !== undefined) takeAnswer(state, call, record.outcome);
        }
        return state;
      },
      end: ({ violations }) => judged(violations),
    });
  });

function takeCreate(state: State, again: InvokedRecord): void {
  const { operation, callee } = again;
  const before = state.doubtful.find(
    (each) => each.operation === operation && each.callee === callee,
  );
  if (before === undefined) return;
  state.doubtful = state.doubtful.filter((each) => each !== before);
  const reason = unsafe(before, again);
  if (reason === undefined) return;
  const key = again.key ?? operation;
  state.violations.push({
    keys: [key],
    positions: [before.position, again.position],
    sentence: `The answer to ${callName(again, key)} was lost, and it was sent again ${reason} and without a look at what had become of it.`,
    ...(before.idempotencyKey === undefined ? {} : { expected: before.idempotencyKey }),
    actual: again.idempotencyKey ?? 'none',
  });
}

function unsafe(before: InvokedRecord, again: InvokedRecord): string | undefined {
  if (again.idempotencyKey === undefined) return 'without an idempotency key';
  if (again.idempotencyKey !== before.idempotencyKey) return 'with another idempotency key';
  return again.bodyHash === before.bodyHash ? undefined : 'with another body';
}

/** A look that was answered settles all doubts at its callee; a create that was not raises one. */
function takeAnswer(state: State, call: InvokedRecord, outcome: 'ok' | 'fail' | 'info'): void {
  if (!call.safe) {
    if (outcome === 'info') state.doubtful = [...state.doubtful, call];
  } else if (outcome !== 'info') {
    state.doubtful = state.doubtful.filter(({ callee }) => callee !== call.callee);
  }
}
