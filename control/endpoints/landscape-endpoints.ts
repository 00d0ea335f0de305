/** Landscapes: made, listed, looked at, told where webhooks go, deleted. */
import type { LandscapeDescription } from '../create-landscape.ts';
import type { LandscapeControl } from '../../harness/control.ts';
import { SeatrialError } from '../../harness/seatrial-error.ts';
import { landscapeDescription, webhookSchema } from '../create-landscape.ts';
import { viewOf } from '../control-plane.ts';
import { type Call, type Endpoint, created, done, ok } from '../endpoint.ts';
import { durationOption, wholeOption } from '../query-options.ts';
import { arrivalsView, landscapeList, landscapeView, named, object, owedView } from '../schemas.ts';
import { realSleep, stopwatch } from '../../harness/clock.ts';

const tag = 'landscapes';
const path = '/v1/landscapes/{landscape}';

/** The landscape that the path names. Throws `control.no-landscape`. */
export const landscapeOf = ({ plane, params }: Call) => plane.get(params['landscape'] as string);

export const landscapeEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/landscapes',
    operation: 'listLandscapes',
    tag,
    summary: 'All landscapes.',
    answers: { 200: { description: 'They are.', schema: landscapeList } },
    handle: ({ plane }) => ok({ items: plane.list() }),
  },
  {
    method: 'POST',
    path: '/v1/landscapes',
    operation: 'createLandscape',
    tag,
    summary: 'Stands a landscape up, on loopback ports.',
    body: landscapeDescription,
    bodyOptional: true,
    answers: { 201: { description: 'It is up.', schema: landscapeView } },
    refusals: [409],
    handle: async ({ plane, body }) => {
      const landscape = await plane.create((body ?? {}) as LandscapeDescription);
      const view = viewOf(landscape);
      return created(view, `/v1/landscapes/${view.id}`);
    },
  },
  {
    method: 'GET',
    path,
    operation: 'getLandscape',
    tag,
    summary: 'A landscape: its systems with addresses and credentials, its clock.',
    answers: { 200: { description: 'It is.', schema: landscapeView } },
    handle: (call) => ok(viewOf(landscapeOf(call))),
  },
  {
    method: 'DELETE',
    path,
    operation: 'deleteLandscape',
    tag,
    summary: 'Closes its ports and forgets it.',
    answers: { 204: { description: 'It is gone.' } },
    refusals: [409],
    handle: async ({ plane, params }) => {
      await plane.remove(params['landscape'] as string);
      return done;
    },
  },
  {
    method: 'PUT',
    path: `${path}/webhooks`,
    operation: 'setWebhooks',
    tag,
    summary: 'Says where webhooks go, once: an integration is often started after its landscape.',
    body: named('Webhooks', object({ url: webhookSchema })),
    answers: { 200: { description: 'They go there.', schema: landscapeView } },
    refusals: [409],
    handle: (call) => {
      const landscape = landscapeOf(call);
      if (landscape.webhooks !== undefined || landscape.trial !== undefined) {
        throw new SeatrialError({
          code: 'control.webhooks',
          task: 'say where webhooks go',
          reason: `they go to ${landscape.webhooks ?? 'the integration of a trial'} already`,
        });
      }
      landscape.webhooks = (call.body as { url: string }).url;
      landscape.control.landscape.deliverTo(landscape.webhooks);
      return ok(viewOf(landscape));
    },
  },
  {
    method: 'GET',
    path: `${path}/arrivals`,
    operation: 'getArrivals',
    tag,
    summary:
      'What flows delivered, and how long each took: from the fact to agreement in the other system.',
    description:
      'Followed from the first time that somebody asks, history before it included. Of the newest 100,000, so many at a time; ask again from `next` until there are none.',
    query: [wholeOption('after', 'The `next` of the answer before; default 0.', 1e12)],
    answers: { 200: { description: 'They arrived.', schema: arrivalsView } },
    handle: (call) =>
      ok(
        landscapeOf(call)
          .arrivals()
          .since((call.query['after'] as number | undefined) ?? 0),
      ),
  },
  {
    method: 'GET',
    path: `${path}/owed`,
    operation: 'getOwed',
    tag,
    summary:
      'What is still to happen. With `wait`, answers when nothing is, or when so much real time has passed.',
    query: [durationOption('wait', 'Real time to wait for quiet at most.')],
    answers: { 200: { description: 'What is owed.', schema: owedView } },
    handle: async (call) => {
      const { control, gone } = landscapeOf(call);
      const waitMs = Math.min(600_000, (call.query['wait'] as number | undefined) ?? 0);
      const elapsed = stopwatch();
      while (control.owed().length > 0 && elapsed() < waitMs) {
        if (call.signal.aborted || gone.aborted) break;
        await realSleep(25);
      }
      return ok(owedOf(control));
    },
  },
  {
    method: 'POST',
    path: `${path}/end`,
    operation: 'endBusiness',
    tag,
    summary: 'Notes in the history that the business is over, and whether anything was still owed.',
    description:
      'A history that does not say so was cut, and `seatrial check` doubts what it shows. Nothing is stopped; after more business, note it again.',
    answers: { 200: { description: 'It is noted.', schema: owedView } },
    handle: (call) => {
      const { control } = landscapeOf(call);
      control.end();
      return ok(owedOf(control));
    },
  },
];

function owedOf(control: LandscapeControl): object {
  const owed = control.owed();
  const total = owed.reduce((sum, { count }) => sum + count, 0);
  return { quiet: owed.length === 0, total, owed };
}
