/** The faults that can be asked for by name, as a fault says of itself what kind it is. */
import { network } from '../chaos/index.ts';
import { makeFault } from '../chaos/make-fault.ts';
import type { Fault, FaultSettings } from '../harness/fault.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import { type Schema, duration, flag, key, named, oneOf, text } from './schemas.ts';

type Make = (link: string, options: never) => Fault;

/** Faults of messages, of exchanges, and of the integration itself. */
const kinds = [
  'delay',
  'drop',
  'duplicate',
  'reorder',
  'stale',
  'expireToken',
  'lateCommit',
  'latency',
  'loseResponse',
  'outage',
  'reject',
  'staleRead',
  'throttle',
  'crash',
] as const;

/** Faults of the wires, which only a trial has. */
const ofWires: Readonly<Record<string, Make>> = {
  'network.outage': network.outage,
  'network.flap': network.flap,
  'network.latency': network.latency,
  'network.bandwidth': network.bandwidth,
  'network.reset': network.reset,
  'network.timeout': network.timeout,
  'network.slowClose': network.slowClose,
  'network.limitData': network.limitData,
  'network.slicer': network.slicer,
};

/** A fault in words: which, where, and what is set about it. */
export interface FaultDescription {
  readonly kind: string;
  readonly link: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

export const faultDescription: Schema = named(
  'FaultDescription',
  {
    type: 'object',
    required: ['kind', 'link'],
    additionalProperties: false,
    properties: {
      kind: oneOf(...kinds, ...Object.keys(ofWires)),
      link: {
        type: 'string',
        maxLength: 100,
        examples: ['integration -> erp', 'wms -> integration'],
      },
      options: {
        type: 'object',
        description:
          'What every fault takes is here; each kind has more of its own (docs/tutorial.md), checked when the fault is made.',
        properties: {
          on: text(100),
          key: text(100),
          rate: { type: 'number', minimum: 0 },
          at: duration,
          for: duration,
          every: duration,
          attempt: { type: 'integer', minimum: 1 },
          atMostPerKey: { type: 'integer', minimum: 1 },
          perKey: flag,
          label: key(80),
        },
        additionalProperties: true,
      },
    },
  },
  'A partial outage is an outage with a rate, or one that names an operation in `on`. Kinds that begin with `network.` are for trials only, and so is `crash`.',
);

/** Makes the fault. Throws `fault.invalid` naming what is wrong about it. */
export function faultOf({ kind, link, options = {} }: FaultDescription): Fault {
  const make = Object.hasOwn(ofWires, kind) ? ofWires[kind] : undefined;
  return make ? make(link, options as never) : makeFault(kind, link, options as FaultSettings);
}

/**
 * Throws `fault.not-here` for a fault that the landscape has nothing to strike with: wires belong to a
 * trial from its beginning, and only a trial runs the integration that a crash ends.
 */
export function checkPlace({ layer, kind }: Fault, inTrial: boolean): void {
  if (layer !== 'network' && (kind !== 'crash' || inTrial)) return;
  throw new SeatrialError({
    code: 'fault.not-here',
    task: `inject the fault ${kind}`,
    reason:
      layer === 'network'
        ? 'wires are laid when a trial begins'
        : 'this landscape does not run the integration',
    hint: 'Name it among the faults of a trial.',
  });
}
