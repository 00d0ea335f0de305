/** What the sets of the supplier invoice service show of an invoice of the core. */
import { timestamp } from '../../../../domain/calendar-date.ts';
import { currencyDecimals } from '../../../../domain/currency.ts';
import { type Decimal, sum } from '../../../../domain/decimal.ts';
import type { InvoiceLine, SupplierInvoice } from '../../../../domain/supplier-invoice.ts';
import { unitsOfMeasure } from '../../../../domain/unit-of-measure.ts';
import { fixed } from '../../../odata/json-text.ts';
import type { Value } from '../../../odata/model.ts';
import type { ErpCore } from '../../erp-core.ts';
import type { Extension, Values } from './extensions.ts';
import { vendorUnit } from './units.ts';

export interface InvoiceRow {
  readonly invoice: SupplierInvoice;
  readonly more: Extension | undefined;
}

export interface InvoiceLineRow extends InvoiceRow {
  readonly line: InvoiceLine;
}

export interface TaxRow extends InvoiceRow {
  readonly taxCode: string;
  readonly counter: number;
  readonly net: Decimal;
  readonly tax: Decimal;
}

type Fields<Row> = Readonly<Record<string, (row: Row) => Value>>;

const money = (amount: string, currency: string): string =>
  fixed(amount, currencyDecimals(currency));

const isCredit = ({ kind }: SupplierInvoice): boolean =>
  kind === 'creditMemo' || kind === 'subsequentCredit';

/** A person's block is `A`; what the match found is `R`, whatever the reason. */
function blockingReason({ paymentBlocks }: SupplierInvoice): string {
  if (paymentBlocks.length === 0) return '';
  return paymentBlocks.every((each) => each === 'manual') ? 'A' : 'R';
}

const part =
  (reference: (invoice: SupplierInvoice) => string | undefined, index: 0 | 1) =>
  ({ invoice }: InvoiceRow): Value =>
    reference(invoice)?.split('/')[index] ?? '';

/** `20261121101500.1230000`, so that text order is the order of time. */
const changeText = (at: number): string =>
  `${timestamp(at).slice(0, 19).replaceAll(/[-:T]/g, '')}.${timestamp(at).slice(20, 23)}0000`;

const reversal = ({ cancelledBy, cancels }: SupplierInvoice): string | undefined =>
  cancelledBy ?? cancels;

export const invoiceFields = ({ invoices, masterData }: ErpCore): Fields<InvoiceRow> => ({
  SupplierInvoice: ({ invoice }) => invoice.number,
  FiscalYear: ({ invoice }) => invoice.year,
  CompanyCode: ({ invoice }) => invoice.companyCode,
  DocumentDate: ({ invoice }) => invoice.documentDate,
  PostingDate: ({ invoice }) => invoice.postingDate,
  CreationDate: ({ invoice }) => invoice.createdAt.slice(0, 10),
  SuplrInvcLstChgDteTmeTxt: ({ invoice }) =>
    changeText(invoices.documents.entry(`${invoice.year}/${invoice.number}`)?.at ?? 0),
  SupplierInvoiceIDByInvcgParty: ({ invoice }) => invoice.supplierReference,
  InvoicingParty: ({ invoice }) => invoice.supplier,
  DocumentCurrency: ({ invoice }) => invoice.currency,
  InvoiceGrossAmount: ({ invoice }) => money(invoice.grossAmount, invoice.currency),
  PaymentTerms: ({ invoice }) => invoice.paymentTerms,
  DueCalculationBaseDate: ({ invoice }) => invoice.documentDate,
  NetPaymentDays: ({ invoice }) =>
    String(masterData.paymentTerms.get(invoice.paymentTerms)?.netDays ?? 0),
  PaymentBlockingReason: ({ invoice }) => blockingReason(invoice),
  AccountingDocumentType: ({ invoice }) => (isCredit(invoice) ? 'KG' : 'RE'),
  SupplierInvoiceStatus: ({ invoice }) => (invoice.status === 'draft' ? 'A' : '5'),
  InvoiceReference: part((invoice) => invoice.refersTo, 1),
  InvoiceReferenceFiscalYear: part((invoice) => invoice.refersTo, 0),
  AssignmentReference: ({ invoice }) => invoice.externalReference ?? '',
  SupplierInvoiceIsCreditMemo: ({ invoice }) => (isCredit(invoice) ? 'X' : ''),
  SupplierInvoiceOrigin: () => '9',
  ReverseDocument: part(reversal, 1),
  ReverseDocumentFiscalYear: part(reversal, 0),
  IsReversal: ({ invoice }) => invoice.cancels !== undefined,
  IsReversed: ({ invoice }) => invoice.cancelledBy !== undefined,
  SupplierInvoicePaymentStatus: ({ invoice }) =>
    invoice.status === 'paid' ? 'Paid' : invoice.paymentBlocks.length > 0 ? 'Blocked' : 'Open',
});

