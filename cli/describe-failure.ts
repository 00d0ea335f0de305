/** What the user reads when a command could not run: one message, and a stack only when asked for. */
import { SeatrialError } from '../harness/seatrial-error.ts';

/** Ends with a line end. `SEATRIAL_DEBUG` in the environment adds the stack and its causes. */
export function describeFailure(
  error: unknown,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (env['SEATRIAL_DEBUG']) return `seatrial: ${stackOf(error)}\n`;
  if (error instanceof SeatrialError) return `seatrial: ${error.message}\n`;
  return `seatrial: Failed unexpectedly: ${messageOf(error)}\nSet SEATRIAL_DEBUG=1 to see where.\n`;
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : String(error);

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? error.message;
  return error.cause === undefined ? stack : `${stack}\ncaused by ${stackOf(error.cause)}`;
}
