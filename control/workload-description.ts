/** A workload in words. */
import { procureToPay, type ProcureToPayOptions } from '../scenarios/index.ts';
import { milliseconds } from '../harness/duration.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import type { Workload } from '../harness/workload.ts';
import { type Schema, count, duration, named, object, oneOf } from './schemas.ts';

export type WorkloadDescription = ProcureToPayOptions & {
  readonly name?: 'procure-to-pay';
};

export const workloadDescription: Schema = named(
  'Workload',
  object({
    'name?': oneOf('procure-to-pay'),
    purchaseOrders: count(1, 100_000),
    'over?': duration,
    'businessDays?': { type: 'number', minimum: 1, maximum: 3650 },
    'firstDay?': { type: 'string', format: 'date' },
    'minimumGapMs?': count(0, 3_600_000),
    'mostLines?': count(1, 429),
    'mostShipments?': count(1, 247),
    'mostChanges?': count(0, 100),
  }),
  'Business of buyers, suppliers, the warehouse and accounts payable. With `over`, business days shrink so that all of it is done in about that trial time.',
);

/** Throws `workload.invalid`, `duration.invalid`. */
export function workloadOf(described: WorkloadDescription): Workload {
  const { over } = described;
  if (over !== undefined && milliseconds(over, 'over') < leastOverMs) {
    throw new SeatrialError({
      code: 'workload.invalid',
      task: 'plan procure-to-pay',
      reason: `over is less than ${leastOverMs} ms`,
    });
  }
  return procureToPay(described);
}

/** In less, a business day would be no time at all. */
const leastOverMs = 100;
