/** Several results of one business beside one another: where the integrations differ, and where not. */
import type { InvariantModel, ReportModel } from './report-model.ts';
import { type Cell, type Row, terminalTable } from './terminal-table.ts';
import {
  type Colours,
  type TerminalOptions,
  coloursFor,
  counted,
  paint,
  statusMark,
  widthOf,
} from './terminal-text.ts';

export interface Side {
  /** Head of its column, e.g. `naive`. */
  readonly name: string;
  readonly model: ReportModel;
}

/** A table with a column for each side: verdicts, invariants, faults and flows. Ends with a line end. */
export function sideBySide(sides: readonly Side[], options: TerminalOptions = {}): string {
  const colours = coloursFor(options);
  const width = widthOf(options);
  const draw = (title: string, rows: readonly Row[]): string =>
    terminalTable(
      [{ title, fill: true }, ...sides.map(({ name }) => ({ title: name.padEnd(16), atMost: 30 }))],
      rows,
      width,
      colours,
    );
  const parts = [
    draw('', [
      row('verdict', sides, ({ verdict }) => marked(colours, verdict, verdict.toUpperCase())),
      row('documents committed', sides, ({ counts }) => plain(counts.commits)),
      row('exchanges', sides, ({ counts }) => plain(counts.exchanges)),
      row('faults fired', sides, ({ counts }) => plain(counts.faultsFired)),
    ]),
    draw('invariant (keys it saw)', invariantRows(sides, colours)),
    draw('fault fired', faultRows(sides, colours)),
    draw('flow arrived of owed', flowRows(sides, colours)),
  ];
  return `${parts.join('\n\n')}\n`;
}

const plain = (count: number): Cell => ({ text: count.toLocaleString('en-US') });

const row = (title: string, sides: readonly Side[], cell: (model: ReportModel) => Cell): Row => [
  title,
  ...sides.map(({ model }) => cell(model)),
];

const marked = (colours: Colours, status: ReportModel['verdict'], text: string): Cell => ({
  text: `${statusMark[status]} ${text}`,
  paint: (line) => paint(colours, status, line),
});

/** The names that any side has, in the order of the first that has them. */
const namesOf = (
  sides: readonly Side[],
  read: (model: ReportModel) => readonly string[],
): string[] => [...new Set(sides.flatMap(({ model }) => read(model)))];

function invariantRows(sides: readonly Side[], colours: Colours): Row[] {
  const cell = (each: InvariantModel | undefined): Cell => {
    if (each === undefined) return { text: '-' };
    if (each.idle) return { text: '- not asked', paint: colours.dim };
    if (each.status === 'violated')
      return marked(colours, each.status, counted(each.violations, 'violation'));
    return marked(
      colours,
      each.status,
      each.status === 'unknown' ? 'unknown' : `holds (${each.seen})`,
    );
  };
  const names = namesOf(sides, ({ invariants }) => invariants.map((each) => each.invariant));
  const broken = (name: string): boolean =>
    sides.some(({ model }) => find(model.invariants, name)?.status !== 'holds');
  const shown = names.filter(broken);
  const kept = names.length - shown.length;
  return [
    ...shown.map((name) => row(name, sides, ({ invariants }) => cell(find(invariants, name)))),
    // Where all sides keep the promise there is nothing to compare.
    ...(kept === 0
      ? []
      : [row(counted(kept, 'other'), sides, () => marked(colours, 'holds', 'holds'))]),
  ];
}

const find = (invariants: readonly InvariantModel[], name: string): InvariantModel | undefined =>
  invariants.find(({ invariant }) => invariant === name);

function faultRows(sides: readonly Side[], colours: Colours): Row[] {
  return namesOf(sides, ({ faults }) => faults.map((each) => each.fault)).map((name) =>
    row(name, sides, ({ faults }) => {
      const fired = faults.find(({ fault }) => fault === name)?.fired;
      if (fired === undefined) return { text: '-' };
      return fired === 0 ? { text: 'never', paint: colours.yellow } : plain(fired);
    }),
  );
}

function flowRows(sides: readonly Side[], colours: Colours): Row[] {
  return namesOf(sides, ({ flows }) => flows.map((each) => each.flow)).map((name) =>
    row(name, sides, ({ flows }) => {
      const flow = flows.find((each) => each.flow === name);
      if (flow === undefined) return { text: '-' };
      const text = `${flow.arrived} of ${flow.owed}`;
      return flow.arrived < flow.owed ? { text, paint: colours.yellow } : { text };
    }),
  );
}
