/** Turning a draft into an invoice document, and a parked document back into a draft. */
import { type CalendarDate, addDays, timestamp } from '../../domain/calendar-date.ts';
import { zero } from '../../domain/decimal.ts';
import type { Supplier } from '../../domain/master-data.ts';
import type { InvoiceKind, SupplierInvoice } from '../../domain/supplier-invoice.ts';
import type { Context } from '../../harness/context.ts';
import { checkCurrency, checkDocumentDate, checkLength } from './checks.ts';
import type { SupplierInvoiceDraft } from './drafts.ts';
import type { Foundation } from './foundation.ts';
import { type InvoiceAmounts, invoiceAmounts } from './invoice-amounts.ts';
import {
  type InvoiceSurroundings,
  type ResolvedInvoiceLine,
  invoiceLine,
} from './invoice-lines.ts';
import { refuse } from './refuse.ts';

export interface ResolvedInvoice {
  readonly draft: SupplierInvoiceDraft;
  readonly kind: InvoiceKind;
  readonly currency: string;
  readonly companyCode: string;
  readonly postingDate: CalendarDate;
  readonly paymentTerms: string;
  readonly lines: readonly ResolvedInvoiceLine[];
  readonly amounts: InvoiceAmounts;
}

type Receipts = Pick<InvoiceSurroundings, 'receipts' | 'materialDocuments'>;

/** Checks everything that must hold of a parked invoice too; posts nothing. */
export function resolveInvoice(
  draft: SupplierInvoiceDraft,
  base: Foundation,
  receipts: Receipts,
  context: Context,
): ResolvedInvoice {
  const { masterData } = base;
  const supplier = payableSupplier(draft, base);
  const { code: companyCode, currency: local } = masterData.companyCode(draft.companyCode);
  const currency = draft.currency ?? supplier.currency;
  checkCurrency(currency, 'currency');
  base.exchange.check(currency, local);
  checkReferences(draft);
  const postingDate = draft.postingDate ?? (context.today as CalendarDate);
  checkDocumentDate(draft.documentDate, postingDate, context.today);
  const kind = draft.kind ?? 'invoice';
  const around: InvoiceSurroundings = {
    ...receipts,
    base,
    context,
    draft,
    kind,
    currency,
    postingDate,
  };
  const lines = draft.lines.map((each, index) => invoiceLine(each, index, around));
  const paymentTerms =
    draft.paymentTerms ??
    lines.find((each) => each.against)?.against?.order.paymentTerms ??
    supplier.paymentTerms;
  masterData.terms(paymentTerms);
  const amounts = invoiceAmounts(
    draft,
    lines.map((each) => each.document),
    currency,
    masterData,
  );
  return { draft, kind, currency, companyCode, postingDate, paymentTerms, lines, amounts };
}

function payableSupplier(draft: SupplierInvoiceDraft, { masterData }: Foundation): Supplier {
  const supplier = masterData.supplier(draft.supplier);
  if (supplier.blocked) {
    const message = `Supplier ${supplier.number} is blocked.`;
    refuse('invalid', 'supplier-blocked', message, 'supplier', { supplier: supplier.number });
  }
  return supplier;
}

function checkReferences(draft: SupplierInvoiceDraft): void {
  if (draft.lines.length === 0) refuse('invalid', 'no-lines', 'An invoice needs a line.', 'lines');
  if (draft.supplierReference === '') {
    const message = "The supplier's invoice number is missing.";
    refuse('invalid', 'supplier-reference-required', message, 'supplierReference');
  }
  checkLength(draft.supplierReference, 16, 'supplier-reference-too-long', 'supplierReference');
  const numbers = draft.lines.map((each, index) => each.line ?? String(index + 1));
  if (new Set(numbers).size < numbers.length) {
    refuse('invalid', 'duplicate-line', 'Two lines have the same number.', 'lines');
  }
}

/** The document of a resolved invoice; the status and what comes of posting it are the caller's. */
export function invoiceDocument(
  resolved: ResolvedInvoice,
  number: string,
  year: string,
  base: Foundation,
  context: Context,
): SupplierInvoice {
  const { draft, kind, currency, companyCode, postingDate, paymentTerms, lines, amounts } =
    resolved;
  const { documentDate, supplier, supplierReference, grossAmount, externalReference, refersTo } =
    draft;
  const { netDays } = base.masterData.terms(paymentTerms);
  return {
    number,
    year,
    ...(externalReference === undefined ? {} : { externalReference }),
    kind,
    status: 'draft',
    supplierReference,
    companyCode,
    supplier,
    currency,
    documentDate,
    postingDate,
    grossAmount,
    taxAmount: amounts.taxAmount,
    paymentTerms,
    dueDate: addDays(documentDate, netDays),
    lines: lines.map((each) => each.document),
    paymentBlocks: [],
    match: 'pendingReceipt',
    createdAt: timestamp(context.at),
    createdBy: context.by,
    paidAmount: zero,
    ...(refersTo === undefined ? {} : { refersTo }),
  };
}

/** What was parked, as it would be entered again. */
export function draftOf(parked: SupplierInvoice): SupplierInvoiceDraft {
  const { kind, supplierReference, companyCode, supplier, currency, documentDate, postingDate } =
    parked;
  const { grossAmount, taxAmount, paymentTerms, lines, externalReference, refersTo } = parked;
  return {
    kind,
    supplierReference,
    companyCode,
    supplier,
    currency,
    documentDate,
    postingDate,
    grossAmount,
    taxAmount,
    paymentTerms,
    lines,
    ...(externalReference === undefined ? {} : { externalReference }),
    ...(refersTo === undefined ? {} : { refersTo }),
  };
}
