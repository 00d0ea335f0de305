/**
 * The verdict in the terminal: what was promised, what was seen of it, which faults struck, and for
 * each broken promise the story that shows it, with the command that shows it again.
 */
import { describeDuration } from '../harness/duration.ts';
import type { StoryLine } from '../harness/story.ts';
import type { InvariantModel, ReportModel, StoryModel } from './report-model.ts';
import { type Row, terminalTable } from './terminal-table.ts';
import {
  type Colours,
  type TerminalOptions,
  coloursFor,
  counted,
  hanging,
  paint,
  printable,
  statusMark,
  widthOf,
} from './terminal-text.ts';

const ranks = { violated: 0, unknown: 1, holds: 2, idle: 3 } as const;

const rankOf = ({ status, idle }: InvariantModel): number => ranks[idle ? 'idle' : status];

/** The whole report; ends with a line end. */
export function terminalReport(model: ReportModel, options: TerminalOptions = {}): string {
  const colours = coloursFor(options);
  const width = widthOf(options);
  const parts = [
    heading(model, colours, width),
    invariantTable(model, colours, width),
    faultTable(model, colours, width),
    flowTable(model, colours, width),
    ...stories(model, colours, width),
    doubts(model, colours, width),
    lastOutput(model, colours, width),
    closing(model, colours, width),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** One line for those who want nothing more. */
export function verdictLine(
  { verdict, trial, token, invariants }: ReportModel,
  options: TerminalOptions = {},
): string {
  const tally = tallyOf(invariants);
  return `${paint(coloursFor(options), verdict, verdict)}: ${printable(trial)} (${tally}; replay ${token})\n`;
}

/** The stories of one result, for reports that show several. */
export const violationStories = (model: ReportModel, options: TerminalOptions = {}): string =>
  stories(model, coloursFor(options), widthOf(options)).join('\n\n');

function heading(model: ReportModel, colours: Colours, width: number): string {
  const { counts, phases } = model;
  const took = phases.map(({ phase, lastedMs }) => `${phase} ${describeDuration(lastedMs)}`);
  return [
    hanging('trial        ', colours.bold(model.trial), width),
    hanging('integration  ', model.integration, width),
    hanging(
      'happened     ',
      [
        counted(counts.commits, 'document version'),
        counted(counts.exchanges, 'exchange'),
        counted(counts.messages, 'message'),
        counted(counts.faultsFired, 'fault fired', 'faults fired'),
        counted(counts.refusals, 'refusal'),
      ].join(', '),
      width,
    ),
    hanging('took         ', `${describeDuration(model.lastedMs)}: ${took.join(', ')}`, width),
  ].join('\n');
}

function invariantTable({ invariants }: ReportModel, colours: Colours, width: number): string {
  const sorted = invariants.toSorted((a, b) => rankOf(a) - rankOf(b));
  const rows = sorted.map((each): Row => [
    { text: each.idle ? '-' : statusMark[each.status], paint: painter(each, colours) },
    each.invariant,
    { text: each.idle ? 'not asked' : each.status, paint: painter(each, colours) },
    each.seen.toLocaleString('en-US'),
    found(each),
  ]);
  const columns = [
    { title: ' ' },
    { title: 'invariant', atMost: 48 },
    { title: 'verdict' },
    { title: 'saw', align: 'right' },
    { title: 'found', fill: true },
  ] as const;
  return terminalTable(columns, rows, width, colours);
}

const painter =
  ({ status, idle }: InvariantModel, colours: Colours) =>
  (text: string): string =>
    idle ? colours.dim(text) : paint(colours, status, text);

const found = ({ violations, reason }: InvariantModel): string =>
  violations > 0 ? counted(violations, 'violation') : (reason ?? '');

function faultTable({ faults }: ReportModel, colours: Colours, width: number): string {
  if (faults.length === 0) return 'No faults were planned.';
  const rows = faults.map(({ fault, fired }): Row => [
    fault,
    {
      text: fired === 0 ? 'never' : fired.toLocaleString('en-US'),
      paint: fired === 0 ? colours.yellow : (text) => text,
    },
  ]);
  return terminalTable(
    [
      { title: 'fault', fill: true },
      { title: 'fired', align: 'right' },
    ],
    rows,
    width,
    colours,
  );
}

function flowTable({ flows }: ReportModel, colours: Colours, width: number): string {
  if (flows.length === 0) return '';
  const rows = flows.map(({ flow, owed, arrived }): Row => [
    flow,
    owed.toLocaleString('en-US'),
    {
      text: arrived.toLocaleString('en-US'),
      paint: arrived < owed ? colours.yellow : (text) => text,
    },
  ]);
  const columns = [
    { title: 'flow', fill: true },
    { title: 'owed', align: 'right' },
    { title: 'arrived', align: 'right' },
  ] as const;
  return terminalTable(columns, rows, width, colours);
}

function stories({ invariants }: ReportModel, colours: Colours, width: number): string[] {
  return invariants
    .filter(({ status }) => status === 'violated')
    .map((each) => {
      const told = each.stories.filter(({ story }, index) => index === 0 || story.length > 0);
      const more = each.violations - told.length;
      return [
        colours.red(colours.bold(hanging(`${statusMark.violated} `, each.invariant, width))),
        hanging('  ', each.promise, width),
        ...told.map((story) => storyText(story, colours, width)),
        ...(more > 0 ? [`  ... and ${counted(more, 'violation')} more like it.`] : []),
      ].join('\n');
    });
}

function storyText(
  { sentence, story, keys, positions, ...sides }: StoryModel,
  colours: Colours,
  width: number,
): string {
  const places = positions.length === 0 ? '' : `; history ${positions.slice(0, 8).join(', ')}`;
  return [
    '',
    colours.bold(hanging('  ', sentence, width)),
    ...told(story, width),
    ...(sides.expected === undefined
      ? []
      : [hanging('    expected ', shown(sides.expected), width)]),
    ...(sides.actual === undefined ? [] : [hanging('    actual   ', shown(sides.actual), width)]),
    colours.dim(hanging('    ', `keys ${keys.join(', ')}${places}`, width)),
  ].join('\n');
}

/** When it happened after the story began, and what. */
function told(story: readonly StoryLine[], width: number): string[] {
  const times = story.map(({ afterMs }) => `    +${describeDuration(afterMs)}`);
  const longest = Math.max(0, ...times.map((time) => time.length));
  return story.map(({ sentence }, index) =>
    hanging(`${(times[index] as string).padEnd(longest)}  `, sentence, width),
  );
}

/** One side of a difference: short, for the whole of it is in the JSON report. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)} ...` : text;
}

function doubts({ doubts, owed }: ReportModel, colours: Colours, width: number): string {
  const late = owed.map(({ what, count, example }) => {
    const named = example === undefined ? '' : `, for example ${example}`;
    return `still owed at the end: ${counted(count, 'document')} of ${what}${named}`;
  });
  const lines = [...doubts, ...late].map((each) => hanging('  ? ', each, width));
  return lines.length === 0 ? '' : [colours.yellow('Doubts'), ...lines].join('\n');
}

/** What a silent integration last said helps; a healthy one need not be quoted. */
function lastOutput({ output, doubts }: ReportModel, colours: Colours, width: number): string {
  if (output === undefined || !doubts.some((each) => each.startsWith('the integration'))) return '';
  const lines = output.split('\n').slice(-10);
  return [
    colours.dim('Last output of the integration'),
    ...lines.map((each) => hanging('  | ', each, width)),
  ].join('\n');
}

function closing(model: ReportModel, colours: Colours, width: number): string {
  const { verdict, invariants, token, replay, declaredAt } = model;
  return [
    `${paint(colours, verdict, colours.bold(`${statusMark[verdict]} ${verdict.toUpperCase()}`))}  ${tallyOf(invariants)}`,
    `replay  ${token}`,
    // Not wrapped: it is there to be copied.
    `        ${printable(replay)}`,
    ...(declaredAt === undefined ? [] : [hanging('trial   ', declaredAt, width)]),
  ].join('\n');
}

function tallyOf(invariants: readonly InvariantModel[]): string {
  const tally = { violated: 0, unknown: 0, holds: 0, idle: 0 };
  for (const { status, idle } of invariants) tally[idle ? 'idle' : status]++;
  const idle = tally.idle === 0 ? '' : `, ${tally.idle} not asked`;
  return `${tally.violated} violated, ${tally.unknown} unknown, ${tally.holds} held${idle} of ${counted(invariants.length, 'invariant')}`;
}
