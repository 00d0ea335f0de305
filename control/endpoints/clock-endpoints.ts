/** The clock of a landscape: looked at, stopped, moved by hand, let go on, made faster. */
import type { ClockView } from '../../harness/control.ts';
import { type Duration, milliseconds } from '../../harness/duration.ts';
import type { ControlledLandscape } from '../controlled-landscape.ts';
import { speedSchema } from '../create-landscape.ts';
import { type Call, type Endpoint, ok } from '../endpoint.ts';
import { clockView, duration, named, object } from '../schemas.ts';
import { landscapeOf } from './landscape-endpoints.ts';

const tag = 'clock';
const path = '/v1/landscapes/{landscape}/clock';
const answers = { 200: { description: 'The clock, now.', schema: clockView } };

type Move = (control: ControlledLandscape['control'], call: Call) => ClockView | Promise<ClockView>;

const move = (
  row: Pick<Endpoint, 'method' | 'path' | 'operation' | 'summary' | 'description' | 'body'>,
  how: Move,
): Endpoint => ({
  ...row,
  tag,
  answers,
  ...(row.method === 'GET' ? {} : { refusals: [409] }),
  handle: async (call) => ok(await how(landscapeOf(call).control, call)),
});

export const clockEndpoints: readonly Endpoint[] = [
  move({ method: 'GET', path, operation: 'getClock', summary: 'The clock.' }, (control) =>
    control.clock(),
  ),
  move(
    {
      method: 'POST',
      path: `${path}/pause`,
      operation: 'pauseClock',
      summary: 'Stops trial time: actors wait, delays do not end.',
      description:
        'What the systems are asked they still answer, and an integration in a process of its own goes on by its own clock.',
    },
    (control) => control.pause(),
  ),
  move(
    {
      method: 'POST',
      path: `${path}/resume`,
      operation: 'resumeClock',
      summary: 'Lets trial time go on.',
    },
    (control) => control.resume(),
  ),
  move(
    {
      method: 'POST',
      path: `${path}/step`,
      operation: 'stepClock',
      summary: 'Lets so much trial time pass at once. The clock stands still after it.',
      body: named('Step', object({ by: duration })),
    },
    (control, { body }) => control.step(milliseconds((body as { by: Duration }).by, 'by')),
  ),
  move(
    {
      method: 'PUT',
      path: `${path}/speed`,
      operation: 'setClockSpeed',
      summary: 'Trial seconds per real second, from now on. Virtual clocks have no speed.',
      body: named('Speed', object({ speed: speedSchema })),
    },
    (control, { body }) => control.setSpeed((body as { speed: number }).speed),
  ),
];