/** Lines against orders are numbered with six digits' room, accounts with four; both unpadded. */
const lineNumber = ({ line }: InvoiceLineRow): Value => line.line;

const receiptPart =
  (index: 0 | 1 | 2) =>
  ({ line }: InvoiceLineRow): Value => {
    const parts = line.goodsReceipt?.split('/') ?? [];
    return (parts.length === 3 ? parts[index] : index === 0 ? '' : parts[index - 1]) ?? '';
  };

const unitOf = ({ line }: InvoiceLineRow): Value => vendorUnit(line.unit);
const quantityOf = ({ line }: InvoiceLineRow): Value =>
  fixed(line.quantity, unitsOfMeasure.get(line.unit)?.decimals ?? 3);

const lineKeys: Fields<InvoiceLineRow> = {
  SupplierInvoice: ({ invoice }) => invoice.number,
  FiscalYear: ({ invoice }) => invoice.year,
  SupplierInvoiceItem: lineNumber,
  TaxCode: ({ line }) => line.taxCode,
  DocumentCurrency: ({ invoice }) => invoice.currency,
  SupplierInvoiceItemAmount: ({ invoice, line }) => money(line.amount, invoice.currency),
  SupplierInvoiceItemText: ({ line }) => line.description.slice(0, 50),
};

export const orderLineFields = ({ purchaseOrders }: ErpCore): Fields<InvoiceLineRow> => ({
  ...lineKeys,
  PurchaseOrder: ({ line }) => line.purchaseOrder ?? '',
  PurchaseOrderItem: ({ line }) => line.purchaseOrderLine ?? '',
  Plant: ({ line }) =>
    purchaseOrders.documents
      .get(line.purchaseOrder ?? '')
      ?.lines.find((each) => each.line === line.purchaseOrderLine)?.plant ?? '',
  ReferenceDocumentFiscalYear: receiptPart(0),
  ReferenceDocument: receiptPart(1),
  ReferenceDocumentItem: receiptPart(2),
  IsSubsequentDebitCredit: ({ invoice }) => (invoice.kind.startsWith('subsequent') ? 'X' : ''),
  PurchaseOrderQuantityUnit: unitOf,
  PurchaseOrderQtyUnitSAPCode: unitOf,
  QuantityInPurchaseOrderUnit: quantityOf,
  PurchaseOrderPriceUnit: unitOf,
  PurchaseOrderPriceUnitSAPCode: unitOf,
  QtyInPurchaseOrderPriceUnit: quantityOf,
});

export const accountLineFields: Fields<InvoiceLineRow> = {
  ...lineKeys,
  CompanyCode: ({ invoice }) => invoice.companyCode,
  GLAccount: ({ line }) => line.glAccount ?? '',
  DebitCreditCode: ({ invoice }) => (isCredit(invoice) ? 'H' : 'S'),
  QuantityUnit: unitOf,
  Quantity: quantityOf,
};

export const taxFields: Fields<TaxRow> = {
  SupplierInvoice: ({ invoice }) => invoice.number,
  FiscalYear: ({ invoice }) => invoice.year,
  TaxCode: ({ taxCode }) => taxCode,
  SupplierInvoiceTaxCounter: ({ counter }) => String(counter),
  DocumentCurrency: ({ invoice }) => invoice.currency,
  TaxAmount: ({ tax, invoice }) => money(tax, invoice.currency),
  TaxBaseAmountInTransCrcy: ({ net, invoice }) => money(net, invoice.currency),
};

/** One row a tax code; the whole tax stands at the only one, else it is computed from the rates. */
export function taxRows(row: InvoiceRow, taxOf: (code: string, net: Decimal) => Decimal): TaxRow[] {
  const codes = [...new Set(row.invoice.lines.map((line) => line.taxCode))];
  return codes.map((taxCode, index) => {
    const net = sum(
      row.invoice.lines.filter((line) => line.taxCode === taxCode).map((line) => line.amount),
    );
    const tax = codes.length === 1 ? row.invoice.taxAmount : taxOf(taxCode, net);
    return { ...row, taxCode, counter: index + 1, net, tax };
  });
}

/** What the core has no place for reads back as it was written. */
export const invoiceOverrides = ({ more }: InvoiceRow): Values | undefined => more?.header;
