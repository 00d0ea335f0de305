/** Business: a whole workload, or one action of one person. */
import { SeatrialError } from '../../harness/seatrial-error.ts';
import { perform, performWhenReady } from '../actions/action.ts';
import { actions } from '../actions/index.ts';
import { viewOf } from '../control-plane.ts';
import { type Endpoint, created } from '../endpoint.ts';
import { durationOption } from '../query-options.ts';
import { actionResult, landscapeView } from '../schemas.ts';
import {
  type WorkloadDescription,
  workloadDescription,
  workloadOf,
} from '../workload-description.ts';
import { landscapeOf } from './landscape-endpoints.ts';

const tag = 'business';

const startWorkload: Endpoint = {
  method: 'POST',
  path: '/v1/landscapes/{landscape}/workload',
  operation: 'startWorkload',
  tag,
  summary: 'Lets the actors do business.',
  description:
    'The workload that was named when the landscape was made, or the one in the body. One with `over` shrinks business days, which the landscape must know from the beginning: name it then.',
  body: workloadDescription,
  bodyOptional: true,
  answers: { 201: { description: 'They do.', schema: landscapeView } },
  refusals: [409],
  handle: (call) => {
    const landscape = landscapeOf(call);
    const { control } = landscape;
    const described = call.body as WorkloadDescription | undefined;
    const workload = described === undefined ? landscape.workload : workloadOf(described);
    if (workload === undefined) {
      throw new SeatrialError({
        code: 'workload.not-named',
        task: 'start a workload',
        reason: 'none is named, here or when the landscape was made',
      });
    }
    const { calendar } = control.landscape.world;
    const dayMs = workload.calendar?.businessDayMs;
    if (dayMs !== undefined && dayMs !== calendar.businessDayMs) {
      throw new SeatrialError({
        code: 'control.busy',
        task: 'start the workload',
        reason: `its business day lasts ${dayMs} ms and the landscape's ${calendar.businessDayMs} ms`,
        hint: 'Name the workload when you create the landscape, and start it without a body.',
      });
    }
    control.work(workload);
    return created(viewOf(landscape), `/v1/landscapes/${control.id}`);
  },
};

const wait = durationOption(
  'wait',
  'Real time to wait for what must be there first, before it is refused.',
);

const actionEndpoints = actions.map((action): Endpoint => ({
  method: 'POST',
  path: `/v1/landscapes/{landscape}/actions/${action.name}`,
  operation: camelCase(action.name),
  tag,
  summary: action.summary,
  query: [wait],
  body: action.body,
  answers: { 201: { description: 'Done.', schema: actionResult } },
  refusals: [409, 412, 423],
  handle: async (call) => {
    const { control, gone } = landscapeOf(call);
    const waitMs = call.query['wait'] as number | undefined;
    const signal = AbortSignal.any([call.signal, gone]);
    const result =
      waitMs === undefined
        ? perform(control.landscape, action, call.body)
        : await performWhenReady(control.landscape, action, call.body, { waitMs, signal });
    const { system, document, id } = result;
    const place = [system, document, id].map(encodeURIComponent).join('/');
    return created(result, `/v1/landscapes/${control.id}/documents/${place}`);
  },
}));

function camelCase(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

export const businessEndpoints: readonly Endpoint[] = [startWorkload, ...actionEndpoints];
