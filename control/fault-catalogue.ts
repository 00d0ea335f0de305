/** The faults that can be asked for by name, as a fault says of itself what kind it is. */
import { faultKinds, makeFault } from '../chaos/make-fault.ts';
import type { Fault, FaultSettings } from '../harness/fault.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import { type Schema, duration, flag, key, named, oneOf, text } from './schemas.ts';

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
      kind: oneOf(...faultKinds),
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
  'A partial outage is an outage with a rate, or one that names an operation in `on`. Kinds that begin with `network.` are for trials only, and so are `crash` and `clockSkew`.',
);

/** Makes the fault. Throws `fault.invalid` naming what is wrong about it. */
export function faultOf({ kind, link, options = {} }: FaultDescription): Fault {
  return makeFault(kind, link, options as FaultSettings);
}

/**
 * Throws `fault.not-here` for a fault that the landscape has nothing to strike with: wires belong to a
 * trial from its beginning, and only a trial runs the integration that a crash ends or whose clock is set.
 */
export function checkPlace({ layer, kind }: Fault, inTrial: boolean): void {
  if (layer !== 'network' && (!['crash', 'clockSkew'].includes(kind) || inTrial)) return;
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
