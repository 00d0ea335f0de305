/** The program: its commands, and what becomes of their failures. */
import { Command, CommanderError } from 'commander';
import { describeFailure } from './describe-failure.ts';
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
    const program = await buildProgram(words, shell);
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has printed its own message; help and version end with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : couldNotRun;
    shell.stderr.write(describeFailure(error, shell.env));
    return couldNotRun;
  }
}

/** In the order in which the help lists them. */
const commands: Readonly<Record<string, () => Promise<(shell: Shell) => Command>>> = {
  run: async () => (await import('./run-command.ts')).runCommand,
  explore: async () => (await import('./explore-command.ts')).exploreCommand,
  load: async () => (await import('./load-command.ts')).loadCommand,
  replay: async () => (await import('./replay-command.ts')).replayCommand,
  serve: async () => (await import('./serve-command.ts')).serveCommand,
  check: async () => (await import('./check-command.ts')).checkCommand,
  report: async () => (await import('./report-command.ts')).reportCommand,
  export: async () => (await import('./export-command.ts')).exportCommand,
  init: async () => (await import('./init-command.ts')).initCommand,
  doctor: async () => (await import('./doctor-command.ts')).doctorCommand,
  rehearse: async () => (await import('./rehearse-command.ts')).rehearseCommand,
};

/** With the one command that is asked for, so that a start loads no other; with all where none is. */
async function buildProgram(words: readonly string[], shell: Shell): Promise<Command> {
  const program = new Command('seatrial')
    .description(
      'Sea trials for ERP and supply-chain integrations: stateful fakes, realistic business,\nfaults on purpose, and a verdict from ground truth.',
    )
    .addHelpText('after', examples);
  const [asked = ''] = words;
  const known = Object.hasOwn(commands, asked) ? commands[asked] : undefined;
  for (const make of known === undefined ? Object.values(commands) : [known]) {
    program.addCommand((await make())(shell));
  }
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
