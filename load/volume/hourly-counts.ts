/**
 * A team's own hourly counts as a curve: a CSV with a time and a count in each row, as a query on the
 * orders of last year gives them. What cannot be meant is refused with its line and column.
 */
import { CsvError, type Info, parse } from 'csv-parse/sync';
import { SeatrialError } from '../../harness/seatrial-error.ts';
import { type Curve, hourlyCurve } from './curve.ts';

export interface HourlyCounts {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** 24 counts; hours that the file leaves out had none. */
  readonly hours: readonly number[];
}

interface Row {
  readonly record: readonly string[];
  readonly info: Info;
}

/** Days in the order of the calendar. Throws `load.bad-counts` naming line and column. */
export function readHourlyCounts(text: string, name: string): HourlyCounts[] {
  const rows = rowsOf(text, name);
  const [head, ...body] = rows;
  if (head === undefined) throw bad(name, 1, 1, 'the file is empty');
  checkHead(head, name);
  const days = new Map<string, number[]>();
  const seen = new Map<string, number>();
  body.forEach((row, index) => {
    const line = lineOf(row, index + 2);
    const [time, count, ...more] = row.record;
    if (more.length > 0) throw bad(name, line, 3, 'a row has a time and a count, and nothing more');
    const { date, hour } = timeOf(time ?? '', name, line);
    const before = seen.get(`${date} ${hour}`);
    if (before !== undefined) {
      throw bad(name, line, 1, `the hour ${time ?? ''} was counted in line ${before} already`);
    }
    seen.set(`${date} ${hour}`, line);
    const hours = days.get(date) ?? Array.from({ length: 24 }, () => 0);
    hours[hour] = countOf(count, name, line);
    days.set(date, hours);
  });
  if (days.size === 0) throw bad(name, 2, 1, 'there are no counts below the head');
  return [...days]
    .map(([date, hours]) => ({ date, hours }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** The day with the most arrivals, or the one that is named. Throws `load.no-day`. */
export function dayOf(days: readonly HourlyCounts[], date?: string): HourlyCounts {
  const chosen =
    date === undefined
      ? days.toSorted((a, b) => total(b) - total(a))[0]
      : days.find((each) => each.date === date);
  if (chosen !== undefined) return chosen;
  throw new SeatrialError({
    code: 'load.no-day',
    task: `take the day ${date ?? ''} from the counts`,
    reason: `they go from ${days[0]?.date ?? ''} to ${days.at(-1)?.date ?? ''} and leave it out`,
  });
}

export const curveOfDay = ({ hours }: HourlyCounts): Curve => hourlyCurve(hours);

const total = ({ hours }: HourlyCounts): number => hours.reduce((sum, each) => sum + each, 0);

function rowsOf(text: string, name: string): Row[] {
  try {
    return parse(text, {
      bom: true,
      info: true,
      trim: true,
      delimiter: [',', ';', '\t'],
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as Row[];
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const { lines = 1, column = 0 } = cause as unknown as { lines?: number; column?: number };
    throw bad(name, lines, Number(column) + 1, cause.message);
  }
}

/** The parser counts lines as it ends a record. */
const lineOf = ({ info }: Row, otherwise: number): number => info.lines || otherwise;

function checkHead({ record }: Row, name: string): void {
  const [time = '', count = ''] = record;
  if (/\d/.test(time)) {
    throw bad(
      name,
      1,
      1,
      `"${time}" is no name of a column; the first line names them: time,orders`,
    );
  }
  if (count === '' || /^\d/.test(count)) {
    throw bad(name, 1, 2, 'the second column has no name; the first line names them: time,orders');
  }
}

const timePattern =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[T ]([01]\d|2[0-3])(?::?00(?::?00(?:\.0+)?)?)?(?:Z|[+-]\d\d:?\d\d)?$/;

function timeOf(text: string, name: string, line: number): { date: string; hour: number } {
  const match = timePattern.exec(text);
  if (match !== null) return { date: match[1] as string, hour: Number(match[2]) };
  throw bad(name, line, 1, `"${text}" is no full hour like 2026-03-30T14:00`);
}

function countOf(text: string | undefined, name: string, line: number): number {
  if (text === undefined || text === '') throw bad(name, line, 2, 'there is no count');
  if (/^\d+(\.\d+)?$/.test(text) && Number(text) <= 1e12) return Number(text);
  throw bad(name, line, 2, `"${text}" is no count`);
}

const bad = (name: string, line: number, column: number, reason: string): SeatrialError =>
  new SeatrialError({
    code: 'load.bad-counts',
    task: `read the hourly counts ${name}`,
    reason: `line ${line}, column ${column}: ${reason}`,
    hint: 'Two columns with a head: time,orders and then e.g. 2026-03-30T14:00,1250.',
  });
