/**
 * Supplier invoices, which carry the number in procurement as their assignment; and payments, which
 * are accounting documents that clear the supplier's items.
 */
import { CallFailed } from '../../kit/call-failed.ts';
import type { CallContext, ErpPort, Read, Source } from '../../kit/ports.ts';
import type { S4Client } from './s4-client.ts';
import {
  dateTime,
  isoOf,
  msOfText,
  plainDecimal,
  present,
  textOfMs,
  vendorUnit,
} from './s4-values.ts';

const service = '/API_SUPPLIERINVOICE_PROCESS_SRV';
const invoices = `${service}/A_SupplierInvoice`;
const items = '/API_OPLACCTGDOCITEMCUBE_SRV/A_OperationalAcctgDocItemCube';

/** A person's block is told apart from what verification found, which the vendor does not detail. */
const blocksOf = (reason: string): string[] =>
  reason === '' ? [] : [reason === 'A' ? 'manual' : 'verification'];

function statusOf(invoice: any): string {
  if (invoice.IsReversed) return 'cancelled';
  if (invoice.SupplierInvoiceStatus !== '5') return 'draft';
  return invoice.SupplierInvoicePaymentStatus === 'Paid' ? 'paid' : 'posted';
}

const invoiceOf = (invoice: any): any =>
  present({
    number: invoice.SupplierInvoice,
    year: invoice.FiscalYear,
    externalReference: invoice.AssignmentReference || undefined,
    status: statusOf(invoice),
    paymentBlocks: blocksOf(invoice.PaymentBlockingReason),
    cancels: invoice.IsReversal ? invoice.ReverseDocument : undefined,
    cancelledBy: invoice.IsReversed ? invoice.ReverseDocument : undefined,
    changedAt: isoOf(msOfText(invoice.SuplrInvcLstChgDteTmeTxt)),
  });

const shared = (line: any, currency: string): object => ({
  SupplierInvoiceItemText: line.description?.slice(0, 50),
  TaxCode: line.taxCode,
  DocumentCurrency: currency,
  SupplierInvoiceItemAmount: line.amount,
});

function orderItem(line: any, index: number, { currency, kind }: any): object {
  const [year, document, item] = line.goodsReceipt?.split('/') ?? [];
  return present({
    SupplierInvoiceItem: String(index + 1),
    PurchaseOrder: line.purchaseOrder,
    PurchaseOrderItem: line.purchaseOrderLine,
    ReferenceDocument: document,
    ReferenceDocumentFiscalYear: year,
    ReferenceDocumentItem: item,
    IsSubsequentDebitCredit: kind.startsWith('subsequent') ? 'X' : undefined,
    QuantityInPurchaseOrderUnit: line.quantity,
    PurchaseOrderQuantityUnit: vendorUnit(line.unit),
    ...shared(line, currency),
  });
}

const accountItem = (line: any, index: number, { currency, companyCode }: any): object =>
  present({
    SupplierInvoiceItem: String(index + 1),
    CompanyCode: companyCode,
    GLAccount: line.glAccount,
    DebitCreditCode: 'S',
    Quantity: line.quantity,
    QuantityUnit: vendorUnit(line.unit),
    ...shared(line, currency),
  });

function bodyOf(invoice: any): object {
  const [year, original] = invoice.refersTo?.split('/') ?? [];
  const ofOrders = invoice.lines.filter((line: any) => line.purchaseOrder);
  const ofAccounts = invoice.lines.filter((line: any) => !line.purchaseOrder);
  const isCredit = invoice.kind === 'creditMemo' || invoice.kind === 'subsequentCredit';
  return present({
    CompanyCode: invoice.companyCode,
    DocumentDate: dateTime(invoice.documentDate),
    SupplierInvoiceIDByInvcgParty: invoice.supplierReference,
    InvoicingParty: invoice.supplier,
    DocumentCurrency: invoice.currency,
    InvoiceGrossAmount: invoice.grossAmount,
    PaymentTerms: invoice.paymentTerms,
    AssignmentReference: invoice.externalReference,
    SupplierInvoiceIsCreditMemo: isCredit ? 'X' : undefined,
    InvoiceReference: original,
    InvoiceReferenceFiscalYear: year,
    to_SuplrInvcItemPurOrdRef: ofOrders.map((line: any, index: number) =>
      orderItem(line, index, invoice),
    ),
    to_SupplierInvoiceItemGLAcct: ofAccounts.map((line: any, index: number) =>
      accountItem(line, index, invoice),
    ),
    to_SupplierInvoiceTax: [
      {
        TaxCode: invoice.lines[0]?.taxCode,
        DocumentCurrency: invoice.currency,
        TaxAmount: invoice.taxAmount,
      },
    ],
  });
}

