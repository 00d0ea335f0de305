/** `seatrial doctor`: what is installed, what is missing, and what that costs. Nothing optional fails it. */
import { Command } from 'commander';
import { coloursFor } from '../report/terminal-text.ts';
import { terminalTable } from '../report/terminal-table.ts';
import { type Diagnosis, diagnose } from './diagnose.ts';
import { type Shell, couldNotRun } from './shell.ts';
import { terminalOptions } from './write-reports.ts';

export const doctorCommand = (shell: Shell): Command =>
  new Command('doctor')
    .description('say what is installed, what is missing, and the remedy')
    .option('--json', 'the same as JSON')
    .addHelpText('after', examples)
    .action(async ({ json }: { json?: boolean }) => {
      const found = await diagnose(shell.env);
      shell.stdout.write(
        json === true ? `${JSON.stringify(found, null, 2)}\n` : table(found, shell),
      );
      if (found.some((each) => each.required && !each.found)) shell.exit(couldNotRun);
    });

function table(found: readonly Diagnosis[], shell: Shell): string {
  const options = terminalOptions(shell.stdout, shell);
  const colours = coloursFor(options);
  const rows = found.map(({ tool, found: there, version, purpose, remedy, required }) => [
    {
      text: there ? '✔' : required ? '✘' : '-',
      paint: there ? colours.green : required ? colours.red : colours.yellow,
    },
    tool,
    there ? (version ?? 'found') : 'not found',
    there ? purpose : `${purpose}. ${remedy}`,
  ]);
  const columns = [
    { title: ' ' },
    { title: 'tool' },
    { title: 'version', atMost: 24 },
    { title: 'for', fill: true },
  ];
  return `${terminalTable(columns, rows, options.columns ?? 100, colours)}\n`;
}

const examples = `
Examples:
  $ seatrial doctor
  $ TOXIPROXY_URL=http://127.0.0.1:8474 seatrial doctor
  $ seatrial doctor --json

Exit code 0 unless Node itself is too old; everything else is optional.`;
