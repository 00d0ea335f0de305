/**
 * What the warehouse counted, on its way to the ERP and back to procurement. Only good goods are
 * posted. Reversals take documents back instead of making new ones; that they did is a matter of
 * quantities, which the invariants on receipts look at.
 */
import { type FieldRule, type FlowDocument, defineFlow } from '../../harness/flow.ts';
import { placesOf } from './order-lines.ts';
import { toldReference } from './told-reference.ts';

const goodLines = (confirmation: FlowDocument): readonly FlowDocument[] =>
  confirmation.lines.filter(
    (line: FlowDocument) => line.condition === 'good' && line.quantity !== '0',
  );

/** Something to post: good goods for an order, not taken back itself. */
const isPostable = (confirmation: FlowDocument): boolean =>
  confirmation.reverses === undefined &&
  confirmation.purchaseOrder !== '' &&
  goodLines(confirmation).some((line) => line.purchaseOrderLine !== '');

/** A receipt that stands: adds goods and was not reversed. */
const isReceipt = (receipt: FlowDocument): boolean =>
  receipt.reversedBy === undefined &&
  receipt.lines.some((line: FlowDocument) => line.movementType === '101');

const posting = ({ material, quantity, unit, lot }: FlowDocument): string =>
  `${material} ${quantity} ${unit}${lot ? ` lot ${lot}` : ''}`;

/** What was received, order line by order line; of a single one it goes without saying. */
function quantities(lines: readonly FlowDocument[]): string {
  const placeOf = placesOf(lines);
  const isOne = lines.every((line) => placeOf(line) === 1);
  return lines
    .map((line) => (isOne ? posting(line) : `${placeOf(line)}: ${posting(line)}`))
    .toSorted()
    .join(', ');
}

const postable = (confirmation: FlowDocument): readonly FlowDocument[] =>
  goodLines(confirmation).filter((line) => line.purchaseOrderLine !== '');

/** Mostly the lines come in the same order; only otherwise they are compared as a whole. */
function samePostings(lines: readonly FlowDocument[], posted: readonly FlowDocument[]): boolean {
  const inOrder =
    lines.length === posted.length &&
    lines.every(({ purchaseOrderLine, material, quantity, unit, lot }, index) => {
      const other = posted[index] as FlowDocument;
      return (
        material === other.material &&
        quantity === other.quantity &&
        unit === other.unit &&
        purchaseOrderLine === other.purchaseOrderLine &&
        (lot ?? '') === (other.lot ?? '')
      );
    });
  return inOrder || quantities(lines) === quantities(posted);
}

const counted = {
  field: 'lines[].quantity',
  from: (confirmation: FlowDocument) => quantities(postable(confirmation)),
  to: (receipt: FlowDocument) => quantities(receipt.lines),
  same: (confirmation: FlowDocument, receipt: FlowDocument) =>
    samePostings(postable(confirmation), receipt.lines),
};

/** The day on which the goods came is the day that counts for stock, price and discount. */
const cameOn: FieldRule = {
  field: 'documentDate',
  from: ({ receivedOn }) => receivedOn,
  to: ({ documentDate }) => documentDate,
};

/** Order lines that the document closes: the last goods came for them. */
const closed = (lines: readonly FlowDocument[], flag: string): string =>
  [...new Set(lines.filter((line) => line[flag] === true).map((line) => line.purchaseOrderLine))]
    .toSorted()
    .join(' ');

/** Nobody says that a line is complete of which the warehouse expects more. */
const complete: FieldRule = {
  field: 'lines[].deliveryCompleted',
  from: (confirmation) => closed(postable(confirmation), 'finalDelivery'),
  to: (receipt) => closed(receipt.lines, 'deliveryCompleted'),
  same: (confirmation, receipt) => {
    const final = new Set(closed(postable(confirmation), 'finalDelivery').split(' '));
    const said = closed(receipt.lines, 'deliveryCompleted');
    return said === '' || said.split(' ').every((line) => final.has(line));
  },
};

/** Taken back before anybody posted it, nothing is left to do; after that the receipt must go, too. */
const lapses = {
  system: 'wms',
  document: 'ReceiptConfirmation',
  when: () => true,
  takesBack: true,
};

const common = {
  from: {
    system: 'wms',
    document: 'ReceiptConfirmation',
    when: isPostable,
    known: () => true,
  },
  key: {
    from: (confirmation: FlowDocument): string => confirmation.number,
    to: (receipt: FlowDocument): string | undefined => receipt.externalReference,
  },
  agree: [counted, cameOn, complete],
  parents: (confirmation: FlowDocument): readonly string[] => [confirmation.purchaseOrder],
  owner: 'wms',
  pattern: 'process-orchestration',
  dataClass: 'transactional',
  criticality: 'high',
  within: '5m',
} as const;

export const receiptToErp = defineFlow({
  ...common,
  name: 'receipt-to-erp',
  lapses: { ...lapses, key: ({ reverses }: FlowDocument) => reverses },
  to: { system: 'erp', document: 'MaterialDocument', where: isReceipt },
  agree: [...common.agree, toldReference('shipNotice', 'deliveryNote')],
});

/** The order lines that the lines are about, each under the confirmation's number. */
const byOrderLine = (confirmation: string, lines: readonly FlowDocument[]): readonly string[] => [
  ...new Set(lines.map(({ purchaseOrderLine }) => `${confirmation}/${purchaseOrderLine}`)),
];

/** The lines about one of the order lines that the receipt is about. */
const alsoIn = (receipt: FlowDocument, lines: readonly FlowDocument[]): readonly FlowDocument[] =>
  lines.filter(({ purchaseOrderLine }) =>
    receipt.lines.some((line: FlowDocument) => line.purchaseOrderLine === purchaseOrderLine),
  );

/**
 * Some suites receive a whole confirmation in one document, others each order line in a document of
 * its own. Either way an order line of a confirmation is received once, so the key is the order line.
 */
export const receiptToProcurement = defineFlow({
  ...common,
  name: 'receipt-to-procurement',
  to: { system: 'procurement', document: 'Receipt', where: isReceipt },
  key: {
    from: (confirmation) => {
      const lines = postable(confirmation);
      return byOrderLine(confirmation.number, lines.length > 0 ? lines : confirmation.lines);
    },
    to: ({ externalReference, lines }) =>
      externalReference === undefined ? undefined : byOrderLine(externalReference, lines),
  },
  agree: [
    {
      ...counted,
      same: (confirmation, receipt) =>
        samePostings(alsoIn(receipt, postable(confirmation)), receipt.lines),
    },
    cameOn,
    complete,
    toldReference('shipNotice', 'shipNotice'),
  ],
  lapses: {
    ...lapses,
    key: ({ reverses, lines }: FlowDocument) =>
      reverses === undefined ? undefined : byOrderLine(reverses, lines),
  },
  criticality: 'medium',
});
