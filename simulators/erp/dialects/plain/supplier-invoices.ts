/** Invoice verification and payments of the ERP on the `plain` wire. */
import type { CalendarDate } from '../../../../domain/calendar-date.ts';
import type { Payment } from '../../../../domain/payment.ts';
import type { SupplierInvoice } from '../../../../domain/supplier-invoice.ts';
import {
  companyCode,
  currency,
  lineNumber,
  mostLines,
  orderNumber,
  paymentTerms,
  reference,
  supplierNumber,
  taxCode,
  unit,
} from '../../../plain/documents/shared.ts';
import {
  invoiceKind,
  invoiceLineShape,
  supplierInvoiceShape,
} from '../../../plain/documents/supplier-invoice.ts';
import type { Endpoint, Resource } from '../../../plain/endpoint.ts';
import { byField, byIndex, byOrderOfLines } from '../../../plain/filters.ts';
import { actionOf, createOf, listOf, readOf } from '../../../plain/resource-endpoints.ts';
import {
  type Schema,
  date,
  decimal,
  key,
  list,
  named,
  object,
  oneOf,
  text,
  timestamp,
} from '../../../plain/schema.ts';
import type { SupplierInvoiceDraft } from '../../drafts.ts';
import type { ErpCore } from '../../erp-core.ts';

const line: Schema = named(
  'InvoiceLineDraft',
  object({
    'line?': lineNumber,
    'purchaseOrder?': orderNumber,
    'purchaseOrderLine?': lineNumber,
    'goodsReceipt?': key(40),
    'description?': text(200),
    'quantity?': decimal,
    'unit?': unit,
    amount: decimal,
    'taxCode?': taxCode,
    'glAccount?': key(10),
  }),
);

const draft: Schema = named(
  'SupplierInvoiceDraft',
  object({
    'kind?': invoiceKind,
    'externalReference?': reference,
    supplierReference: text(16),
    companyCode,
    supplier: supplierNumber,
    'currency?': currency,
    documentDate: date,
    'postingDate?': date,
    grossAmount: decimal,
    'taxAmount?': decimal,
    'paymentTerms?': paymentTerms,
    'refersTo?': key(40),
    lines: list(line, mostLines, 1),
  }),
  'An invoice, credit memo or subsequent debit or credit to be posted; all amounts are positive.',
);

const supplierInvoices: Resource<ErpCore, SupplierInvoice> = {
  name: 'supplier-invoices',
  singular: 'SupplierInvoice',
  plural: 'SupplierInvoices',
  schema: named('SupplierInvoice', supplierInvoiceShape(invoiceLineShape)),
  keyPath: '{year}/{number}',
  idOf: ({ year, number }) => `${year}/${number}`,
  collection: (core) => core.invoices.documents,
  filters: [
    byIndex('externalReference', (core) => core.invoices.byExternalReference),
    byField('supplierReference'),
    byField('status'),
    byField('supplier'),
    byOrderOfLines(),
  ],
};

const payment: Schema = named(
  'Payment',
  object({
    number: key(20),
    year: { type: 'string', pattern: '^\\d{4}$' },
    run: key(40),
    status: oneOf('issued', 'cleared', 'rejected'),
    companyCode,
    supplier: supplierNumber,
    currency,
    houseBank: key(10),
    amount: decimal,
    valueDate: date,
    createdAt: timestamp,
    items: list(
      object({
        invoice: key(40),
        supplierReference: text(16),
        grossAmount: decimal,
        discount: decimal,
        paidAmount: decimal,
      }),
      100_000,
    ),
    accountingDocument: key(40),
    'rejectionReason?': text(255, 0),
  }),
);

const payments: Resource<ErpCore, Payment> = {
  name: 'payments',
  singular: 'Payment',
  plural: 'Payments',
  schema: payment,
  keyPath: '{year}/{number}',
  idOf: ({ year, number }) => `${year}/${number}`,
  collection: (core) => core.payments.documents,
  filters: [byField('status'), byField('supplier'), byField('run')],
};

const parts = (id: string): [year: string, number: string] => {
  const [year = '', number = ''] = id.split('/');
  return [year, number];
};

export const supplierInvoiceEndpoints: readonly Endpoint<ErpCore>[] = [
  listOf(supplierInvoices),
  readOf(supplierInvoices),
  createOf<ErpCore, SupplierInvoice, SupplierInvoiceDraft>(supplierInvoices, {
    body: draft,
    keyField: 'externalReference',
    operation: 'postSupplierInvoice',
    summary: 'Posts a supplier invoice; one outside the tolerances is posted with payment blocks.',
    run: (core, body, context) => core.invoices.post(body, context),
  }),
  actionOf<ErpCore, SupplierInvoice, SupplierInvoice, { postingDate?: CalendarDate } | undefined>(
    supplierInvoices,
    {
      path: 'cancel',
      operation: 'cancelSupplierInvoice',
      summary: 'Cancels the invoice by a document over the whole of it, which is answered.',
      body: named('SupplierInvoiceCancellation', object({ 'postingDate?': date })),
      bodyOptional: true,
      creates: true,
      run: (core, id, body, context) => {
        const postingDate = body?.postingDate ?? (context.today as CalendarDate);
        return core.invoices.cancel(...parts(id), postingDate, context);
      },
    },
  ),
  actionOf(supplierInvoices, {
    path: 'release',
    operation: 'releaseSupplierInvoice',
    summary: 'Takes all payment blocks off.',
    run: (core, id, _body, context) => core.invoices.release(...parts(id), context),
  }),
  actionOf(supplierInvoices, {
    path: 'block',
    operation: 'blockSupplierInvoice',
    summary: 'Blocks the invoice for payment by hand.',
    run: (core, id, _body, context) => core.invoices.block(...parts(id), 'manual', context),
  }),
];

export const paymentEndpoints: readonly Endpoint<ErpCore>[] = [listOf(payments), readOf(payments)];
