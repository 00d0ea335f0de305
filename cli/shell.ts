/** What a command needs of its surroundings, so that it never reaches for the process itself. */

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Input {
  setRawMode?(raw: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
  once(event: 'data', listener: (key: Buffer | string) => void): unknown;
}

export interface Shell {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Where keys come from, when somebody sits there. */
  readonly input?: Input;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborted when the user (or the machine) asks the command to stop. */
  readonly stop: AbortSignal;
  /** Takes the command's exit code. */
  readonly exit: (code: ExitCode) => void;
}

/** 0 holds, 1 violated, 2 unknown, 3 could not run. */
export type ExitCode = 0 | 1 | 2 | 3;

export const couldNotRun: ExitCode = 3;

export const exitCodes = { holds: 0, violated: 1, unknown: 2 } as const;

/** For the help of every command that judges. */
export const exitCodesHelp =
  'Exit codes: 0 every promise holds, 1 one is violated, 2 unknown, 3 could not run.';
