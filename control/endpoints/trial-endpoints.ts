/** Whole trials: described, run, waited for, reported on. */
import { junitReport } from '../../report/junit-report.ts';
import { portsSchema, seedSchema, speedSchema, systemsSchema } from '../create-landscape.ts';
import { type Endpoint, created, done, ok } from '../endpoint.ts';
import { faultDescription } from '../fault-catalogue.ts';
import { durationOption } from '../query-options.ts';
import {
  duration,
  list,
  named,
  object,
  reportSchema,
  text,
  trialList,
  trialView,
} from '../schemas.ts';
import type { TrialDescription } from '../trial-jobs.ts';
import { workloadDescription } from '../workload-description.ts';
import { formatOption, junitSchema } from './verdict-endpoints.ts';

const tag = 'trials';
const path = '/v1/trials/{trial}';

const integration = {
  anyOf: [
    object({
      command: text(4000),
      'cwd?': text(1000),
      'env?': { type: 'object', additionalProperties: { type: 'string', maxLength: 10_000 } },
    }),
    object({ url: { type: 'string', pattern: '^https?://[!-~]+$', maxLength: 500 } }),
  ],
};

const trialDescription = named(
  'TrialDescription',
  object({
    'name?': text(200),
    'systems?': systemsSchema,
    workload: workloadDescription,
    'faults?': list(faultDescription, 200),
    integration,
    'seed?': seedSchema,
    'speed?': speedSchema,
    'ports?': portsSchema,
    'toxiproxy?': text(500),
    'liveness?': object({ 'deadline?': duration, 'settle?': duration }),
  }),
  'What `seatrial run` runs from a file. The integration is a command, which is started as a process of its own on this machine, or the URL of one that runs.',
);

export const trialEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/trials',
    operation: 'listTrials',
    tag,
    summary: 'All trials.',
    answers: { 200: { description: 'They are.', schema: trialList } },
    handle: ({ plane }) => ok({ items: plane.trials.list() }),
  },
  {
    method: 'POST',
    path: '/v1/trials',
    operation: 'startTrial',
    tag,
    summary: 'Begins to run a trial.',
    body: trialDescription,
    answers: { 201: { description: 'It runs.', schema: trialView } },
    refusals: [409],
    handle: ({ plane, body }) => {
      const view = plane.trials.start(body as TrialDescription);
      return created(view, `/v1/trials/${view.id}`);
    },
  },
  {
    method: 'GET',
    path,
    operation: 'getTrial',
    tag,
    summary:
      'How far it is. With `wait`, answers when it ended, or when so much real time has passed.',
    query: [durationOption('wait', 'Real time to wait for its end at most.')],
    answers: { 200: { description: 'It is so far.', schema: trialView } },
    handle: async ({ plane, params, query, signal }) => {
      const waitMs = Math.min(3_600_000, Math.floor((query['wait'] as number | undefined) ?? 0));
      const enough = AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
      return ok(await plane.trials.wait(params['trial'] as string, enough));
    },
  },
  {
    method: 'DELETE',
    path,
    operation: 'deleteTrial',
    tag,
    summary: 'Interrupts it when it runs; forgets it and its landscape.',
    answers: { 204: { description: 'It is gone.' } },
    handle: async ({ plane, params }) => {
      await plane.trials.remove(params['trial'] as string);
      return done;
    },
  },
  {
    method: 'GET',
    path: `${path}/report`,
    operation: 'getTrialReport',
    tag,
    summary: 'The verdict, once it ended.',
    query: [formatOption],
    answers: {
      200: {
        description: 'The verdict.',
        schema: reportSchema,
        types: { 'application/xml': junitSchema },
      },
    },
    refusals: [409],
    handle: ({ plane, params, query }) => {
      const report = plane.trials.report(params['trial'] as string);
      if (query['format'] !== 'junit') return ok(report);
      return { status: 200, text: { type: 'application/xml', content: junitReport(report) } };
    },
  },
];
