/** Invoices of the procurement suite on the `plain` wire. */
import {
  companyCode,
  currency,
  lineNumber,
  mostLines,
  orderNumber,
  paymentTerms,
  reason,
  supplierNumber,
  taxCode,
  unit,
} from '../../../plain/documents/shared.ts';
import {
  invoiceKind,
  invoiceLineShape,
  paymentBlocks,
  supplierInvoiceShape,
} from '../../../plain/documents/supplier-invoice.ts';
import type { Endpoint, Resource } from '../../../plain/endpoint.ts';
import { byField, byIndex, byOrderOfLines } from '../../../plain/filters.ts';
import { actionOf, createOf, listOf, readOf } from '../../../plain/resource-endpoints.ts';
import {
  type Schema,
  date,
  decimal,
  extend,
  key,
  list,
  named,
  object,
  oneOf,
  text,
} from '../../../plain/schema.ts';
import type { Invoice } from '../../documents.ts';
import type { InvoiceDraft, InvoiceStatusUpdate } from '../../drafts.ts';
import type { ProcurementCore } from '../../procurement-core.ts';
import { exportAction, exportedFilter } from './export-flag.ts';

const lineDraft: Schema = named(
  'InvoiceLineDraft',
  object({
    'line?': lineNumber,
    'purchaseOrder?': orderNumber,
    'purchaseOrderLine?': lineNumber,
    'goodsReceipt?': key(40),
    'description?': text(200),
    quantity: decimal,
    'unit?': unit,
    netPrice: decimal,
    'priceQuantity?': decimal,
    'amount?': decimal,
    'taxCode?': taxCode,
    'glAccount?': key(10),
  }),
);

const draft: Schema = named(
  'InvoiceDraft',
  object({
    'kind?': invoiceKind,
    supplierReference: text(16),
    supplier: supplierNumber,
    companyCode,
    currency,
    documentDate: date,
    'postingDate?': date,
    'paymentTerms?': paymentTerms,
    'grossAmount?': decimal,
    'taxAmount?': decimal,
    lines: list(lineDraft, mostLines, 1),
    'refersTo?': key(40),
  }),
);

const capturedLine: Schema = extend(invoiceLineShape, {
  'quantityInOrderUnit?': decimal,
  'comparablePrice?': decimal,
});

const lineMatch: Schema = named(
  'LineMatch',
  object({
    line: lineNumber,
    status: oneOf('matched', 'pendingReceipt', 'exception'),
    exceptions: list(oneOf('price', 'quantity', 'charge'), 3),
  }),
);

const invoicePayment: Schema = named(
  'InvoicePayment',
  object({
    payment: key(40),
    amount: decimal,
    on: date,
    status: oneOf('paid', 'rejected'),
    'reason?': reason,
  }),
);

const statusUpdate: Schema = named(
  'InvoiceStatusUpdate',
  object({
    status: oneOf('posted', 'paid', 'rejected', 'cancelled'),
    'erpNumber?': key(40),
    'payment?': key(40),
    'paidAmount?': decimal,
    'paidOn?': date,
    'paymentBlocks?': paymentBlocks,
    'reason?': reason,
    'paymentRejection?': reason,
  }),
  'What the ERP tells about an invoice; telling the same again changes nothing.',
);

const invoices: Resource<ProcurementCore, Invoice> = {
  name: 'invoices',
  singular: 'Invoice',
  plural: 'Invoices',
  schema: named(
    'Invoice',
    extend(supplierInvoiceShape(capturedLine), {
      lineMatches: list(lineMatch, mostLines),
      'erpNumber?': key(40),
      'reason?': text(255, 0),
      payments: list(invoicePayment, 1000),
    }),
  ),
  keyPath: '{number}',
  idOf: ({ number }) => number,
  collection: (core) => core.invoices.documents,
  filters: [
    byIndex('supplierReference', (core) => core.invoices.bySupplierReference),
    byOrderOfLines((core) => core.invoices.byOrder),
    byField('status'),
    byField('match'),
    byField('supplier'),
    exportedFilter('Invoice'),
  ],
};

const withReason = (action: 'dispute' | 'void', summary: string): Endpoint<ProcurementCore> =>
  actionOf<ProcurementCore, Invoice, Invoice, { reason: string }>(invoices, {
    path: action,
    operation: `${action}Invoice`,
    summary,
    body: named('Reason', object({ reason })),
    run: (core, number, body, context) => core.invoices[action](number, body.reason, context),
  });

export const invoiceEndpoints: readonly Endpoint<ProcurementCore>[] = [
  listOf(invoices),
  readOf(invoices),
  createOf<ProcurementCore, Invoice, InvoiceDraft>(invoices, {
    body: draft,
    keyField: 'supplierReference',
    operation: 'captureInvoice',
    summary: 'Captures an invoice of a supplier.',
    run: (core, body, context) => core.invoices.capture(body, context),
  }),
  actionOf(invoices, {
    path: 'approve',
    operation: 'approveInvoice',
    summary: 'Accepts an exception, or settles a dispute in favour of the supplier.',
    run: (core, number, _body, context) => core.invoices.approve(number, context),
  }),
  withReason('dispute', 'Disputes it.'),
  withReason('void', 'Takes it out.'),
  actionOf<ProcurementCore, Invoice, Invoice, InvoiceStatusUpdate>(invoices, {
    path: 'status',
    operation: 'updateInvoiceStatus',
    summary: 'Takes what the ERP tells about posting, blocks and payment.',
    body: statusUpdate,
    run: (core, number, body, context) => core.invoices.updateStatus(number, body, context),
  }),
  exportAction(invoices, 'Invoice'),
];
