/** The tables of the corpus, for people and for docs/bug-corpus.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import Table from 'cli-table3';
import { describeFault } from '../chaos/describe-fault.ts';
import type { Ablation, Without } from './corpus-ablation.ts';
import { type Hunted, isDetected } from './corpus-hunt.ts';
import { median } from './measure.ts';

type Row = readonly string[];

const caughtOf = ({ hunts }: Hunted) => hunts.flatMap(({ caught }) => caught ?? []);
const shrunkOf = ({ hunts }: Hunted) => hunts.flatMap(({ shrunk }) => shrunk ?? []);
const middle = (values: readonly number[]): string =>
  values.length === 0 ? '-' : String(rounded(median(values)));
const worst = (values: readonly number[]): string =>
  values.length === 0 ? '-' : String(rounded(Math.max(...values)));
const rounded = (value: number): number => Math.round(value * 10) / 10;

const detectionHead = [
  'bug',
  'broken integration',
  'caught',
  'runs (median, worst)',
  'seconds',
  'attributed',
  'invariants that fired',
  'events',
  'replays',
  'twin',
] as const;

function detectionRow(each: Hunted): Row {
  const { bug, hunts, alarms } = each;
  const caught = caughtOf(each);
  const shrunk = shrunkOf(each);
  const runs = caught.map((one) => one.runs);
  const seconds = caught.map((one) => one.seconds);
  return [
    String(bug.bug),
    bug.name,
    `${caught.length}/${hunts.length}`,
    `${middle(runs)}, ${worst(runs)}`,
    `${middle(seconds)}, ${worst(seconds)}`,
    `${hunts.filter(({ attributed }) => attributed).length}/${caught.length}`,
    firedIn(each),
    shrunk.map(({ events }) => events).join(' ') || '-',
    shrunk.map(({ confirmed, confirmations }) => `${confirmed}/${confirmations}`).join(' ') || '-',
    alarms.length === 0 ? 'clean' : `${alarms.length} alarms`,
  ];
}

/** Those meant for it that fired in the catching runs, the most frequent first, with how often. */
function firedIn({ hunts, bug }: Hunted): string {
  const counts = new Map<string, number>();
  for (const { fired } of hunts) {
    const meant = fired.filter((each) => bug.caughtBy.some((end) => each.endsWith(end)));
    for (const name of new Set(meant.map((each) => each.split('/').at(-1) as string)))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

const table = (head: Row, rows: readonly Row[]): string => {
  const drawn = new Table({ head: [...head], style: { head: [], border: [] } });
  drawn.push(...rows.map((row) => [...row]));
  return drawn.toString();
};

const markdown = (head: Row, rows: readonly Row[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

export const detectionTable = (all: readonly Hunted[]): string =>
  table(detectionHead, all.map(detectionRow));

const ablationHead = ['taken away', 'then these escape', 'found without it, too'] as const;

const ablationRow = ({ what, escape, found }: Without): Row => [
  what,
  escape.join(', ') || (found.length > 0 ? 'nothing' : 'nothing: no bug of the corpus shows it'),
  found.length > 6 ? `${found.length} others` : found.join(', '),
];

export const ablationTables = ({ invariants, faults }: Ablation): string =>
  [invariants, faults].map((each) => table(ablationHead, each.map(ablationRow))).join('\n');

/** What was not caught often enough, in words. */
export function misses(all: readonly Hunted[]): string {
  const missed = all.filter((each) => !isDetected(each));
  if (missed.length === 0) return 'Every bug was caught in at least 95 % of the seeds.';
  return missed
    .map(
      (each) => `Missed: ${each.bug.name}, ${caughtOf(each).length} of ${each.hunts.length} seeds.`,
    )
    .join('\n');
}

interface Rest {
  readonly alarms: readonly string[];
  /** Of the sound ones. */
  readonly runs: number;
  readonly ablation?: Ablation;
}

const marks = ['<!-- corpus bench -->', '<!-- end of corpus bench -->'] as const;

/** Puts the tables between the marks of the page. Throws when the page has no such place. */
export function writeInto(
  page: string,
  all: readonly Hunted[],
  { alarms, runs, ablation }: Rest,
): void {
  const text = readFileSync(page, 'utf8');
  const [begin, end] = marks.map((mark) => text.indexOf(mark)) as [number, number];
  if (begin < 0 || end < begin)
    throw new Error(`${page} has no place between ${marks.join(' and ')}`);
  const seeds = all[0]?.hunts.length ?? 0;
  const written = [
    `${all.length} bugs, ${seeds} seeds each, at most 60 runs a seed. The fixed twins and the sound integration gave ${alarms.length} false alarms in ${runs} explored runs.`,
    markdown(detectionHead, all.map(detectionRow)),
    misses(all),
    '### What each bug is',
    markdown(
      ['bug', 'broken integration', 'what is wrong', 'faults', 'caught by'],
      all.map(meaningRow),
    ),
    ...(ablation === undefined ? [] : ablationPages(ablation)),
  ].join('\n\n');
  writeFileSync(
    page,
    `${text.slice(0, begin + marks[0].length)}\n\n${written}\n\n${text.slice(end)}`,
  );
}

const ablationPages = ({ invariants, faults }: Ablation): string[] => [
  '### Without an invariant',
  markdown(ablationHead, invariants.map(ablationRow)),
  '### Without a fault',
  markdown(ablationHead, faults.map(ablationRow)),
];

function meaningRow({ bug: { bug, name, sentence, faults, caughtBy, always } }: Hunted): Row {
  const described = faults.map((fault) => describeFault(fault)).join('; ');
  return [
    String(bug),
    `\`${name}\``,
    sentence,
    always === undefined ? described : `${described === '' ? 'none' : described} (${always})`,
    caughtBy.map((each) => `\`${each}\``).join(', '),
  ];
}
