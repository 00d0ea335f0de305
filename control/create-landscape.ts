/** Makes a landscape from its description: systems by dialect, seed, clock, calendar, faults, business. */
import { openArchive } from '../harness/archive/open-archive.ts';
import { lastTimeOf } from '../harness/archive/resume.ts';
import { RealClock, VirtualClock } from '../harness/clock.ts';
import type { Clock } from '../harness/clock.ts';
import { LandscapeControl } from '../harness/control.ts';
import { Landscape } from '../harness/landscape.ts';
import { freshSeed } from '../harness/random.ts';
import { procureToPay } from '../scenarios/index.ts';
import { parseTimestamp } from '../simulators/plain/wire-formats.ts';
import { type ControlledLandscape, controlled } from './controlled-landscape.ts';
import { type FaultDescription, checkPlace, faultDescription, faultOf } from './fault-catalogue.ts';
import { type Schema, count, flag, id, instant, list, named, object, oneOf } from './schemas.ts';
import { dialects, systemsOf, usualSystems } from './system-catalogue.ts';
import {
  type WorkloadDescription,
  workloadDescription,
  workloadOf,
} from './workload-description.ts';

interface ClockDescription {
  readonly kind?: 'real' | 'virtual';
  readonly speed?: number;
  readonly startAt?: number | string;
  readonly paused?: boolean;
}

export interface LandscapeDescription {
  readonly id?: string;
  readonly seed?: string;
  readonly systems?: Readonly<Record<string, string>>;
  readonly clock?: ClockDescription;
  readonly ports?: Readonly<Record<string, number>>;
  readonly webhooks?: string;
  readonly faults?: readonly FaultDescription[];
  readonly workload?: WorkloadDescription;
  /** Folder that history and documents are kept in. */
  readonly data?: string;
}

export const seedSchema: Schema = { type: 'string', pattern: '^[A-Za-z0-9_.-]{1,64}$' };
export const speedSchema: Schema = { type: 'number', exclusiveMinimum: 0, maximum: 100_000 };
export const webhookSchema: Schema = {
  type: 'string',
  maxLength: 500,
  pattern: '^https?://[!-~]+$',
  description: 'Events go to POST <this>/webhooks/<system>.',
};

/** Dialects by role; what is not named is left out of the landscape. */
export const systemsSchema: Schema = {
  type: 'object',
  minProperties: 1,
  additionalProperties: false,
  properties: Object.fromEntries(
    Object.entries(dialects).map(([role, known]) => [role, oneOf(...known)]),
  ),
};

export const portsSchema: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(Object.keys(dialects).map((role) => [role, count(0, 65_535)])),
};

export const landscapeDescription: Schema = named(
  'LandscapeDescription',
  object({
    'id?': id,
    'seed?': seedSchema,
    'systems?': systemsSchema,
    'clock?': object({
      'kind?': oneOf('real', 'virtual'),
      'speed?': speedSchema,
      'startAt?': instant,
      'paused?': flag,
    }),
    'ports?': portsSchema,
    'webhooks?': webhookSchema,
    'faults?': list(faultDescription, 200),
    'workload?': workloadDescription,
    'data?': {
      type: 'string',
      minLength: 1,
      maxLength: 1000,
      description:
        'Folder of this machine that history and documents are kept in, or the URL of a PostgreSQL server, postgres://user@host/database?shard=0; a landscape that was there before goes on.',
    },
  }),
  'Everything has a default: procurement, erp and wms in the plain dialect, real time, any ports, a seed of the machine. The workload named here sets how business days pass; it is started by itself.',
);

/** Makes it and opens its ports. Throws what its parts throw; then nothing is left open. */
export async function createLandscape(
  landscapeId: string,
  description: LandscapeDescription,
  host?: string,
): Promise<ControlledLandscape> {
  const workload = description.workload && workloadOf(description.workload);
  const archive = description.data === undefined ? undefined : openArchive(description.data);
  const landscape = new Landscape({
    systems: systemsOf(description.systems ?? usualSystems),
    seed: description.seed ?? archive?.resumed?.seed ?? freshSeed(),
    clock: clockOf(description.clock, archive?.resumed && lastTimeOf(archive)),
    ...(archive === undefined ? {} : { archive }),
    ...(workload?.calendar === undefined ? {} : { calendar: workload.calendar }),
  });
  const { flows, invariants, narrate } = workload ?? procureToPay({ purchaseOrders: 1 });
  const control = new LandscapeControl(landscapeId, landscape, { flows, invariants });
  try {
    for (const described of description.faults ?? []) {
      const fault = faultOf(described);
      checkPlace(fault, false);
      control.inject(fault);
    }
    await landscape.listen({
      ports: description.ports ?? {},
      ...(host === undefined ? {} : { host }),
    });
    if (description.webhooks !== undefined) landscape.deliverTo(description.webhooks);
  } catch (error) {
    control.release();
    await landscape.close();
    throw error;
  }
  return controlled({
    control,
    narrate,
    name: landscapeId,
    ...(workload === undefined ? {} : { workload }),
    ...(description.webhooks === undefined ? {} : { webhooks: description.webhooks }),
  });
}

/** `notBefore`: trial time that a landscape before this one had reached. */
function clockOf(
  { kind = 'real', speed, startAt, paused }: ClockDescription = {},
  notBefore?: number,
): Clock {
  const start = typeof startAt === 'string' ? parseTimestamp(startAt) : startAt;
  const at = start === undefined ? {} : { startAt: Math.max(start, notBefore ?? start) };
  const clock =
    kind === 'virtual'
      ? new VirtualClock(notBefore === undefined ? at : { startAt: notBefore, ...at })
      : new RealClock({
          ...at,
          ...(notBefore === undefined ? {} : { notBefore }),
          ...(speed === undefined ? {} : { speed }),
        });
  // Virtual time passes in steps only.
  if (paused === true || kind === 'virtual') clock.pause();
  return clock;
}
