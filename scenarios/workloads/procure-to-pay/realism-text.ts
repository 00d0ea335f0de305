/** The realism check for people: generated beside published, figure by figure. */
import { type RealismRow, realismScore } from './realism.ts';

/** A table in plain text, with the score below; what is more than 10 % off is marked. */
export function describeRealism(rows: readonly RealismRow[]): string {
  const cells = rows.map((row) => [
    row.difference > 0.1 && row.scored ? '!' : ' ',
    row.figure,
    shown(row.published),
    shown(row.generated),
    `${(row.difference * 100).toFixed(1)} %`,
    row.note ?? '',
  ]);
  const table = [['', 'figure', 'published', 'generated', 'off by', ''], ...cells];
  const widths = [0, 1, 2, 3, 4].map((i) =>
    Math.max(...table.map((line) => (line[i] ?? '').length)),
  );
  const lines = table.map((line) =>
    line
      .map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const scored = rows.filter((row) => row.scored).length;
  const score = (realismScore(rows) * 100).toFixed(1);
  return [
    ...lines,
    '',
    `${score} % of ${scored} figures lie within 10 % of the published ones.`,
  ].join('\n');
}

/** Counts whole, shares and days with three digits that count. */
const shown = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
