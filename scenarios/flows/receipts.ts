/**
 * What the warehouse counted, on its way to the ERP and back to procurement. Only good goods are
 * posted. Reversals take documents back instead of making new ones; that they did is a matter of
 * quantities, which the invariants on receipts look at.
 */
import { type FlowDocument, defineFlow } from '../../harness/flow.ts';

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

const quantities = (lines: readonly FlowDocument[]): string =>
  lines
    .map((line) => `${line.material} ${line.quantity} ${line.unit}`)
    .toSorted()
    .join(', ');

const postable = (confirmation: FlowDocument): readonly FlowDocument[] =>
  goodLines(confirmation).filter((line) => line.purchaseOrderLine !== '');

/** Mostly the lines come in the same order; only otherwise they are compared as a whole. */
function samePostings(confirmation: FlowDocument, receipt: FlowDocument): boolean {
  const lines = postable(confirmation);
  const inOrder =
    lines.length === receipt.lines.length &&
    lines.every(({ material, quantity, unit }, index) => {
      const other = receipt.lines[index];
      return material === other.material && quantity === other.quantity && unit === other.unit;
    });
  return inOrder || quantities(lines) === quantities(receipt.lines);
}

const counted = {
  field: 'lines[].quantity',
  from: (confirmation: FlowDocument) => quantities(postable(confirmation)),
  to: (receipt: FlowDocument) => quantities(receipt.lines),
  same: samePostings,
};

/** Taken back before anybody posted it: then nothing is left to post, nor to take back. */
const lapses = {
  system: 'wms',
  document: 'ReceiptConfirmation',
  when: () => true,
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
  agree: [counted],
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
        quantities(alsoIn(receipt, postable(confirmation))) === quantities(receipt.lines),
    },
  ],
  lapses: {
    ...lapses,
    key: ({ reverses, lines }: FlowDocument) =>
      reverses === undefined ? undefined : byOrderLine(reverses, lines),
  },
  criticality: 'medium',
});
