/**
 * What suppliers answer, on its way to the ERP and the warehouse. The key is the order: its last
 * answer counts, and an answer to a revision that was overtaken counts for nothing.
 */
import { type FieldRule, type FlowDocument, defineFlow } from '../../harness/flow.ts';
import { type ComparedLine, isWithdrawn, lineOf, liveLines } from './order-lines.ts';

const overtaken = (answer: FlowDocument, target: FlowDocument): boolean =>
  isWithdrawn(target) || target.revision > answer.orderRevision;

const source = {
  system: 'procurement',
  document: 'OrderAcknowledgement',
  rank: (answer: FlowDocument) => answer.orderRevision,
};

/** An order that is no more needs no answer anywhere. */
const lapses = {
  system: 'procurement',
  document: 'PurchaseOrder',
  key: (order: FlowDocument) => order.number,
  when: ({ status }: FlowDocument) => status === 'cancelled' || status === 'rejected',
};

interface Confirmed {
  readonly confirmedQuantity?: string;
  readonly confirmedDate?: string;
}

/** What the schedule of the ERP's line says of the answer. Lines that it words in another unit say nothing here. */
const isConfirmed = (answer: FlowDocument, order: FlowDocument): boolean =>
  answer.lines.every(
    ({ line, decision, quantity, unit, deliveryDate }: FlowDocument, i: number) => {
      const there: FlowDocument = lineOf(order.lines, line, i);
      if (there === undefined || there.deleted || there.unit !== unit) return true;
      const schedule: readonly Confirmed[] = there.scheduleLines ?? [];
      if (schedule.length !== 1) return true;
      const [{ confirmedQuantity, confirmedDate }] = schedule as [Confirmed];
      if (decision === 'backordered') return true;
      if (decision === 'rejected') return Number(confirmedQuantity) === 0;
      return Number(confirmedQuantity) === Number(quantity) && confirmedDate === deliveryDate;
    },
  );

const confirmedLines: FieldRule = {
  field: 'lines[].confirmed',
  from: (answer) =>
    answer.lines
      .map((each: FlowDocument) => `${each.line}: ${each.quantity} on ${each.deliveryDate}`)
      .join(', '),
  to: (order) =>
    order.lines
      .map((line: FlowDocument) => {
        const [first = {}]: readonly Confirmed[] = line.scheduleLines ?? [];
        return `${line.line}: ${first.confirmedQuantity} on ${first.confirmedDate}`;
      })
      .join(', '),
  asked: (answer, order) => order.acknowledgement === answer.number,
  same: isConfirmed,
};

export const acknowledgementToErp = defineFlow({
  name: 'acknowledgement-to-erp',
  from: source,
  to: {
    system: 'erp',
    document: 'PurchaseOrder',
    where: (order) => order.acknowledgement !== undefined,
  },
  key: { from: (answer) => answer.purchaseOrder, to: (order) => order.externalReference },
  agree: [
    {
      field: 'acknowledgement',
      from: (answer) => answer.number,
      to: (order) => order.acknowledgement,
    },
    confirmedLines,
  ],
  moot: overtaken,
  parents: (answer) => [answer.purchaseOrder],
  order: 'version',
  unique: false,
  lapses,
  owner: 'procurement',
  pattern: 'data-consistency',
  dataClass: 'transactional',
  criticality: 'medium',
  within: '5m',
});

/** Decisions that tell a date on which the goods will come. */
const dated = new Set(['accepted', 'dateChanged', 'quantityChanged']);

const isStanding = ({ cancelled }: ComparedLine): boolean => !cancelled;

/** Dates by line; what the answer says nothing about is not asked. */
const expectedDates: FieldRule = {
  field: 'lines[].expectedOn',
  from: (answer) =>
    answer.lines
      .filter((line: FlowDocument) => dated.has(line.decision))
      .map((line: FlowDocument) => `${line.line}=${line.deliveryDate}`)
      .join(' '),
  to: (expected) =>
    liveLines(expected)
      .map((line) => `${line.line}=${String(line['expectedOn'])}`)
      .join(' '),
  same: (answer, expected) =>
    answer.lines.every(
      ({ line, decision, deliveryDate }: FlowDocument, i: number) =>
        !dated.has(decision) ||
        (lineOf(expected.lines, line, i, isStanding)?.['expectedOn'] ?? deliveryDate) ===
          deliveryDate,
    ),
};

export const acknowledgementToWms = defineFlow({
  name: 'acknowledgement-to-wms',
  from: source,
  to: { system: 'wms', document: 'ExpectedReceipt' },
  key: { from: (answer) => answer.purchaseOrder, to: (expected) => expected.purchaseOrder },
  agree: [expectedDates],
  // Once goods were counted the warehouse refuses new dates, and nobody needs them any more.
  moot: (answer, expected) => overtaken(answer, expected) || expected.status !== 'open',
  parents: (answer) => [answer.purchaseOrder],
  unique: false,
  lapses,
  updates: true,
  owner: 'procurement',
  pattern: 'data-consistency',
  dataClass: 'transactional',
  criticality: 'low',
  within: '5m',
});
