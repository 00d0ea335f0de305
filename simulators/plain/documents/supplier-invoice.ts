/** The supplier's invoice, which the ERP and the procurement suite both hold. */
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
} from '../schema.ts';
import {
  canonicalState,
  companyCode,
  currency,
  lineNumber,
  mostLines,
  orderNumber,
  paymentTerms,
  reason,
  reference,
  supplierNumber,
  taxCode,
  unit,
  user,
} from './shared.ts';

export const invoiceKind = oneOf('invoice', 'creditMemo', 'subsequentDebit', 'subsequentCredit');

export const paymentBlocks = list(
  oneOf('price', 'quantity', 'date', 'inspection', 'manual', 'amount', 'verification'),
  10,
);

export const invoiceLineShape: Schema = object({
  line: lineNumber,
  'purchaseOrder?': orderNumber,
  'purchaseOrderLine?': lineNumber,
  'goodsReceipt?': key(40),
  description: text(200, 0),
  quantity: decimal,
  unit,
  netPrice: decimal,
  priceQuantity: decimal,
  amount: decimal,
  taxCode,
  'glAccount?': key(10),
});

/** An invoice with lines of the given shape; name it where it is used. */
export const supplierInvoiceShape = (line: Schema): Schema =>
  object({
    number: key(20),
    year: { type: 'string', pattern: '^\\d{4}$' },
    'externalReference?': reference,
    kind: invoiceKind,
    status: canonicalState,
    supplierReference: text(16),
    companyCode,
    supplier: supplierNumber,
    currency,
    documentDate: date,
    postingDate: date,
    grossAmount: decimal,
    taxAmount: decimal,
    paymentTerms,
    dueDate: date,
    lines: list(named('InvoiceLine', line), mostLines),
    paymentBlocks,
    match: oneOf('pendingReceipt', 'matched', 'exception', 'disputed', 'approved'),
    createdAt: timestamp,
    createdBy: user,
    'refersTo?': key(40),
    'cancelledBy?': key(40),
    'cancels?': key(40),
    'accountingDocument?': key(40),
    'payment?': key(40),
    paidAmount: decimal,
    'disputeReason?': reason,
  });
