/** Supplier invoices: captured in procurement, posted in the ERP, their fate told back. */
import { type FieldRule, type FlowDocument, defineFlow } from '../../harness/flow.ts';
import { placesOf } from './order-lines.ts';

const dead = new Set(['cancelled', 'rejected']);

/** Agreed by match or by a person, and not turned down since. */
const isOwed = ({ status, match }: FlowDocument): boolean =>
  !dead.has(status) &&
  status !== 'disputed' &&
  (match === 'matched' || match === 'approved') &&
  status !== 'draft';

const isCancelled = (invoice: FlowDocument): boolean =>
  invoice.status === 'cancelled' || invoice.cancelledBy !== undefined;

const standing = (source: FlowDocument, target: FlowDocument): boolean =>
  !dead.has(source.status) && !isCancelled(target);

const ofInvoice = (field: string): FieldRule => ({
  field,
  from: (invoice) => invoice[field],
  to: (invoice) => invoice[field],
  asked: standing,
});

/** What is invoiced, of which of the order lines that it is about, and with which tax. */
function lines(invoice: FlowDocument): string {
  const placeOf = placesOf(invoice.lines);
  return invoice.lines
    .map(
      (line: FlowDocument) =>
        `${placeOf(line)}: ${line.quantity} ${line.unit} for ${line.amount} ${line.taxCode}`,
    )
    .toSorted()
    .join(', ');
}

const compared = ['quantity', 'unit', 'amount', 'taxCode', 'purchaseOrderLine'] as const;

/** Mostly the lines come in the same order; only otherwise they are compared as a whole. */
const sameLines = (source: FlowDocument, target: FlowDocument): boolean =>
  (source.lines.length === target.lines.length &&
    source.lines.every((line: FlowDocument, index: number) =>
      compared.every((field) => line[field] === target.lines[index][field]),
    )) ||
  lines(source) === lines(target);

/** A credit takes off from one invoice: which, both ends know by numbers of their own. */
const reference: FieldRule = {
  field: 'refersTo',
  from: ({ refersTo }) => refersTo !== undefined,
  to: ({ refersTo }) => refersTo !== undefined,
  asked: standing,
};

export const invoiceToErp = defineFlow({
  name: 'invoice-to-erp',
  from: { system: 'procurement', document: 'Invoice', when: isOwed, known: () => true },
  to: {
    system: 'erp',
    document: 'SupplierInvoice',
    where: (invoice) =>
      invoice.cancels === undefined && !isCancelled(invoice) && invoice.status !== 'draft',
  },
  key: { from: (invoice) => invoice.number, to: (invoice) => invoice.externalReference },
  agree: [
    ...[
      'kind',
      'companyCode',
      'supplier',
      'supplierReference',
      'currency',
      'grossAmount',
      'taxAmount',
      'documentDate',
      'paymentTerms',
    ].map(ofInvoice),
    reference,
    { field: 'cancelled', from: ({ status }) => dead.has(status), to: isCancelled },
    { field: 'lines', from: lines, to: lines, asked: standing, same: sameLines },
  ],
  parents: (invoice) => [
    ...new Set<string>(
      invoice.lines.map((line: FlowDocument) => line.purchaseOrder).filter(Boolean),
    ),
  ],
  owner: 'procurement',
  pattern: 'process-orchestration',
  dataClass: 'transactional',
  criticality: 'high',
  within: '5m',
});

const blocks = (invoice: FlowDocument): string => invoice.paymentBlocks.toSorted().join(' ');

/** Some ERPs tell on their wire that verification blocked the invoice, and not why. */
function sameBlocks(source: FlowDocument, target: FlowDocument): boolean {
  const told = blocks(target);
  if (told === blocks(source)) return true;
  return (
    told === 'verification' && source.paymentBlocks.some((block: string) => block !== 'manual')
  );
}

/** States of an invoice that the ERP decides on; procurement only repeats them. */
const told = new Set(['posted', 'paid', 'cancelled']);

export const invoiceStatusBack = defineFlow({
  name: 'invoice-status-back',
  from: {
    system: 'erp',
    document: 'SupplierInvoice',
    when: (invoice) => told.has(invoice.status) && invoice.cancels === undefined,
    known: () => true,
  },
  to: {
    system: 'procurement',
    document: 'Invoice',
    where: (invoice) => invoice.erpNumber !== undefined || told.has(invoice.status),
  },
  key: {
    from: (invoice) => (invoice.cancels === undefined ? invoice.externalReference : undefined),
    to: (invoice) => invoice.number,
  },
  agree: [
    {
      field: 'status',
      from: (invoice) => (told.has(invoice.status) ? invoice.status : undefined),
      to: (invoice) => (told.has(invoice.status) ? invoice.status : undefined),
      // A void in procurement goes the other way.
      asked: (_, target) => !dead.has(target.status),
    },
    {
      field: 'paymentBlocks',
      from: blocks,
      to: blocks,
      asked: (source, target) =>
        source.status === target.status && (source.status === 'posted' || source.status === 'paid'),
      same: sameBlocks,
    },
    {
      field: 'erpNumber',
      from: ({ number }) => number,
      to: ({ erpNumber }) => erpNumber,
      asked: (_, target) => !dead.has(target.status),
      // With the year before it, or behind it, or without.
      same: ({ number }, { erpNumber }) => erpNumber?.includes(number) === true,
    },
  ],
  unique: false,
  owner: 'erp',
  pattern: 'data-consistency',
  dataClass: 'transactional',
  criticality: 'medium',
  within: '5m',
});
