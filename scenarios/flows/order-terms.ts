/** How flows compare the terms of order lines: dates, tolerances and texts, each as far as systems hold them. */
import type { FieldRule, FlowDocument } from '../../harness/flow.ts';
import {
  type ComparedLine,
  type Keep,
  isLive,
  isWithdrawn,
  liveLines,
  ofLines,
} from './order-lines.ts';

interface Schedule {
  readonly deliveryDate?: string;
  readonly confirmedDate?: string;
}

const firstOf = ({ scheduleLines }: ComparedLine): Schedule =>
  (scheduleLines as readonly Schedule[] | undefined)?.[0] ?? {};

/** When the goods are wanted: the first date of every line. */
export const deliveryDates: FieldRule = ofLines(
  'deliveryDate',
  undefined,
  (line) => firstOf(line).deliveryDate,
);

/** Forty characters is what an ERP's short text holds. */
const shortText = 40;

export const lineTexts: FieldRule = ofLines('description', undefined, ({ description }) =>
  String(description).slice(0, shortText),
);

/** By value: `10` and `10.0` are one tolerance. Without a limit it does not matter how it is worded. */
export const tolerances = (keep?: Keep): FieldRule => {
  const field = 'overdeliveryTolerancePercent';
  const limited = (order: FlowDocument): boolean =>
    !(order.lines ?? []).some(
      (line: ComparedLine) => line['unlimitedOverdelivery'] === true && isLive(line, keep),
    );
  const rule = ofLines(field, keep, (line) => Number(line[field] ?? 0));
  return {
    ...rule,
    asked: (source, target) => limited(source) && rule.asked?.(source, target) !== false,
  };
};

/** When the warehouse expects what an order wants: on the date that was asked for, or on the one confirmed. */
export const expectedDates = (keep: Keep): FieldRule => ({
  field: 'lines[].expectedOn',
  from: (order: FlowDocument) =>
    liveLines(order, keep)
      .map((line) => firstOf(line).confirmedDate ?? firstOf(line).deliveryDate)
      .join(' '),
  to: (expected: FlowDocument) =>
    liveLines(expected)
      .map((line) => line['expectedOn'])
      .join(' '),
  // What was counted is not put off any more.
  asked: (order, expected) =>
    expected.status === 'open' && order.status !== 'rejected' && !isWithdrawn(order),
  same: (order, expected) => {
    const theirs = liveLines(expected);
    return liveLines(order, keep).every((line, index) => {
      const { deliveryDate, confirmedDate } = firstOf(line);
      const date = theirs[index]?.['expectedOn'];
      return date === undefined || date === deliveryDate || date === confirmedDate;
    });
  },
});
