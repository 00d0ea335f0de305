/** Who is told to come back later does not come back sooner. */
import { describeDuration } from '../../harness/duration.ts';
import { type Invariant, type Violation, defineInvariant } from '../../harness/invariant.ts';
import { type CallState, byCall, callName, isToldToWait, ofOperation } from './calls.ts';
import { judged, untouched } from './finding.ts';

interface Throttled extends CallState {
  /** Not before this time; 0 when nothing was asked. */
  until: number;
  toldAt: number;
  askedMs: number;
  position: number;
  /** How it came again: at the same moment, soon after, or neither of them. */
  came: 'together' | 'soon' | 'later';
  /** How often in a row it was told, came soon, and was told again. */
  chain: number;
  /** How often in a row it was told at one moment. */
  crowd: number;
}

interface State {
  readonly calls: Throttled[];
  readonly violations: Violation[];
  asked: boolean;
}

/** Clocks differ a little and timers round: a tenth of the wait is not counted against anybody. */
const tolerance = 0.1;

/** A call that was on its way when the answer came is nobody's fault, also on a busy machine. */
const inFlightMs = 250;

/** But one after the other, each answered before the next, so many are not on their way. */
const longestChain = 2;

/** Work that waited for the same thing comes together: so many calls about one document, and no more. */
const largestCrowd = 15;

/** Nobody has to wait longer because one answer says so; that they come back is another promise. */
const longestWaitMs = 300_000;

export const throttlingRespected = (): Invariant =>
  defineInvariant<State>({
    name: 'throttling-respected',
    promise: 'A Retry-After is waited for.',
    family: 'E',
    conditional: true,
    interests: [{ type: 'exchange.invoked' }, { type: 'exchange.completed' }],
    ...byCall,
    opens: isToldToWait,
    begin: () => ({ calls: [], violations: [], asked: false }),
    step(state, record) {
      if (record.type === 'exchange.completed') {
        if (!isToldToWait(record)) return state;
        const retryAfterMs = record.retryAfterMs as number;
        const call = ofOperation(state.calls, record, unasked);
        call.until = record.at + Math.min(retryAfterMs, longestWaitMs) * (1 - tolerance);
        call.toldAt = record.at;
        call.askedMs = retryAfterMs;
        call.position = record.position;
        if (call.came === 'soon') call.chain++;
        else if (call.came === 'later') call.chain = 0;
        call.crowd = call.came === 'together' ? call.crowd + 1 : 0;
        call.came = 'later';
        state.asked = true;
      } else if (record.type === 'exchange.invoked' && state.asked) {
        const call = ofOperation(state.calls, record, unasked);
        call.came = cameAgain(record.at - call.toldAt);
        const isExcused = record.key === undefined || !isTooOften(call);
        if (call.came !== 'later' && isExcused) return state;
        if (record.at < call.until) state.violations.push(tooSoon(call, record));
        call.until = 0;
      }
      return state;
    },
    end: ({ asked, violations }) => (asked ? judged(violations) : untouched),
  });

function cameAgain(afterMs: number): Throttled['came'] {
  if (afterMs > inFlightMs) return 'later';
  return afterMs === 0 ? 'together' : 'soon';
}

const isTooOften = ({ came, chain, crowd }: Throttled): boolean =>
  came === 'together' ? crowd >= largestCrowd : chain >= longestChain;

const unasked = (callee: string, operation: string): Throttled => ({
  callee,
  operation,
  until: 0,
  toldAt: 0,
  askedMs: 0,
  position: -1,
  came: 'later',
  chain: 0,
  crowd: 0,
});

const tooSoon = (
  call: Throttled,
  record: { readonly at: number; readonly position: number; readonly key?: string },
): Violation => {
  const key = record.key ?? call.operation;
  return {
    keys: [key],
    positions: [call.position, record.position],
    sentence: `${callName(call, key)} was asked to wait ${describeDuration(call.askedMs)} and was called again after ${describeDuration(record.at - call.toldAt)}.`,
    expected: call.askedMs,
    actual: record.at - call.toldAt,
  };
};
