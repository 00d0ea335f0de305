/** What can go wrong with a PostgreSQL server that keeps histories, in one sentence that names it. */
import { SeatrialError } from '../../seatrial-error.ts';
import { type Explained, failureOf } from '../archive-failure.ts';
import type { Cause } from '../thread-progress.ts';

/** Of the seat, when somebody else has it: PostgreSQL's for a lock that did not come in time. */
export const seatTaken = '55P03';

const gone: Explained = [
  'the server is gone',
  'Start it, and then this again: what was acknowledged is there.',
];
const absent: Explained = ['nobody answers there', 'Start PostgreSQL, or name another server.'];
const refused: Explained = [
  'it does not let this user in',
  'Look at user and password: in the address, PGPASSWORD, or ~/.pgpass.',
];
const starting: Explained = ['the server is starting or stopping', 'Try again in a moment.'];

/** By the system's codes, and by PostgreSQL's (SQLSTATE). */
const reasons: Readonly<Record<string, Explained>> = {
  ECONNREFUSED: absent,
  ENOENT: absent,
  EHOSTUNREACH: absent,
  ENETUNREACH: absent,
  ETIMEDOUT: absent,
  ENOTFOUND: ['there is no such host'],
  EAI_AGAIN: ['there is no such host'],
  ECONNRESET: gone,
  EPIPE: gone,
  '57P01': gone,
  '57P02': gone,
  '57P03': starting,
  '28P01': refused,
  '28000': refused,
  '3D000': ['it has no such database', 'Make it first: createdb, or CREATE DATABASE.'],
  '42501': ['this user is not allowed to', 'A new history needs CREATE on the database.'],
  '25006': ['it may only be read', 'Name the primary, not a standby.'],
  '53100': ['its disk is full', 'Make room and start again: what was acknowledged is there.'],
  '53300': ['it has no connection left', 'A landscape takes two.'],
};

/** What the driver says without a code. */
const words: readonly (readonly [RegExp, Explained])[] = [
  [/^Connection terminated/, gone],
  [/timeout expired|read timeout/, ['it does not answer']],
  [/password must be a string|no password/i, refused],
];

export function storeFailure(verb: 'read' | 'write', label: string, cause: Cause): SeatrialError {
  if (cause.code === seatTaken) {
    return new SeatrialError({
      code: 'history.in-use',
      task: `${verb} the history ${label}`,
      reason: 'another process is writing it',
      hint: 'Stop the other one, or take another seat with ?shard=NUMBER.',
    });
  }
  const { code = '', message } = cause;
  const explained = reasons[code] ?? words.find(([pattern]) => pattern.test(message))?.[1];
  return failureOf(verb, label, explained ?? [message], cause);
}
