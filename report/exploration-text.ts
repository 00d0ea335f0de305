/** What an exploration found, for people: the promise, the story, the token, the command. */
import { describeDuration } from '../harness/duration.ts';
import type { Exploration, ExploreProgress, Finding } from '../harness/explore/explore.ts';
import { storyLines } from '../harness/story.ts';
import { quoted } from './replay-command.ts';
import { reproductionToken } from '../harness/shrink/reproduction-token.ts';

export interface ExplorationTextOptions {
  /** The trial's file, as the reader would type it. */
  readonly file?: string;
  /** The integration's command; left out when the trial brings its own. */
  readonly command?: string;
}

/** The whole of it, ending with a line end. */
export function explorationText(
  exploration: Exploration,
  options: ExplorationTextOptions = {},
): string {
  const { trial, findings, doubts, output, status } = exploration;
  const lines = [
    headline(exploration),
    ...findings.flatMap((finding) => ['', ...findingText(exploration, finding, options)]),
    ...(status === 'unknown'
      ? ['', ...doubts.slice(0, 10).map((doubt) => `unknown: ${doubt}`)]
      : []),
    ...(status === 'violated' ? doubts.filter(isAboutReplay).map((doubt) => `note: ${doubt}`) : []),
    ...(output === '' || status === 'holds'
      ? []
      : ['', 'The last that the integration said:', output]),
    ...(trial.declaredAt === undefined ? [] : [`declared at ${trial.declaredAt}`]),
  ];
  return `${lines.join('\n')}\n`;
}

const isAboutReplay = (doubt: string): boolean => /replay|two histories/.test(doubt);

function headline({ trial, status, runs, seconds, seed, findings }: Exploration): string {
  const tried = `${runs} ${runs === 1 ? 'run' : 'runs'} in ${describeDuration(Math.round(seconds * 1000))} (seed ${seed})`;
  if (status === 'violated') {
    const count = findings.length === 1 ? 'a promise' : `${findings.length} promises`;
    return `"${trial.name}" broke ${count} in ${tried}.`;
  }
  return status === 'holds'
    ? `"${trial.name}" held in ${tried}.`
    : `"${trial.name}" broke nothing in ${tried}, but that proves little.`;
}

function findingText(
  { trial }: Exploration,
  { target, shrunk, run }: Finding,
  options: ExplorationTextOptions,
): string[] {
  const token = tokenOf(trial.name, { target, shrunk }, options.file);
  const { confirmed, confirmations, blows, runs } = shrunk;
  const rate =
    confirmed === confirmations ? 'every time' : `${confirmed} times out of ${confirmations}`;
  return [
    `${shrunk.violation.sentence}`,
    `  ${target.invariant}, first in run ${run}; ${blows[0]} faults fired, ${blows[1]} ${blows[1] === 1 ? 'is' : 'are'} needed`,
    ...storyLines(shrunk.story).map((line) => `  ${line}`),
    `  shrunk in ${runs} runs; run again, it fails ${rate}`,
    `  token   ${token}`,
    `  replay  ${replayLine(token, options)}`,
  ];
}

/** The token of a finding. */
export const tokenOf = (
  trial: string,
  { target, shrunk }: Pick<Finding, 'target' | 'shrunk'>,
  file?: string,
): string =>
  reproductionToken({
    trial,
    ...(file === undefined ? {} : { file }),
    reproduction: shrunk.reproduction,
    target,
  });

function replayLine(token: string, { file, command }: ExplorationTextOptions): string {
  const chosen = command === undefined ? '' : ` --integration ${quoted(command)}`;
  return `seatrial replay ${token}${file === undefined ? ' TRIAL-FILE' : ` ${quoted(file)}`}${chosen}`;
}

/** One line on how far it is. */
export function progressText(progress: ExploreProgress): string {
  const { runs, perSecond, violations, coverage, shrinking } = progress;
  const { faults, flows, states } = coverage;
  const parts = [
    `${runs} runs (${perSecond.toFixed(1)}/s)`,
    `${violations} ${violations === 1 ? 'violation' : 'violations'}`,
    `faults ${faults.seen}/${faults.of}`,
    `flows ${flows.seen}/${flows.of}`,
    ...(states.of === 0 ? [] : [`states ${states.seen}/${states.of}`]),
    ...(shrinking === undefined ? [] : [`shrinking, run ${shrinking}`]),
  ];
  return parts.join(' | ');
}
