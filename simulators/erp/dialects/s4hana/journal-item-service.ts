/**
 * API_OPLACCTGDOCITEMCUBE_SRV: items of accounting documents, with what cleared them. Read only. There
 * is no service for payments: a payment is an accounting document that clears the supplier's items,
 * and that is how an integration learns what was paid.
 *
 * That the payment's own items name the invoices (`InvoiceReference`) is not verified: it depends on
 * how the payment run is set up.
 */
import type { AccountingDocument, PostingLine } from '../../../../domain/accounting-document.ts';
import { currencyDecimals } from '../../../../domain/currency.ts';
import { isNegative } from '../../../../domain/decimal.ts';
import type { SupplierInvoice } from '../../../../domain/supplier-invoice.ts';
import { type EntitySet, type Hints, type Service, erased } from '../../../odata/entity-set.ts';
import { fixed } from '../../../odata/json-text.ts';
import type { ServiceModel } from '../../../odata/model.ts';
import type { ErpCore } from '../../erp-core.ts';
import { journalItemFields } from './fields/journal-item-fields.ts';
import { type Surroundings, service, serviceModel, typeOf } from './s4-service.ts';

export const journalItemModel = (): ServiceModel =>
  serviceModel('API_OPLACCTGDOCITEMCUBE_SRV', journalItemFields);

export const journalItemService = (model: ServiceModel, around: Surroundings): Service =>
  service(model, [itemSet(model, around.core)], {}, around.pageSize);

interface ItemRow {
  readonly document: AccountingDocument;
  readonly line: PostingLine;
}

const linesOf = (document: AccountingDocument): ItemRow[] =>
  document.lines.map((line) => ({ document, line }));

/** `K` supplier, `M` material, `S` any other account. */
const accountType = ({ line }: ItemRow): string => {
  if (line.supplier !== undefined && line.key === 'KBS') return 'K';
  return line.key === 'BSX' ? 'M' : 'S';
};

/** Kind and id of the document that caused the posting. */
const sourceOf = ({ document }: ItemRow): readonly [kind: string, id: string] => {
  const [kind = '', id = ''] = document.source.split(' ');
  return [kind, id];
};

const referenceTypes: Readonly<Record<string, string>> = {
  SupplierInvoice: 'RMRP',
  MaterialDocument: 'MKPF',
  Payment: 'BKPF',
};

/** Number and year in one, as the vendor keeps the key of the causing document. */
function originalReference(row: ItemRow): string {
  const [kind, id] = sourceOf(row);
  const { number, year, companyCode } = row.document;
  if (kind === 'Payment') return `${number}${companyCode}${year}`;
  const [causeYear = '', causeNumber = ''] = id.split('/');
  return `${causeNumber}${causeYear}`;
}

/** The invoice behind a supplier's item: its own, or the one that a payment's item pays. */
function invoiceOf(core: ErpCore, row: ItemRow): SupplierInvoice | undefined {
  if (accountType(row) !== 'K') return undefined;
  const [kind, id] = sourceOf(row);
  if (kind === 'SupplierInvoice') return core.invoices.documents.get(id);
  if (kind !== 'Payment') return undefined;
  const place = row.document.lines.filter(({ key }) => key === 'KBS').indexOf(row.line);
  const item = core.payments.documents.get(id)?.items[place];
  return core.invoices.documents.get(item?.invoice ?? '');
}

const part = (id: string | undefined, index: 1 | 2): string => id?.split('/')[index] ?? '';

