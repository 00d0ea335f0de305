/** What k6 is told of every run, what it measures beside k6's own figures, and the thresholds that make its exit code. */
import { check } from 'k6';
import exec from 'k6/execution';
import { Counter, Gauge, Trend } from 'k6/metrics';
import type { RefinedResponse, ResponseType } from 'k6/http';
import { type LoadPlan, executorOf, loadBegins, plannedMs } from '../plan.ts';
import { must } from './control.ts';

/** From the fact in one system to its arrival in the other, as the landscape saw it; tagged `stage`. */
const stage = new Trend('seatrial_stage', true);
/** What was owed, once a second. */
const owed = new Gauge('seatrial_owed');
const owedAtEnd = new Counter('seatrial_owed_at_end');
const violated = new Counter('seatrial_violated');
const unknown = new Counter('seatrial_unknown');
/** What the systems' rules refused although k6 had a right to expect it. */
const refused = new Counter('seatrial_refused');
export const documents = new Counter('seatrial_documents');

/** Thresholds by metric, as k6 takes them. */
function thresholdsOf(plan: LoadPlan): Record<string, string[]> {
  const stages = Object.entries(plan.stages).map(([name, ms]): [string, string[]] => [
    `seatrial_stage{stage:${name}}`,
    [`p(95)<${ms}`],
  ]);
  return {
    'http_req_duration{part:load}': [`p(95)<${plan.requestMs}`],
    dropped_iterations: ['count<1'],
    seatrial_refused: ['count<1'],
    seatrial_owed_at_end: ['count<1'],
    seatrial_violated: ['count<1'],
    seatrial_unknown: ['count<1'],
    ...(plan.mostOwed === undefined ? {} : { seatrial_owed: [`max<=${plan.mostOwed}`] }),
    ...Object.fromEntries(stages),
  };
}

interface Arrivals {
  readonly next: number;
  readonly items: readonly (readonly [flow: string, tookMs: number])[];
}

interface Owed {
  readonly quiet: boolean;
  readonly total: number;
  readonly owed: readonly {
    readonly what: string;
    readonly count: number;
    readonly example?: string;
  }[];
}

let seen = 0;

/** One look at the landscape: what has arrived since the last, and what is owed. */
export function look(landscape: string): void {
  const path = `/v1/landscapes/${landscape}`;
  for (let more = true; more;) {
    const { next, items } = must<Arrivals>('GET', `${path}/arrivals?after=${seen}`);
    for (const [flow, tookMs] of items) stage.add(tookMs, { stage: flow });
    more = items.length > 0 && next > seen;
    seen = next;
  }
  owed.add(must<Owed>('GET', `${path}/owed`).total);
}

/** How a look-out scenario is run: one VU that looks once a second for as long as the others go on. */
const lookOut = (plan: LoadPlan, lastsMs: number): object => ({
  executor: 'constant-arrival-rate',
  exec: 'lookOut',
  rate: 1,
  timeUnit: '1s',
  duration: `${Math.max(1000, Math.ceil(lastsMs))}ms`,
  preAllocatedVUs: 1,
  maxVUs: 2,
  gracefulStop: plan.patience,
  tags: { part: 'bookkeeping' },
});

/** k6's options for a run of one scenario, whose iterations are calls of the exported function. */
export const optionsOf = (plan: LoadPlan, scenario: string, exec: string) => ({
  scenarios: { [scenario]: executorOf(plan, exec) },
  thresholds: thresholdsOf(plan),
  systemTags: ['status', 'method', 'name', 'scenario', 'expected_response', 'error_code'],
});

/** The same with a look-out beside it, and with time for the landscape to come to rest in the end. */
export function watchedOptionsOf(plan: LoadPlan, scenario: string, exec: string) {
  const options = optionsOf(plan, scenario, exec);
  const lasts = plannedMs(plan);
  // As fast as it goes has no end that could be known; the last look is taken in the end anyway.
  const look = lasts === undefined ? {} : { look: lookOut(plan, lasts) };
  return { ...options, scenarios: { ...options.scenarios, ...look }, teardownTimeout: '20m' };
}

/** Whether the reply is the expected one; one that is not counts as refused, and the log shows it. */
export function asExpected<Type extends ResponseType>(
  reply: RefinedResponse<Type>,
  { action, named = action }: { readonly action: string; readonly named?: string },
  expected: (reply: RefinedResponse<Type>) => boolean,
): boolean {
  if (check(reply, { [named]: expected })) return true;
  refused.add(1, { action });
  console.warn(`${action} was answered with ${reply.status}: ${String(reply.body).slice(0, 300)}`);
  return false;
}

interface Verdict {
  readonly verdict: 'holds' | 'violated' | 'unknown';
}

/** Ends every fault and waits until nothing is owed, or patience is at its end. */
export function healed({ landscape, patience }: LoadPlan): void {
  must('POST', `/v1/landscapes/${landscape}/heal`);
  settled(landscape, patience);
}

const settled = (landscape: string, patience: string): Owed =>
  must('GET', `/v1/landscapes/${landscape}/owed?wait=${patience}`, undefined, '600s');

/** Waits for quiet, looks a last time, says that it is over, and asks for the verdict. */
export function judge({ landscape, patience, only }: LoadPlan): void {
  const { total, owed: left } = settled(landscape, patience);
  if (total > 0) owedAtEnd.add(total);
  for (const { what, count, example } of left) {
    console.warn(`still owed: ${count} of ${what}, e.g. ${example ?? 'unnamed'}`);
  }
  look(landscape);
  must('POST', `/v1/landscapes/${landscape}/end`);
  const about = only === undefined ? '' : `?only=${encodeURIComponent(only.join(','))}`;
  const path = `/v1/landscapes/${landscape}/verdict${about}`;
  const { verdict } = must<Verdict>('GET', path, undefined, '600s');
  if (verdict === 'violated') violated.add(1);
  if (verdict === 'unknown') unknown.add(1);
  console.log(`verdict: ${verdict}, owed: ${total}`);
}

/** To be said at the end of `setup`: from now on the curve counts, and so do the schedules of faults. */
export const begins = (): void => console.log(loadBegins);

/** Every request of this iteration carries the id, in k6's outputs, too. */
export function correlate(correlationId: string): void {
  exec.vu.metrics.metadata['correlation'] = correlationId;
}
