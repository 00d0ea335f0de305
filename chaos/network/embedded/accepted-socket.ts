/**
 * An accepted connection that reads into memory of ours. Node offers that (`onread`) only for sockets
 * that it connects, and without it allocates 64 KiB for each read, which is half of the work on the
 * short way. So the handle moves into a socket made for it. That is no documented door: where it is
 * not there, the accepted socket serves as it is, only slower.
 */
import { Socket, type SocketConstructorOpts } from 'node:net';
import type { ReusedBuffer } from './reused-buffer.ts';

interface WithHandle {
  _handle?: unknown;
}

/** The same connection, paused; what is read goes to the buffer's taker instead of `data` events. */
export function withReusedBuffer(accepted: Socket, { onread }: ReusedBuffer): Socket {
  const { _handle: handle } = accepted as WithHandle;
  if (handle === undefined || handle === null) return accepted;
  const options = { handle, allowHalfOpen: true, pauseOnCreate: true, onread };
  const socket = new Socket(options as unknown as SocketConstructorOpts);
  // The server counts the first one out, and closes nothing with it.
  (accepted as WithHandle)._handle = null;
  accepted.destroy();
  return socket;
}
