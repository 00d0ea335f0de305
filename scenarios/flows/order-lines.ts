/**
 * How flows compare the lines of an order at both ends. Systems number lines as they like (1, 2, 3
 * or 10, 20, 30) and keep deleted lines or never get them, so lines are compared by their rank among
 * those that are still bought.
 */
import type { FieldRule, FlowDocument } from '../../harness/flow.ts';

/** A line at either end, as far as the rules look at it. */
export interface ComparedLine {
  readonly line: string;
  readonly deleted?: boolean;
  readonly cancelled?: boolean;
  readonly [field: string]: unknown;
}

/** An order that is no more, in whichever words: cancelled, or every line deleted. */
export const isWithdrawn = (order: FlowDocument): boolean =>
  order.status === 'cancelled' || theirLines(order).length === 0;

/** Whether the line is still bought, and of use to the flow. */
export const isLive = (line: ComparedLine, keep: Keep | undefined): boolean =>
  line.deleted !== true && line.cancelled !== true && (keep === undefined || keep(line));

export type Keep = (line: ComparedLine) => boolean;

/** Lines that are still bought, by number; `keep` leaves out those that the flow has no use for. */
export function liveLines(order: FlowDocument, keep?: Keep): readonly ComparedLine[] {
  const lines: readonly ComparedLine[] = order.lines ?? [];
  return lines
    .filter((line) => isLive(line, keep))
    .toSorted((a, b) => Number(a.line) - Number(b.line));
}

/**
 * Systems number order lines as they like, but in one order: the place, from 1, of the order line that each
 * of these is about.
 */
export function placesOf(lines: readonly FlowDocument[]): (line: FlowDocument) => number {
  const numberOf = ({ purchaseOrderLine }: FlowDocument): number => Number(purchaseOrderLine ?? 0);
  const numbers = [...new Set(lines.map(numberOf))].toSorted((a, b) => a - b);
  return (line) => numbers.indexOf(numberOf(line)) + 1;
}

/** What is compared of a line. */
type ReadLine = (line: ComparedLine) => unknown;

/**
 * Lines that are still bought, in the order that the document has them. Rules ask one after the other of
 * one pair of documents, so the lines of the last document are at hand.
 */
function boughtLines(): (order: FlowDocument, keep?: Keep) => readonly ComparedLine[] {
  let lastOrder: FlowDocument;
  let lastKeep: Keep | undefined;
  let lines: readonly ComparedLine[] = [];
  return (order, keep) => {
    if (order === lastOrder && keep === lastKeep) return lines;
    const all: readonly ComparedLine[] = order.lines ?? [];
    [lastOrder, lastKeep] = [order, keep];
    lines = all.filter((line) => isLive(line, keep));
    return lines;
  };
}

const ourLines = boughtLines();
const theirLines = boughtLines();

/** Whether the live lines of both agree on a value, in the order that the documents have them. */
function pairwise(
  source: FlowDocument,
  target: FlowDocument,
  value: ReadLine,
  keep?: Keep,
): boolean {
  const ours = ourLines(source, keep);
  const theirs = theirLines(target);
  if (ours.length !== theirs.length) return false;
  for (let i = 0; i < ours.length; i++) {
    if (value(ours[i] as ComparedLine) !== value(theirs[i] as ComparedLine)) return false;
  }
  return true;
}

/** The line with the number; both ends mostly have it at the same place. */
export function lineOf(
  lines: readonly ComparedLine[],
  number: string,
  place: number,
  keep?: Keep,
): ComparedLine | undefined {
  const there = lines[place];
  if (there?.line === number && (keep?.(there) ?? true)) return there;
  return lines.find((each) => each.line === number && (keep?.(each) ?? true));
}

function isInOrder({ lines }: FlowDocument): boolean {
  for (let i = 1; i < lines.length; i++) {
    if (Number(lines[i - 1].line) > Number(lines[i].line)) return false;
  }
  return true;
}

/** Neither end withdrew the order: only then its lines are asked for. */
const bothStand = (source: FlowDocument, target: FlowDocument): boolean =>
  standing(source) && !isWithdrawn(target);

/** Whether the source still wants it. */
export const standing = (order: FlowDocument): boolean =>
  order.status !== 'cancelled' && order.status !== 'rejected';

/** A rule for one field of every live line; `value` is what is compared of it, where that is not the field as it is. */
export function ofLines(
  field: string,
  keep?: Keep,
  value: ReadLine = (line) => line[field],
): FieldRule {
  const read = (order: FlowDocument, kept?: Keep): string =>
    liveLines(order, kept)
      .map((line) => String(value(line)))
      .join(' ');
  // Of an order that is no more nothing is left to compare, so that every end words it the same.
  const from = (order: FlowDocument): string => (standing(order) ? read(order, keep) : '');
  const to = (order: FlowDocument): string => (order.status === 'cancelled' ? '' : read(order));
  return {
    field: `lines[].${field}`,
    from,
    to,
    asked: bothStand,
    // Both keep their lines in order as a rule; only when they do not, they are put in order first.
    same: (source, target) =>
      pairwise(source, target, value, keep) ||
      (!(isInOrder(source) && isInOrder(target)) && from(source) === to(target)),
  };
}

/** A rule for a field of the head, asked only while both ends stand. */
export const ofHead = (field: string): FieldRule => ({
  field,
  from: (order) => (standing(order) ? order[field] : ''),
  to: (order) => (isWithdrawn(order) ? '' : order[field]),
  asked: bothStand,
});

/** A cancelled order is withdrawn everywhere, and one that stands is not. */
export const withdrawal: FieldRule = {
  field: 'cancelled',
  from: (order) => order.status === 'cancelled',
  to: isWithdrawn,
  // An order that the supplier rejected is dead either way.
  asked: (order) => order.status !== 'rejected',
};
