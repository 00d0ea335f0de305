/** The one error that seatrial itself throws at its users. */

export interface SeatrialErrorOptions {
  /** Stable, machine-readable: `trial.invalid`, `listen.port-in-use`, ... */
  readonly code: string;
  /** What could not be done, as the words after "Failed to". */
  readonly task: string;
  readonly reason: string;
  /** What the user can do about it. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** Reads "Failed to X: reason. Hint." and carries a `code` and the `cause`. */
export class SeatrialError extends Error {
  readonly code: string;

  constructor({ code, task, reason, hint, cause }: SeatrialErrorOptions) {
    const end = /[.!?]$/.test(reason) ? '' : '.';
    super(`Failed to ${task}: ${reason}${end}${hint ? ` ${hint}` : ''}`, { cause });
    this.name = 'SeatrialError';
    this.code = code;
  }
}
