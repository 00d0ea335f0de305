/** Coupa's invoices: read as the rules know them, and told what the ERP says of them. */
import type { CallContext } from '../../kit/ports.ts';
import type { CoupaClient } from './coupa-client.ts';
import { dateOf, present, unsigned } from './coupa-values.ts';

/** What the rules call the suite's status, as far as they ask. */
function statusOf(invoice: any): string {
  if (invoice.status === 'voided') return 'cancelled';
  if (invoice.status === 'disputed' || invoice.status === 'rejected') return invoice.status;
  if (invoice.status !== 'approved') return 'draft';
  return invoice.paid ? 'paid' : (invoice['custom-fields']['erp-status'] ?? 'approved');
}

const lineOf = (line: any): object =>
  present({
    purchaseOrder: line['po-number'],
    purchaseOrderLine: line['order-line-num'],
    goodsReceipt: line['custom-fields'].receipt,
    glAccount: line.account?.['segment-2'],
    description: line.description,
    quantity: unsigned(line.quantity),
    unit: line.uom.code,
    amount: unsigned(line.total),
    taxCode: line['custom-fields']['tax-code'],
  });

/** The number in the suite of the invoice that a credit note names by its supplier's number. */
async function originalOf(client: CoupaClient, invoice: any): Promise<string | undefined> {
  const reference = invoice['original-invoice-number'];
  if (!reference) return undefined;
  const query = { 'invoice-number': reference, 'supplier[number]': invoice.supplier.number };
  return (await client.rows('invoices', query, {}))[0]?.['internal-number'];
}

export async function invoiceOf(client: CoupaClient, invoice: any): Promise<any> {
  const custom = invoice['custom-fields'];
  return present({
    number: invoice['internal-number'],
    id: invoice.id,
    status: statusOf(invoice),
    match: custom['match-status'],
    kind: custom.kind,
    supplierReference: invoice['invoice-number'],
    companyCode: custom['company-code'],
    supplier: invoice.supplier.number,
    currency: invoice.currency.code,
    documentDate: dateOf(invoice['invoice-date']),
    grossAmount: unsigned(invoice['total-with-taxes']),
    taxAmount: unsigned(invoice['tax-amount']),
    paymentTerms: invoice['payment-term'].code,
    refersTo: await originalOf(client, invoice),
    lines: invoice['invoice-lines'].map(lineOf),
    erpNumber: custom['erp-number'],
    paymentBlocks: custom['payment-blocks'],
    payment: invoice['payment-notes'],
    changedAt: invoice['updated-at'],
  });
}

/** Tells what is new; telling what is known would only cost a request. */
export async function tell(
  client: CoupaClient,
  known: any,
  news: any,
  call: CallContext,
): Promise<void> {
  if (isKnown(known, news)) return;
  const isPaid = news.status === 'paid';
  const body = {
    paid: isPaid,
    ...(isPaid ? { payments: [payment(news)] } : {}),
    'custom-fields': present({
      'erp-status': news.status,
      'erp-number': news.erpNumber,
      'payment-blocks': news.paymentBlocks,
      'payment-rejection': news.paymentRejection,
    }),
  };
  await client.send('PUT', `invoices/${known.id}`, body, call);
}

const payment = (news: any): object =>
  present({ notes: news.payment, 'amount-paid': news.paidAmount });

const isKnown = (known: any, news: any): boolean =>
  known.status === news.status &&
  known.erpNumber === news.erpNumber &&
  String(known.paymentBlocks ?? '') === String(news.paymentBlocks ?? '') &&
  (news.status !== 'paid' || known.payment === news.payment);
