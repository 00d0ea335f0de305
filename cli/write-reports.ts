/** Puts a result where the user wants it: the terminal, JSON, JUnit. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SeatrialError } from '../harness/seatrial-error.ts';
import { jsonReport } from '../report/json-report.ts';
import { junitReport } from '../report/junit-report.ts';
import type { ReportModel } from '../report/report-model.ts';
import { terminalReport, verdictLine } from '../report/terminal-report.ts';
import { type TerminalOptions, wantsColour } from '../report/terminal-text.ts';
import { messageOf } from './describe-failure.ts';
import type { Output, Shell } from './shell.ts';

export interface ReportTargets {
  /** A file, or `-` for standard output. */
  readonly json?: string;
  readonly junit?: string;
  /** One line instead of the whole report. */
  readonly quiet?: boolean;
}

/** Throws `report.not-written`. */
export function writeReports(model: ReportModel, targets: ReportTargets, shell: Shell): void {
  const toStdout = targets.json === '-' || targets.junit === '-';
  // Standard output that a program reads must hold nothing else.
  const people = toStdout ? shell.stderr : shell.stdout;
  const options = terminalOptions(people, shell);
  people.write(
    targets.quiet === true ? verdictLine(model, options) : terminalReport(model, options),
  );
  if (targets.json !== undefined) put(targets.json, () => jsonReport(model), shell);
  if (targets.junit !== undefined) put(targets.junit, () => junitReport(model), shell);
}

export const terminalOptions = (output: Output, { env }: Shell): TerminalOptions => ({
  colour: wantsColour(output, env),
  ...(output.columns === undefined ? {} : { columns: output.columns }),
});

function put(target: string, render: () => string, { stdout, cwd }: Shell): void {
  if (target === '-') {
    stdout.write(render());
    return;
  }
  try {
    writeFileSync(resolve(cwd, target), render());
  } catch (cause) {
    throw new SeatrialError({
      code: 'report.not-written',
      task: `write the report ${target}`,
      reason: messageOf(cause),
      cause,
    });
  }
}
