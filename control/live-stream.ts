/**
 * The live view as server-sent events: the state twice a second, the story as it grows, and the verdict
 * so far as often as it can be had without costing the landscape more than a little of its time.
 */
import { realSleep, stopwatch } from '../harness/clock.ts';
import type { ControlledLandscape } from './controlled-landscape.ts';
import { judge } from './judge.ts';
import type { VerdictLive } from '../report/console/live-view.ts';

const everyMs = 400;
/** Judging may take a twentieth of the time. */
const shareOfTime = 20;
const leastMs = 1500;

/** Until the caller is gone, or the landscape. */
export async function* liveStream(
  landscape: ControlledLandscape,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const book = landscape.book();
  const { history } = landscape.control.landscape.world;
  const elapsed = stopwatch();
  let told = -1;
  let judged = -1;
  let judgeAt = 0;
  yield ': seatrial\n\n';
  while (!signal.aborted && !landscape.gone.aborted) {
    yield event('state', book.view());
    const story = book.storyAfter(told);
    if (story.length > 0) yield event('story', story);
    told = story.at(-1)?.position ?? told;
    if (elapsed() >= judgeAt && history.length !== judged) {
      judged = history.length;
      const took = stopwatch();
      yield event('verdict', verdictSoFar(landscape));
      judgeAt = elapsed() + Math.max(leastMs, took() * shareOfTime);
    }
    await realSleep(everyMs);
  }
  yield event('gone', {});
}

/** The verdict in few words: what a glance needs. */
function verdictSoFar(landscape: ControlledLandscape): VerdictLive {
  const { verdict, invariants, flows } = judge(landscape, { storiesPerInvariant: 0 });
  return {
    status: verdict,
    flows,
    invariants: invariants.map(
      ({ invariant, promise, status, seen, violations, reason, stories }) => ({
        invariant,
        promise,
        status,
        seen,
        violations,
        ...(reason === undefined ? {} : { reason }),
        ...(stories[0] === undefined ? {} : { example: stories[0].sentence }),
      }),
    ),
  };
}

/** JSON has no line ends of its own, so one `data` line holds it. */
const event = (name: string, data: unknown): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
