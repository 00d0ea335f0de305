/**
 * Who is told to come back later comes back: not hours later because one answer said so, once
 * everything is healed. A Retry-After without a cap stops an integration as surely as an outage.
 */
import { describeDuration } from '../../harness/duration.ts';
import {
  type Ending,
  type Invariant,
  type Violation,
  defineInvariant,
} from '../../harness/invariant.ts';
import { type CallState, byCall, callName, isToldToWait, ofOperation } from './calls.ts';
import { judged, untouched } from './finding.ts';

export interface ResumeBounds {
  /** Longest wait that an answer can ask for, once healed; default 5 minutes. */
  readonly longestWaitMs?: number;
  /** What may pass on top of it; default 1 minute. */
  readonly slackMs?: number;
}

interface Waiting extends CallState {
  toldAt: number;
  askedMs: number;
  position: number;
  /** When it came back; `undefined` while it waits. */
  resumedAt: number | undefined;
  resumedPosition: number;
  waiting: boolean;
}

interface Wait {
  readonly call: CallState;
  readonly toldAt: number;
  readonly askedMs: number;
  readonly position: number;
  readonly resumedAt: number | undefined;
  readonly resumedPosition: number;
}

interface State {
  readonly calls: Waiting[];
  /** Of each operation the longest wait that is over. */
  readonly longest: Map<Waiting, Wait>;
}

export const resumesInTime = (bounds: ResumeBounds = {}): Invariant => {
  const { longestWaitMs = 300_000, slackMs = 60_000 } = bounds;
  return defineInvariant<State>({
    name: 'resumes-in-time',
    promise: `After being told to wait, work goes on within ${describeDuration(longestWaitMs + slackMs)} of healing.`,
    family: 'H',
    conditional: true,
    interests: [{ type: 'exchange.invoked' }, { type: 'exchange.completed' }],
    ...byCall,
    opens: isToldToWait,
    begin: () => ({ calls: [], longest: new Map() }),
    step(state, record) {
      if (record.type === 'exchange.completed') {
        if (!isToldToWait(record)) return state;
        const call = ofOperation(state.calls, record, idle);
        call.toldAt = record.at;
        call.askedMs = record.retryAfterMs as number;
        call.position = record.position;
        call.waiting = true;
      } else if (record.type === 'exchange.invoked' && state.calls.length > 0) {
        const call = state.calls.find(
          (each) => each.operation === record.operation && each.callee === record.callee,
        );
        if (call?.waiting === true) resume(state, call, record.at, record.position);
      }
      return state;
    },
    end(state, key, ending) {
      if (state.calls.length === 0) return untouched;
      const waits: Wait[] = [...state.longest.values()];
      for (const call of state.calls) {
        if (call.waiting) waits.push({ ...call, call, resumedAt: undefined, resumedPosition: -1 });
      }
      const late = waits.filter((wait) => isLate(wait, ending, longestWaitMs, slackMs));
      return judged(late.map((wait) => tooLate(wait, key, ending)));
    },
  });
};

const idle = (callee: string, operation: string): Waiting => ({
  callee,
  operation,
  toldAt: 0,
  askedMs: 0,
  position: -1,
  resumedAt: undefined,
  resumedPosition: -1,
  waiting: false,
});

function resume(state: State, call: Waiting, at: number, position: number): void {
  call.waiting = false;
  const before = state.longest.get(call);
  if (before !== undefined && (before.resumedAt as number) - before.toldAt >= at - call.toldAt)
    return;
  const { toldAt, askedMs, position: told } = call;
  state.longest.set(call, {
    call,
    toldAt,
    askedMs,
    position: told,
    resumedAt: at,
    resumedPosition: position,
  });
}

function isLate(
  wait: Wait,
  { healedAt, endedAt }: Ending,
  longestWaitMs: number,
  slackMs: number,
): boolean {
  const asked = Math.min(
    wait.toldAt + wait.askedMs,
    Math.max(wait.toldAt, healedAt) + longestWaitMs,
  );
  const due = Math.max(asked, healedAt) + slackMs;
  // Whoever never came back may have been told to give up; only a long wait asked for is held against it.
  if (wait.resumedAt === undefined) return wait.askedMs > longestWaitMs && endedAt > due;
  return wait.resumedAt > due;
}

function tooLate(wait: Wait, key: string, { healedAt, endedAt }: Ending): Violation {
  const waited = describeDuration((wait.resumedAt ?? endedAt) - Math.max(wait.toldAt, healedAt));
  const how =
    wait.resumedAt === undefined
      ? `was not called again for ${waited}`
      : `went on only after ${waited}`;
  const positions =
    wait.resumedAt === undefined ? [wait.position] : [wait.position, wait.resumedPosition];
  return {
    keys: [key],
    positions,
    sentence: `${callName(wait.call, key)} was asked to wait ${describeDuration(wait.askedMs)} and ${how}, though everything was healed.`,
    expected: wait.askedMs,
    actual: (wait.resumedAt ?? endedAt) - wait.toldAt,
  };
}
