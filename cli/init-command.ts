/** `seatrial init`: a first trial to change, and a note on how to run it. Overwrites nothing. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { SeatrialError } from '../harness/seatrial-error.ts';
import { messageOf } from './describe-failure.ts';
import { firstTrial, firstTrialNote } from './first-trial.ts';
import type { Shell } from './shell.ts';

export const initCommand = (shell: Shell): Command =>
  new Command('init')
    .description('write a first trial for your landscape')
    .argument('[dir]', 'folder for it, made when it is not there', 'trials')
    .addHelpText('after', examples)
    .action((dir: string) => {
      const shown = relative(shell.cwd, resolve(shell.cwd, dir)) || '.';
      const files = {
        'first.ts': firstTrial,
        'README.md': firstTrialNote(join(shown, 'first.ts')),
      };
      write(resolve(shell.cwd, dir), files);
      const names = Object.keys(files).map((name) => join(shown, name));
      shell.stdout.write(
        `Wrote ${names.join(' and ')}. Next:\n  seatrial run ${names[0]} --integration "node your-middleware.js"\n`,
      );
    });

function write(dir: string, files: Readonly<Record<string, string>>): void {
  const paths = Object.entries(files).map(([name, text]) => [join(dir, name), text] as const);
  for (const [path] of paths)
    if (existsSync(path)) throw refusal(path, 'it is there already', 'Choose another folder.');
  try {
    mkdirSync(dir, { recursive: true });
    for (const [path, text] of paths) writeFileSync(path, text, { flag: 'wx' });
  } catch (cause) {
    throw refusal(dir, messageOf(cause), undefined, cause);
  }
}

const refusal = (path: string, reason: string, hint?: string, cause?: unknown): SeatrialError =>
  new SeatrialError({
    code: 'init.not-written',
    task: `write ${path}`,
    reason,
    ...(hint === undefined ? {} : { hint }),
    ...(cause === undefined ? {} : { cause }),
  });

const examples = `
Examples:
  $ seatrial init                   writes trials/first.ts and trials/README.md
  $ seatrial init test/trials`;
