/** The history as NDJSON, from any position on, and on and on when asked to follow; and the live view. */
import { everyReal } from '../../harness/clock.ts';
import type { History } from '../../harness/history.ts';
import { type Call, type Endpoint } from '../endpoint.ts';
import { flagOption, wholeOption } from '../query-options.ts';
import { historyRecord, named, text } from '../schemas.ts';
import { liveStream } from '../live-stream.ts';
import { landscapeOf } from './landscape-endpoints.ts';

const ndjson = 'application/x-ndjson';
const eventStream = 'text/event-stream';
const together = 500;

export const historyEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/landscapes/{landscape}/history',
    operation: 'readHistory',
    tag: 'history',
    summary: 'What happened, one record a line.',
    query: [
      wholeOption('from', 'Position to begin at; default 0.', 1e12),
      wholeOption('limit', 'Records at most; default all.', 1e12),
      flagOption('follow', 'Goes on with what is still to happen, until the caller hangs up.'),
    ],
    answers: {
      200: { description: 'Records, in their order.', types: { [ndjson]: historyRecord } },
    },
    handle: (call) => ({ status: 200, stream: { type: ndjson, pieces: lines(call) } }),
  },
  {
    method: 'GET',
    path: '/v1/landscapes/{landscape}/live',
    operation: 'watchLive',
    tag: 'history',
    summary:
      'The landscape at a glance, as server-sent events: `state`, `story`, `verdict`, `gone`.',
    description: 'What the console shows. The shapes of the events may change with it.',
    answers: {
      200: { description: 'Events.', types: { [eventStream]: named('EventStream', text(1e9)) } },
    },
    handle: (call) => {
      const landscape = landscapeOf(call);
      return {
        status: 200,
        stream: { type: eventStream, pieces: liveStream(landscape, call.signal) },
      };
    },
  },
];

/** Checked before the first byte goes out, so that a refusal is still a problem. */
function lines(call: Call): AsyncIterable<string> {
  const { control, gone } = landscapeOf(call);
  const { from = 0, limit = Number.POSITIVE_INFINITY, follow = false } = call.query as Wanted;
  const ended = AbortSignal.any([call.signal, gone]);
  return read(control.landscape.world.history, { from, limit, follow }, ended);
}

interface Wanted {
  readonly from?: number;
  readonly limit?: number;
  readonly follow?: boolean;
}

async function* read(
  history: History,
  { from, limit, follow }: Required<Wanted>,
  ended: AbortSignal,
): AsyncGenerator<string> {
  for (let position = from; !ended.aborted;) {
    const most = Math.min(position + together, from + limit);
    let piece = '';
    for (let record = history.at(position); record && position < most;) {
      piece += `${JSON.stringify(record)}\n`;
      record = history.at(++position);
    }
    if (piece !== '') yield piece;
    if (position >= from + limit) return;
    if (position < history.length) continue;
    if (!follow) return;
    await grown(history, position, ended);
  }
}

/** Until the history has a record at the position. */
async function grown(history: History, position: number, ended: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (history.length <= position && !ended.aborted) return;
      unsubscribe();
      beat.cancel();
      resolve();
    };
    const unsubscribe = history.subscribe(look);
    // A caller that is gone is noticed without a record, too.
    const beat = everyReal(250, look);
  });
}
