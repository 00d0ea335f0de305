/** Every refusal of the control API as a problem (RFC 9457), with its status. */
import { BusinessError } from '../harness/business-error.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import type { WireReply } from '../harness/wire.ts';
import { problem, problemOf } from '../simulators/plain/problem.ts';
import { WireRefusal } from '../simulators/plain/wire-refusal.ts';

const notFound = new Set([
  'control.no-landscape',
  'control.no-fault',
  'control.no-trial',
  'control.no-document',
  'landscape.no-system',
]);

const conflicts = new Set([
  'control.taken',
  'control.full',
  'control.busy',
  'control.clock',
  'control.healed',
  'control.webhooks',
  'control.not-ended',
  'control.core',
  'listen.failed',
]);

/** What the caller is told. Anything that is neither rule nor refusal is a fault of ours: 500. */
export function refusalOf(error: unknown, instance: string): WireReply {
  if (error instanceof BusinessError) return problemOf(error, instance, {});
  if (error instanceof SeatrialError) {
    const { code, message: detail } = error;
    const status = notFound.has(code) ? 404 : conflicts.has(code) ? 409 : 422;
    return problem({ status, rule: code.replaceAll('.', '-'), detail, instance });
  }
  const detail = 'seatrial itself has a fault; its error output says more.';
  return problem({ status: 500, rule: 'internal', detail, instance });
}

/** Whether it is a fault of ours. */
export const isOurs = (error: unknown): boolean =>
  !(error instanceof BusinessError) && !(error instanceof SeatrialError);

export const noSuchPath = (path: string): WireRefusal =>
  new WireRefusal({
    refusal: 'notFound',
    status: 404,
    rule: 'unknown-path',
    message: `Nothing answers at ${path}.`,
  });

export const noSuchMethod = (method: string, allowed: readonly string[]): WireRefusal =>
  new WireRefusal({
    refusal: 'malformed',
    status: 405,
    rule: 'unknown-method',
    message: `${method} is not answered here.`,
    headers: { allow: allowed.join(', ') },
  });
