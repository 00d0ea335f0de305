#!/usr/bin/env node
/** The `seatrial` command: the process around the program. */
import { describeFailure } from './describe-failure.ts';
import { nodeTooOld } from './needed-node.ts';
import { couldNotRun } from './shell.ts';

const stop = new AbortController();
let asked = 0;

function ask(signal: string): void {
  stop.abort(signal);
  // Who asks twice does not want to wait for a clean end.
  if (++asked > 1) process.exit(couldNotRun);
}

function crash(error: unknown): void {
  process.stderr.write(describeFailure(error, process.env));
  process.exitCode = couldNotRun;
  // A run that is under way still stops its integration; the exit comes in any case.
  ask('a failure');
}

process.on('SIGINT', () => ask('SIGINT'));
process.on('SIGTERM', () => ask('SIGTERM'));
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
// A reader that has seen enough (`| head`) closes the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') crash(error);
});

// Only a promise that can no longer settle lets the process run dry before its command has ended.
process.on('beforeExit', () => {
  process.stderr.write('seatrial: Failed to finish: what it waits for can never come.\n');
  process.exit(couldNotRun);
});

async function main(): Promise<void> {
  const tooOld = nodeTooOld(process.versions.node);
  if (tooOld !== undefined) {
    process.stderr.write(tooOld);
    process.exit(couldNotRun);
  }
  const { runProgram } = await import('./program.ts');
  const code = await runProgram(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    ...(process.stdin.isTTY ? { input: process.stdin } : {}),
    env: process.env,
    cwd: process.cwd(),
    stop: stop.signal,
  });
  // Timers of a trial that is over must not keep the process, but what was written must get out.
  process.stdout.write('', () => process.exit(process.exitCode ?? code));
}

void main();