function documentsOf(core: ErpCore, { equals }: Hints): Iterable<AccountingDocument> {
  const { documents } = core.ledger;
  const [companies, years, numbers] = ['CompanyCode', 'FiscalYear', 'AccountingDocument'].map(
    (name) => equals.get(name),
  );
  if (companies !== undefined && years !== undefined && numbers !== undefined) {
    const ids = companies.flatMap((company) =>
      years.flatMap((year) => numbers.map((number) => `${company}/${year}/${number}`)),
    );
    return ids.flatMap((id) => documents.get(id) ?? []);
  }
  const originals = equals.get('OriginalReferenceDocument');
  if (originals === undefined) return documents.values();
  // Ten digits of the invoice and four of its year; what is none of these was not caused by an invoice.
  const invoices = originals.map((each) =>
    core.invoices.documents.get(`${each.slice(10)}/${each.slice(0, 10)}`),
  );
  return invoices.every((each) => each?.accountingDocument !== undefined)
    ? invoices.flatMap((each) => documents.get(each?.accountingDocument ?? '') ?? [])
    : documents.values();
}

function itemSet(model: ServiceModel, core: ErpCore): EntitySet {
  return erased<ItemRow>({
    type: typeOf(model, 'A_OperationalAcctgDocItemCube'),
    fields: { ...documentFields, ...itemFields(core) },
    find: (key) => {
      const id = `${key['CompanyCode']}/${key['FiscalYear']}/${key['AccountingDocument']}`;
      const document = core.ledger.documents.get(id);
      const rows = document === undefined ? [] : linesOf(document);
      return rows.find(({ line }) => line.line === key['AccountingDocumentItem']);
    },
    *rows(hints) {
      for (const document of documentsOf(core, hints)) yield* linesOf(document);
    },
  });
}

const documentFields: EntitySet<ItemRow>['fields'] = {
  CompanyCode: ({ document }) => document.companyCode,
  AccountingDocument: ({ document }) => document.number,
  FiscalYear: ({ document }) => document.year,
  AccountingDocumentItem: ({ line }) => line.line,
  AccountingDocumentType: ({ document }) => document.documentType,
  PostingDate: ({ document }) => document.postingDate,
  DocumentDate: ({ document }) => document.documentDate,
  FiscalPeriod: ({ document }) => document.period,
  CompanyCodeCurrency: ({ document }) => document.currency,
  OriginalReferenceDocument: originalReference,
  ReferenceDocumentType: (row) => referenceTypes[sourceOf(row)[0]] ?? 'BKPF',
};

const itemFields = (core: ErpCore): EntitySet<ItemRow>['fields'] => ({
  AccountingDocumentItemType: (row) => (accountType(row) === 'K' ? 'K' : ''),
  FinancialAccountType: accountType,
  DebitCreditCode: ({ line }) => (isNegative(line.amount) ? 'H' : 'S'),
  GLAccount: ({ line }) => line.account,
  Supplier: ({ line }) => line.supplier ?? '',
  AmountInCompanyCodeCurrency: ({ document, line }) =>
    fixed(line.amount, currencyDecimals(document.currency)),
  TaxCode: ({ line }) => line.taxCode ?? '',
  CostCenter: ({ line }) => line.costCenter ?? '',
  Plant: ({ line }) => line.plant ?? '',
  PurchasingDocument: ({ line }) => line.purchaseOrder ?? '',
  PurchasingDocumentItem: ({ line }) => line.purchaseOrderLine ?? '',
  ClearingAccountingDocument: ({ line }) => part(line.clearedBy, 2),
  ClearingDocFiscalYear: ({ line }) => part(line.clearedBy, 1),
  ClearingDate: ({ line }) => core.ledger.documents.get(line.clearedBy ?? '')?.postingDate,
  NetDueDate: (row) => invoiceOf(core, row)?.dueDate,
  DocumentReferenceID: (row) => invoiceOf(core, row)?.supplierReference ?? '',
  AssignmentReference: (row) => invoiceOf(core, row)?.externalReference ?? '',
  InvoiceReference: (row) =>
    sourceOf(row)[0] === 'Payment' ? part(invoiceOf(core, row)?.accountingDocument, 2) : '',
  InvoiceReferenceFiscalYear: (row) =>
    sourceOf(row)[0] === 'Payment' ? part(invoiceOf(core, row)?.accountingDocument, 1) : '',
});
