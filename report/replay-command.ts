/** The command that runs the same trial again, to be copied into a shell. */

export interface Replay {
  /** `file:line:column` of the trial, or just its file. */
  readonly declaredAt: string | undefined;
  /** A command or a URL; `in process` when the trial brings its own. */
  readonly integration: string;
  readonly token: string;
}

export function replayCommand({ declaredAt, integration, token }: Replay): string {
  const file = declaredAt?.replace(/(:\d+){1,2}$/, '') ?? 'TRIAL-FILE';
  const own = integration === 'in process';
  const chosen = own ? '' : ` --integration ${quoted(integration)}`;
  return `seatrial run ${quoted(file)}${chosen} --replay ${quoted(token)}`;
}

/** A word as a POSIX shell takes it. */
export const quoted = (word: string): string =>
  /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
