/** `seatrial replay`: exactly the run that a token stands for, event by event if one likes. */
import { Command } from 'commander';
import { makeFault } from '../chaos/make-fault.ts';
import { withInterleaving } from '../harness/explore/explore.ts';
import { labelled } from '../harness/shrink/firing.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import { type Reproduced, reproduce, violationOf } from '../harness/shrink/reproduction.ts';
import { type TokenContent, readToken } from '../harness/shrink/reproduction-token.ts';
import { storyLines, storyOf } from '../harness/story.ts';
import type { Trial } from '../harness/trial.ts';
import { reportModel } from '../report/report-model.ts';
import { loadTrial } from './load-trial.ts';
import { type Shell, exitCodes, exitCodesHelp } from './shell.ts';
import { stepThrough } from './step-through.ts';
import { writeReports } from './write-reports.ts';

interface Options {
  readonly integration?: string;
  readonly step?: boolean;
}

export const replayCommand = (shell: Shell): Command =>
  new Command('replay')
    .description('run exactly what a token of seatrial explore stands for')
    .argument('<token>', 'as a verdict printed it: st2... or st1...')
    .argument('[trial file]', 'default: the file that the token names')
    .option('--integration <command>', "the software under test; default: the trial's own")
    .option('--step', "stop at each event and show every system's documents")
    .addHelpText('after', `\n${exitCodesHelp}`)
    .action(async (word: string, file: string | undefined, options: Options) => {
      const token = readToken(word);
      const trial = withInterleaving(await trialOf(token, file, shell), makeFault);
      const integration = options.integration ?? trial.integration;
      const replayed = await reproduce(trial, enabledOf(token, trial), makeFault, {
        signal: shell.stop,
        ...(integration === undefined ? {} : { integration }),
      });
      if (options.step === true) await stepThrough(replayed.result, shell);
      report(replayed, token, word, shell);
    });

/** A plain token is of `seatrial run`, which knows nothing of interleaving. */
function enabledOf({ reproduction }: TokenContent, trial: Trial): TokenContent['reproduction'] {
  if (reproduction.firings !== undefined || reproduction.enabled !== undefined) return reproduction;
  const own = (trial.faults ?? []).slice(0, -2);
  return { ...reproduction, enabled: labelled(own).map(({ label }) => label) };
}

function trialOf({ file, trial }: TokenContent, given: string | undefined, { cwd }: Shell) {
  const path = given ?? file;
  if (path !== undefined) return loadTrial(path, cwd);
  throw new SeatrialError({
    code: 'token.no-trial',
    task: 'replay the token',
    reason: `it names ${trial === undefined ? 'no trial' : `the trial "${trial}"`} and no file`,
    hint: 'Give the trial file: seatrial replay TOKEN trials/first.ts',
  });
}

function report(replayed: Reproduced, { target }: TokenContent, word: string, shell: Shell): void {
  const { result } = replayed;
  if (target === undefined) {
    const model = reportModel(result);
    writeReports(model, {}, shell);
    shell.exit(exitCodes[model.verdict]);
    return;
  }
  const violation = violationOf(replayed, target);
  if (violation === undefined) {
    shell.stdout.write(`${target.invariant} held this time. The token: ${word}\n`);
    shell.exit(exitCodes[result.verdict.status === 'violated' ? 'violated' : 'unknown']);
    return;
  }
  const story = storyLines(storyOf(result.history, violation, result.narrate, { terse: true }));
  shell.stdout.write(`${violation.sentence}\n  ${target.invariant}\n`);
  shell.stdout.write(`${story.map((line) => `  ${line}`).join('\n')}\n`);
  shell.exit(exitCodes.violated);
}
