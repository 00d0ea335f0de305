/** Tables as the reports draw them: no frame, a line below the head, cells wrapped to their column. */
import Table from 'cli-table3';
import { type Colours, printable, wrapped } from './terminal-text.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Takes what the others leave; one column at most. */
  readonly fill?: boolean;
  /** Wraps beyond it. */
  readonly atMost?: number;
}

export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

export type Row = readonly (string | Cell)[];

const gap = 2;
const line = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(gap),
};

/** Draws a table `width` characters wide at most. */
export function terminalTable(
  columns: readonly Column[],
  rows: readonly Row[],
  width: number,
  colours: Colours,
): string {
  const cells = rows.map((row) =>
    row.map((each) => (typeof each === 'string' ? { text: each } : each)),
  );
  const widths = columnWidths(columns, cells, width);
  const table = new Table({
    chars: line,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colAligns: columns.map((column) => column.align ?? 'left'),
    colWidths: widths,
  });
  table.push(columns.map(({ title }) => colours.bold(title)));
  table.push(widths.map((each) => colours.dim('─'.repeat(each))));
  for (const row of cells) {
    table.push(
      row.map(({ text, paint = (plain: string) => plain }, index) =>
        wrapped(text, widths[index] as number)
          .map(paint)
          .join('\n'),
      ),
    );
  }
  return table
    .toString()
    .split('\n')
    .map((each) => each.trimEnd())
    .join('\n');
}

function columnWidths(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
): number[] {
  const widths = columns.map(({ title, atMost = Number.POSITIVE_INFINITY }, index) => {
    const longest = Math.max(
      title.length,
      ...rows.map((row) => printable(row[index]?.text ?? '').length),
    );
    return Math.min(longest, Math.max(atMost, title.length));
  });
  const filling = columns.findIndex(({ fill }) => fill);
  if (filling >= 0) {
    const others = widths.reduce(
      (sum, each, index) => (index === filling ? sum : sum + each + gap),
      0,
    );
    widths[filling] = Math.max(12, Math.min(widths[filling] as number, width - others));
  }
  return widths;
}
