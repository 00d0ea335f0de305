/** The faults that can be asked for by name, as a fault says of itself what kind it is. */
import {
  delay,
  drop,
  duplicate,
  expireToken,
  lateCommit,
  latency,
  loseResponse,
  outage,
  reject,
  reorder,
  stale,
  staleRead,
  throttle,
} from '../chaos/index.ts';
import type { Fault } from '../harness/fault.ts';
import { duration, flag, key, type Schema, named, oneOf, text } from './schemas.ts';

type Make = (link: string, options: never) => Fault;

const makers: Readonly<Record<string, Make>> = {
  delay,
  drop,
  duplicate,
  reorder,
  stale,
  expireToken,
  lateCommit,
  latency,
  loseResponse,
  outage,
  reject,
  staleRead,
  throttle,
};

/** A fault in words: which, where, and what is set about it. */
export interface FaultDescription {
  readonly kind: string;
  readonly link: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

const share: Schema = { type: 'number', minimum: 0, maximum: 1 };

export const faultDescription: Schema = named(
  'FaultDescription',
  {
    type: 'object',
    required: ['kind', 'link'],
    additionalProperties: false,
    properties: {
      kind: oneOf(...Object.keys(makers)),
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
          rate: share,
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
  'A partial outage is an outage with a rate, or one that names an operation in `on`.',
);

/** Makes the fault. Throws `fault.invalid` naming what is wrong about it. */
export function faultOf({ kind, link, options = {} }: FaultDescription): Fault {
  const make = Object.hasOwn(makers, kind) ? makers[kind] : undefined;
  // The schema lets no other kind through.
  return (make as Make)(link, options as never);
}
