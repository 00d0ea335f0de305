/** The program: its commands, and what becomes of their failures. */
import { Command, CommanderError } from 'commander';
import { checkCommand } from './check-command.ts';
import { describeFailure } from './describe-failure.ts';
import { exportCommand } from './export-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { exploreCommand } from './explore-command.ts';
import { initCommand } from './init-command.ts';
import { loadCommand } from './load-command.ts';
import { rehearseCommand } from './rehearse-command.ts';
import { reportCommand } from './report-command.ts';
import { replayCommand } from './replay-command.ts';
import { runCommand } from './run-command.ts';
import { serveCommand } from './serve-command.ts';
import { type ExitCode, type Shell, couldNotRun, exitCodesHelp } from './shell.ts';

/** Runs one command line; never throws. */
export async function runProgram(
  words: readonly string[],
  surroundings: Omit<Shell, 'exit'>,
): Promise<ExitCode> {
  let code: ExitCode = 0;
  const shell: Shell = {
    ...surroundings,
    exit: (given) => {
      code = given;
    },
  };
  try {
    await buildProgram(shell).parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has printed its own message; help and version end with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : couldNotRun;
    shell.stderr.write(describeFailure(error, shell.env));
    return couldNotRun;
  }
}

function buildProgram(shell: Shell): Command {
  const program = new Command('seatrial')
    .description(
      'Sea trials for ERP and supply-chain integrations: stateful fakes, realistic business,\nfaults on purpose, and a verdict from ground truth.',
    )
    .addHelpText('after', examples);
  const commands = [
    runCommand,
    exploreCommand,
    loadCommand,
    replayCommand,
    serveCommand,
    checkCommand,
    reportCommand,
    exportCommand,
    initCommand,
    doctorCommand,
    rehearseCommand,
  ];
  for (const make of commands) program.addCommand(make(shell));
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .showHelpAfterError(
        '(seatrial --help shows the commands, seatrial COMMAND --help its options)',
      )
      .configureOutput({
        writeOut: (text) => void shell.stdout.write(text),
        writeErr: (text) => void shell.stderr.write(text),
      });
  }
  return program;
}

const examples = `
Examples:
  $ seatrial init                                          write a first trial
  $ seatrial run trials/first.ts --integration "node middleware.js"
  $ seatrial report monday.ndjson                          a recorded history as a page to look at
  $ seatrial explore trials/first.ts --integration "node middleware.js"
  $ seatrial load --integration "node middleware.js"       a peak day, by k6
  $ seatrial serve --ports erp=41001                       a landscape to develop against
  $ seatrial doctor                                        what is installed, what is missing

${exitCodesHelp}`;
