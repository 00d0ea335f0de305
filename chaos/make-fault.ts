/**
 * Makes a fault by the kind that it calls itself, for plans of faults that were written down: lists of
 * blows, requests to the control API. The one list of all kinds that there are.
 */
import type { Fault, FaultSettings } from '../harness/fault.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import { clockSkew } from './exchange/clock-skew.ts';
import { crash } from './exchange/crash.ts';
import { expireToken } from './exchange/expire-token.ts';
import { lateCommit } from './exchange/late-commit.ts';
import { latency } from './exchange/latency.ts';
import { loseResponse } from './exchange/lose-response.ts';
import { outage } from './exchange/outage.ts';
import { reject } from './exchange/reject.ts';
import { staleRead } from './exchange/stale-read.ts';
import { throttle } from './exchange/throttle.ts';
import { truncate } from './exchange/truncate.ts';
import { delay } from './message/delay.ts';
import { drop } from './message/drop.ts';
import { duplicate } from './message/duplicate.ts';
import { forge } from './message/forge.ts';
import { reorder } from './message/reorder.ts';
import { stale } from './message/stale.ts';
import * as network from './network/network-faults.ts';

type Make = (link: string, options: never) => Fault;

/** Of messages, of exchanges, and of the integration itself. */
const ofMessagesAndExchanges = {
  clockSkew,
  crash,
  delay,
  drop,
  duplicate,
  expireToken,
  forge,
  lateCommit,
  latency,
  loseResponse,
  outage,
  reject,
  reorder,
  stale,
  staleRead,
  throttle,
  truncate,
};

/** Of the wires, which only a trial has. */
const ofWires = {
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

const makers: Readonly<Record<string, Make>> = { ...ofMessagesAndExchanges, ...ofWires };

/** Every kind by its name. */
export const faultKinds: readonly string[] = Object.keys(makers);

/** Throws `fault.invalid` for settings that the kind does not take, `fault.unknown` for another kind. */
export function makeFault(kind: string, link: string, settings: FaultSettings): Fault {
  const make = Object.hasOwn(makers, kind) ? makers[kind] : undefined;
  if (make !== undefined) return make(link, settings as never);
  throw new SeatrialError({
    code: 'fault.unknown',
    task: `make the fault ${kind}`,
    reason: 'there is none of that kind',
    hint: `There are ${faultKinds.join(', ')}.`,
  });
}