const keyOf = ({ year, number }: any): string => `${year}/${number}`;

/** Number and year of the document that cleared the invoice. */
async function payment(client: S4Client, invoice: any, call: CallContext): Promise<object> {
  const original = `OriginalReferenceDocument eq '${invoice.number}${invoice.year}'`;
  const $filter = `${original} and FinancialAccountType eq 'K'`;
  const [item] = await client.rows(items, { $filter }, call);
  // The invoice says paid and its item says open: one of the two was read too early.
  if (!item?.ClearingAccountingDocument)
    throw new CallFailed('transient', `${keyOf(invoice)} is not cleared yet`);
  return { payment: `${item.ClearingDocFiscalYear}/${item.ClearingAccountingDocument}` };
}

export function s4Invoices(client: S4Client): ErpPort['invoices'] {
  const find: ErpPort['invoices']['find'] = async (reference, call) => {
    const $filter = `AssignmentReference eq '${reference}'`;
    const rows = (await client.rows(invoices, { $filter }, call)).map(invoiceOf);
    return rows.find(({ cancels }) => cancels === undefined);
  };
  return {
    name: 'erp/A_SupplierInvoice',
    read: async (key, call): Promise<Read> => {
      const [year, number] = key.split('/');
      const path = `${invoices}(SupplierInvoice='${number}',FiscalYear='${year}')`;
      const row = await client.entity(path, {}, call);
      const invoice = invoiceOf(row);
      const paid = invoice.status === 'paid' ? await payment(client, invoice, call) : {};
      const version = msOfText(row.SuplrInvcLstChgDteTmeTxt);
      return { body: { ...invoice, ...paid }, version, listed: invoice };
    },
    async *changedSince(sinceMs) {
      const $filter = `SuplrInvcLstChgDteTmeTxt ge '${textOfMs(sinceMs)}'`;
      for await (const page of client.pages(invoices, { $filter })) yield page.map(invoiceOf);
    },
    keyOf,
    find,
    creation: (invoice) => ({
      step: 'post',
      lookup: `${invoices} ${invoice.externalReference}`,
      body: bodyOf(invoice),
      keyed: false,
      find: (call) => find(invoice.externalReference, call),
      create: async (body, call) => invoiceOf(await client.post(invoices, body, call)),
    }),
    cancel: async ({ year, number }, call) => {
      const key = `FiscalYear='${year}'&SupplierInvoice='${number}'&ReversalReason='01'`;
      await client.post(`${service}/Cancel?${key}`, undefined, call);
    },
  };
}

/** What the documents that a payment's items name were posted for. */
async function paidInvoices(
  client: S4Client,
  company: string,
  paying: readonly any[],
  call: CallContext,
): Promise<{ invoice: string }[]> {
  const paid: { invoice: string }[] = [];
  for (const { InvoiceReference: number, InvoiceReferenceFiscalYear: year } of paying) {
    if (!number) continue;
    const $filter = `CompanyCode eq '${company}' and FiscalYear eq '${year}' and AccountingDocument eq '${number}' and FinancialAccountType eq 'K'`;
    const [item] = await client.rows(items, { $filter }, call);
    const original: string = item?.OriginalReferenceDocument ?? '';
    if (item?.ReferenceDocumentType === 'RMRP')
      paid.push({ invoice: `${original.slice(-4)}/${original.slice(0, -4)}` });
  }
  return paid;
}

/** By company code, year and number of the accounting document. Invoices that change tell of payments, too. */
export const s4Payments = (client: S4Client): Source => ({
  name: items,
  read: async (key, call) => {
    const [company = '', year, number] = key.split('/');
    const $filter = `CompanyCode eq '${company}' and FiscalYear eq '${year}' and AccountingDocument eq '${number}' and FinancialAccountType eq 'K'`;
    const paying = await client.rows(items, { $filter }, call);
    if (paying.length === 0) throw new CallFailed('missingParent', `no items of ${key} yet`);
    const amount = paying.map((each) => plainDecimal(each.AmountInCompanyCodeCurrency)).join(' ');
    return {
      body: { items: await paidInvoices(client, company, paying, call), amount },
      version: 0,
    };
  },
  async *changedSince() {
    // Nothing to list: an invoice that is paid or open again is a changed invoice.
  },
  keyOf: () => '',
});
