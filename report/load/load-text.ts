/** A load in the terminal: how much came, how fast stages were, which limits were missed, the verdict. */
import { describeDuration } from '../../harness/duration.ts';
import { verdictLine } from '../terminal-report.ts';
import { type TerminalOptions, coloursFor, printable } from '../terminal-text.ts';
import { violationStories } from '../terminal-report.ts';
import type { LoadModel, StageLatency } from './load-model.ts';

/** Ends with a line end. */
export function loadText(model: LoadModel, options: TerminalOptions = {}): string {
  const colours = coloursFor(options);
  const { arrivalsAsked, arrivalsAchieved, dropped, lastedMs, thresholds, report } = model;
  const missed = thresholds.filter(({ ok }) => !ok);
  const stories = violationStories(report, options);
  const outcome = model.outcome === 'holds' ? 'fast enough and right' : model.outcome;
  const peak = Math.max(0, ...model.owed);
  return [
    colours.bold(printable(model.title)),
    `arrivals     ${arrivalsAchieved} of ${arrivalsAsked} in ${describeDuration(lastedMs)}${dropped > 0 ? `, ${dropped} found no room` : ''}`,
    `owed         ${peak} at most`,
    ...(model.stages.length === 0 ? [] : ['', 'stage: arrivals, median, 95 and 99 of 100 within']),
    ...model.stages.map(stageLine),
    ...model.faults.map(
      ({ fault, fromMs, toMs, strikes }) =>
        `fault        ${printable(fault)}: ${strikes} strikes from ${describeDuration(fromMs)} to ${describeDuration(toMs)}`,
    ),
    '',
    ...missed.map(({ metric, limit }) => `missed       ${printable(metric)} ${limit}`),
    ...(stories === '' ? [] : [stories, '']),
    model.target === 'simulator'
      ? `${outcome}\n`
      : `${outcome}; verdict ${verdictLine(report, options)}`,
  ].join('\n');
}

const stageLine = ({ flow, count, p50, p95, p99, limitMs }: StageLatency): string =>
  [
    `  ${flow.padEnd(30)}`,
    String(count).padStart(8),
    ...[p50, p95, p99].map((each) => describeDuration(each).padStart(9)),
    limitMs !== undefined && p95 >= limitMs ? `  limit ${describeDuration(limitMs)}` : '',
  ].join(' ');
