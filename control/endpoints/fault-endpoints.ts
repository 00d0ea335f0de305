/** Faults while the landscape runs: put in, looked at, healed. */
import { type Call, type Endpoint, created, ok } from '../endpoint.ts';
import {
  type FaultDescription,
  checkPlace,
  faultDescription,
  faultOf,
} from '../fault-catalogue.ts';
import { type Schema, faultsView, named, object, text } from '../schemas.ts';
import { landscapeOf } from './landscape-endpoints.ts';

const tag = 'faults';
const path = '/v1/landscapes/{landscape}/faults';

const injected: Schema = named('InjectedFault', object({ fault: text(200), faults: faultsView }));

export const faultEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path,
    operation: 'listFaults',
    tag,
    summary: 'All faults there ever were, how often each fired, and which are healed.',
    answers: { 200: { description: 'They are.', schema: faultsView } },
    handle: (call) => ok(landscapeOf(call).control.faults()),
  },
  {
    method: 'POST',
    path,
    operation: 'injectFault',
    tag,
    summary: 'Puts a fault in. Its schedule begins now.',
    description:
      'Answers with its label, by which it is healed. A partial outage is an outage with a rate. Refused once a trial has healed.',
    body: faultDescription,
    answers: { 201: { description: 'It is in.', schema: injected } },
    refusals: [409],
    handle: (call) => {
      const { control, trial } = landscapeOf(call);
      const made = faultOf(call.body as FaultDescription);
      checkPlace(made, trial !== undefined);
      const fault = control.inject(made);
      return created(
        { fault, faults: control.faults() },
        `${path}/${encodeURIComponent(fault)}`.replace('{landscape}', control.id),
      );
    },
  },
  {
    method: 'DELETE',
    path: `${path}/{fault}`,
    operation: 'healFault',
    tag,
    summary: 'Ends one fault, by its label. Messages that it holds come when they are due.',
    answers: { 200: { description: 'It is healed.', schema: faultsView } },
    handle: (call) => ok(landscapeOf(call).control.heal(call.params['fault'] as string)),
  },
  {
    method: 'POST',
    path: '/v1/landscapes/{landscape}/heal',
    operation: 'healAll',
    tag,
    summary: 'Ends every fault, and lets go of every message that one of them holds.',
    answers: { 200: { description: 'All are healed.', schema: faultsView } },
    handle: (call: Call) => ok(landscapeOf(call).control.heal()),
  },
];
