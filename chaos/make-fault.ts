/** Makes a fault by the kind that it calls itself, for plans of faults that were written down. */
import type { Fault, FaultSettings } from '../harness/fault.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import { crash } from './exchange/crash.ts';
import { expireToken } from './exchange/expire-token.ts';
import { lateCommit } from './exchange/late-commit.ts';
import { latency } from './exchange/latency.ts';
import { loseResponse } from './exchange/lose-response.ts';
import { outage } from './exchange/outage.ts';
import { reject } from './exchange/reject.ts';
import { staleRead } from './exchange/stale-read.ts';
import { throttle } from './exchange/throttle.ts';
import { delay } from './message/delay.ts';
import { drop } from './message/drop.ts';
import { duplicate } from './message/duplicate.ts';
import { reorder } from './message/reorder.ts';
import { stale } from './message/stale.ts';

type Make = (link: string, options: never) => Fault;

const makers: Readonly<Record<string, Make>> = {
  crash,
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
};

/** Throws `fault.invalid` for settings that the kind does not take, `fault.unknown` for another kind. */
export function makeFault(kind: string, link: string, settings: FaultSettings): Fault {
  const make = Object.hasOwn(makers, kind) ? makers[kind] : undefined;
  if (make !== undefined) return make(link, settings as never);
  throw new SeatrialError({
    code: 'fault.unknown',
    task: `make the fault ${kind}`,
    reason: 'there is none of that kind',
    hint: `There are ${Object.keys(makers).join(', ')}.`,
  });
}
