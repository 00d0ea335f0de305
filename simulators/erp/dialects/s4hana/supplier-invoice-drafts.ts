/** Bodies of the supplier invoice service as the core's drafts. */
import type { CalendarDate } from '../../../../domain/calendar-date.ts';
import { type Decimal, sum } from '../../../../domain/decimal.ts';
import type { InvoiceKind } from '../../../../domain/supplier-invoice.ts';
import { BusinessError } from '../../../../harness/business-error.ts';
import type { Body } from '../../../odata/body-reader.ts';
import type { Value } from '../../../odata/model.ts';
import type { InvoiceLineDraft, SupplierInvoiceDraft } from '../../drafts.ts';
import { domainUnit } from './units.ts';

type Members = Readonly<Record<string, Value>>;
type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Header members that the core keeps itself. */
export const invoiceTaken = new Set([
  'CompanyCode',
  'DocumentDate',
  'PostingDate',
  'SupplierInvoiceIDByInvcgParty',
  'InvoicingParty',
  'DocumentCurrency',
  'InvoiceGrossAmount',
  'PaymentTerms',
  'SupplierInvoiceStatus',
  'SupplierInvoiceIsCreditMemo',
  'InvoiceReference',
  'InvoiceReferenceFiscalYear',
  'AssignmentReference',
  'AccountingDocumentType',
  'PaymentBlockingReason',
]);

const text = (value: Value): string | undefined =>
  value === undefined || value === '' ? undefined : String(value);

/** Statuses of an invoice that is kept and not posted: parked, parked as complete, held. */
export const isParked = (values: Members): boolean =>
  ['A', 'B', 'C', 'D', 'E', '1', '2'].includes(String(values['SupplierInvoiceStatus'] ?? ''));

export function invoiceDraft({ values, nested }: Body): SupplierInvoiceDraft {
  const orderItems = nested['to_SuplrInvcItemPurOrdRef'] ?? [];
  const accountItems = nested['to_SupplierInvoiceItemGLAcct'] ?? [];
  const lines = [...orderItems.map(orderLine), ...accountItems.map(accountLine)];
  const draft: Writable<SupplierInvoiceDraft> = {
    kind: kindOf(values, orderItems),
    supplierReference: String(values['SupplierInvoiceIDByInvcgParty'] ?? ''),
    companyCode: String(values['CompanyCode'] ?? ''),
    supplier: String(values['InvoicingParty'] ?? ''),
    documentDate: requiredDate(values),
    grossAmount: (values['InvoiceGrossAmount'] ?? '0') as Decimal,
    // One after the other, whatever numbers came with them: two kinds of items share the core's lines.
    lines: lines.map((line, index) => ({ ...line, line: String(index + 1) })),
  };
  const postingDate = text(values['PostingDate']);
  if (postingDate !== undefined) draft.postingDate = postingDate as CalendarDate;
  const currency = text(values['DocumentCurrency']);
  if (currency !== undefined) draft.currency = currency;
  const paymentTerms = text(values['PaymentTerms']);
  if (paymentTerms !== undefined) draft.paymentTerms = paymentTerms;
  const reference = text(values['AssignmentReference']);
  if (reference !== undefined) draft.externalReference = reference;
  const original = text(values['InvoiceReference']);
  if (original !== undefined) {
    draft.refersTo = `${String(values['InvoiceReferenceFiscalYear'] ?? '')}/${original}`;
  }
  const tax = nested['to_SupplierInvoiceTax'];
  if (tax !== undefined && tax.length > 0 && values['TaxIsCalculatedAutomatically'] !== true) {
    draft.taxAmount = sum(tax.map((each) => (each.values['TaxAmount'] ?? '0') as Decimal));
  }
  return draft;
}

function requiredDate(values: Members): CalendarDate {
  const date = text(values['DocumentDate']);
  if (date !== undefined) return date as CalendarDate;
  const message = 'Enter a document date';
  throw new BusinessError({
    refusal: 'invalid',
    rule: 'document-date-required',
    message,
    field: 'documentDate',
  });
}

function kindOf(values: Members, items: readonly Body[]): InvoiceKind {
  const isCredit = values['SupplierInvoiceIsCreditMemo'] === 'X';
  const isSubsequent = items.some(
    (item) => text(item.values['IsSubsequentDebitCredit']) !== undefined,
  );
  if (isSubsequent) return isCredit ? 'subsequentCredit' : 'subsequentDebit';
  return isCredit ? 'creditMemo' : 'invoice';
}

function orderLine({ values }: Body): InvoiceLineDraft {
  const draft: Writable<InvoiceLineDraft> = {
    amount: (values['SupplierInvoiceItemAmount'] ?? '0') as Decimal,
    purchaseOrder: String(values['PurchaseOrder'] ?? ''),
    purchaseOrderLine: String(values['PurchaseOrderItem'] ?? ''),
    ...shared(values),
  };
  const quantity = values['QuantityInPurchaseOrderUnit'];
  if (quantity !== undefined && quantity !== '0') draft.quantity = quantity as Decimal;
  const unit =
    text(values['PurchaseOrderQuantityUnit']) ?? text(values['PurchaseOrderQtyUnitSAPCode']);
  if (unit !== undefined) draft.unit = domainUnit(unit);
  const receipt = text(values['ReferenceDocument']);
  if (receipt !== undefined) {
    const year = text(values['ReferenceDocumentFiscalYear']);
    const item = text(values['ReferenceDocumentItem']) ?? '1';
    draft.goodsReceipt = year === undefined ? `${receipt}/${item}` : `${year}/${receipt}/${item}`;
  }
  return draft;
}

function accountLine({ values }: Body): InvoiceLineDraft {
  const draft: Writable<InvoiceLineDraft> = {
    amount: (values['SupplierInvoiceItemAmount'] ?? '0') as Decimal,
    glAccount: String(values['GLAccount'] ?? ''),
    ...shared(values),
  };
  const quantity = values['Quantity'];
  if (quantity !== undefined && quantity !== '0') draft.quantity = quantity as Decimal;
  const unit = text(values['QuantityUnit']);
  if (unit !== undefined) draft.unit = domainUnit(unit);
  return draft;
}

function shared(values: Members): Pick<InvoiceLineDraft, 'description' | 'taxCode'> {
  const description = text(values['SupplierInvoiceItemText']);
  const taxCode = text(values['TaxCode']);
  return {
    ...(description === undefined ? {} : { description }),
    ...(taxCode === undefined ? {} : { taxCode }),
  };
}
