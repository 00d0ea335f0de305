/** What goes over the wire of the control API, as JSON Schema. */
import {
  type Schema,
  count,
  flag,
  key,
  list,
  named,
  object,
  oneOf,
  text,
} from '../simulators/plain/schema.ts';

export { type Schema, count, flag, key, list, named, object, oneOf, text };

const string: Schema = { type: 'string' };
const number: Schema = { type: 'number' };
const anything: Schema = {};
const whole: Schema = { type: 'integer' };

export const duration: Schema = named(
  'Duration',
  {
    anyOf: [
      { type: 'string', pattern: '^[0-9]{1,12}(\\.[0-9]{1,6})?(ms|s|m|h|d)$' },
      { type: 'number', minimum: 0, maximum: 1e12 },
    ],
  },
  'Like "250ms", "3s", "5m", "2h" or "1d", or a number of milliseconds. Trial time, unless said otherwise.',
);

export const instant: Schema = named(
  'Instant',
  {
    anyOf: [
      { type: 'integer', minimum: 0, maximum: 1e15 },
      { type: 'string', format: 'date-time' },
    ],
  },
  'Trial time: milliseconds since the epoch, or an RFC 3339 timestamp.',
);

/** Names of things in paths. */
export const id: Schema = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$' };

const clockView = named(
  'Clock',
  object({
    kind: oneOf('real', 'virtual'),
    speed: number,
    paused: flag,
    now: number,
    today: string,
  }),
);

const systemView = named(
  'System',
  object({
    name: string,
    dialect: string,
    url: string,
    basePath: string,
    tokenPath: string,
    clientId: string,
    clientSecret: string,
  }),
);

const owed = named('Owed', object({ what: string, count: whole, 'example?': string }));

export const owedView: Schema = named(
  'OwedNow',
  object({ quiet: flag, total: whole, owed: list(owed, 100_000) }),
  'What is still to happen, by name: actions of actors, messages and exchanges under way, flows unsettled.',
);

export const arrivalsView: Schema = named(
  'Arrivals',
  object({
    next: whole,
    items: list({ type: 'array', prefixItems: [string, number], minItems: 2, maxItems: 2 }, 10_000),
  }),
  'Pairs of a flow and the trial milliseconds that one arrival took.',
);

const faultResult = object({ fault: string, kind: string, link: string, fired: whole });

const faultView = named(
  'Fault',
  object({ fault: string, kind: string, link: string, fired: whole, healed: flag }),
);

export const faultsView: Schema = named(
  'Faults',
  object({ healed: flag, faults: list(faultView, 100_000) }),
);

export const landscapeView: Schema = named(
  'Landscape',
  object({
    id: string,
    seed: string,
    token: string,
    webhookSecret: string,
    systems: list(systemView, 1000),
    clock: clockView,
    historyLength: whole,
    environment: { type: 'object', additionalProperties: string },
    working: flag,
    'webhooks?': string,
    'trial?': string,
  }),
  'A set of simulated systems with one clock, one seed, one history. `environment` is what an integration is told.',
);

export const landscapeList: Schema = named(
  'Landscapes',
  object({ items: list(landscapeView, 1000) }),
);

export { clockView };

const documentKind = object({ system: string, kind: string, documents: whole });
export const documentKinds: Schema = named(
  'DocumentKinds',
  object({ items: list(documentKind, 10_000) }),
);

export const documentView: Schema = named(
  'Document',
  object({ id: string, version: whole, at: number, data: { type: 'object' } }),
);

export const documentPage: Schema = named(
  'Documents',
  object({ items: list(documentView, 1000), 'next?': string }),
);

export const historyRecord: Schema = named(
  'HistoryRecord',
  {
    type: 'object',
    required: ['position', 'at', 'type'],
    properties: { position: whole, at: number, type: string },
  },
  'One thing that happened; see docs/glossary.md for the types.',
);

const status = oneOf('holds', 'violated', 'unknown');

const invariantModel = {
  type: 'object',
  required: ['invariant', 'promise', 'status', 'seen', 'violations', 'stories'],
  properties: {
    invariant: string,
    promise: string,
    family: string,
    status,
    seen: whole,
    violations: whole,
    stories: { type: 'array', items: { type: 'object' } },
    reason: string,
  },
};

export const reportSchema: Schema = named(
  'Report',
  {
    type: 'object',
    required: [
      'format',
      'trial',
      'integration',
      'seed',
      'token',
      'replay',
      'verdict',
      'invariants',
      'faults',
      'flows',
      'doubts',
      'owed',
      'counts',
      'phases',
      'lastedMs',
    ],
    properties: {
      format: whole,
      trial: string,
      integration: string,
      seed: string,
      token: string,
      replay: string,
      verdict: status,
      invariants: { type: 'array', items: invariantModel },
      faults: { type: 'array', items: faultResult },
      flows: { type: 'array', items: object({ flow: string, owed: whole, arrived: whole }) },
      doubts: { type: 'array', items: string },
      owed: { type: 'array', items: owed },
      counts: { type: 'object', additionalProperties: whole },
      phases: { type: 'array', items: { type: 'object' } },
      lastedMs: number,
    },
  },
  'The verdict with every invariant, and the stories of what was broken.',
);

export const actionResult: Schema = named(
  'ActionResult',
  object({
    action: string,
    actor: string,
    system: string,
    document: string,
    id: string,
    data: anything,
  }),
  'The document that came of it. What the integration makes of it is to be seen later.',
);

export const trialView: Schema = named(
  'Trial',
  object({
    id: string,
    name: string,
    state: oneOf('running', 'ended', 'failed'),
    landscape: string,
    'phase?': string,
    'elapsedMs?': number,
    'owed?': list(owed, 100_000),
    'verdict?': status,
    'error?': string,
  }),
);

export const trialList: Schema = named('Trials', object({ items: list(trialView, 1000) }));
