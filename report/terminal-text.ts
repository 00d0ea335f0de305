/** Text for a terminal: wrapped, without what would move its cursor, coloured only when asked. */
import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import type { VerdictStatus } from '../harness/invariant.ts';

export interface TerminalOptions {
  /** Default false: a report is plain unless it goes to a terminal. */
  readonly colour?: boolean;
  /** Width to fill; kept between 60 and 100. Default 100. */
  readonly columns?: number;
}

export type Colours = ReturnType<typeof pc.createColors>;

export const coloursFor = ({ colour = false }: TerminalOptions): Colours => pc.createColors(colour);

export const widthOf = ({ columns = 100 }: TerminalOptions): number =>
  Math.min(100, Math.max(60, columns));

/** Whether to colour what goes to `stream`: on a terminal, unless NO_COLOR says otherwise. */
export const wantsColour = (
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean => stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';

/** Text as data may hold it, made harmless: no escape sequences, no control characters. */
export const printable = (text: string): string =>
  stripVTControlCharacters(text).replaceAll(/[^\P{Cc}\n]/gu, ' ');

/** Lines of at most `width` characters, broken at spaces, and inside words that are longer. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of printable(text).split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ').flatMap((each) => pieces(each, width))) {
      if (line === '') line = word;
      else if (line.length + 1 + word.length <= width) line += ` ${word}`;
      else {
        lines.push(line);
        line = word;
      }
    }
    lines.push(line);
  }
  return lines;
}

function pieces(word: string, width: number): string[] {
  const parts: string[] = [];
  for (let rest = word; ; rest = rest.slice(width)) {
    if (rest.length <= width) return [...parts, rest];
    parts.push(rest.slice(0, width));
  }
}

/** Wrapped text with the first line behind `first` and the others below its beginning. */
export function hanging(first: string, text: string, width: number): string {
  const indent = ' '.repeat(first.length);
  return wrapped(text, width - first.length)
    .map((line, index) => `${index === 0 ? first : indent}${line}`.trimEnd())
    .join('\n');
}

export const statusMark: Readonly<Record<VerdictStatus, string>> = {
  holds: '✔',
  violated: '✘',
  unknown: '?',
};

export const paint = (colours: Colours, status: VerdictStatus, text: string): string => {
  if (status === 'holds') return colours.green(text);
  return status === 'violated' ? colours.red(text) : colours.yellow(text);
};

/** `1 violation`, `2 violations`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
