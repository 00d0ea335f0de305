/** What can go wrong with a landscape's folder, in one sentence that names the file. */
import { SeatrialError } from '../seatrial-error.ts';
import type { Cause } from './thread-progress.ts';

/** Why, and what helps. */
export type Explained = readonly [reason: string, hint?: string];

/** Primary result codes of SQLite. */
const reasons: Readonly<Record<number, Explained>> = {
  5: ['another process is writing it', 'Stop the other one, or choose another folder.'],
  8: ['it may only be read', 'Give the folder write permission, or choose another.'],
  10: ['the disk refuses to be read or written'],
  11: ['it is damaged', 'What was exported before still stands; begin a new folder.'],
  13: ['the disk is full', 'Make room and start again: what was acknowledged is there.'],
  14: ['it cannot be opened', 'Look whether the folder is there and may be written.'],
  26: ['it is no database', 'Give a folder that seatrial wrote, or a new one.'],
};

const systemReasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  EACCES: 'it is not allowed',
  EPERM: 'it is not allowed',
  EROFS: 'the disk may only be read',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'it is a file, not a folder',
  ENOSPC: 'the disk is full',
};

export function describeFailure(verb: 'read' | 'write', path: string, cause: Cause): SeatrialError {
  const known = cause.errcode === undefined ? undefined : reasons[cause.errcode & 0xff];
  const explained = known ?? [systemReasons[cause.code ?? ''] ?? cause.message];
  return failureOf(verb, path, explained, cause);
}

/** `place` is a file or a server. */
export function failureOf(
  verb: 'read' | 'write',
  place: string,
  [reason, hint]: Explained,
  cause: Cause,
): SeatrialError {
  return new SeatrialError({
    code: verb === 'read' ? 'history.not-read' : 'history.not-written',
    task: `${verb} the history ${place}`,
    reason,
    ...(hint === undefined ? {} : { hint }),
    cause: cause instanceof Error ? cause : Object.assign(new Error(cause.message), cause),
  });
}
