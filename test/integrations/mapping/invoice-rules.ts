/** Supplier invoices into the ERP, and what became of them back into the procurement suite. */
import type { Job } from '../kit/policies.ts';
import type { Rule, Tools } from '../kit/rule.ts';
import { checkRevision, erpOrderOf, orMissing } from './order-rules.ts';
import { erpReceiptLine } from './receipt-rules.ts';

const isOwed = ({ status, match }: any): boolean =>
  !['cancelled', 'rejected', 'disputed', 'draft'].includes(status) &&
  (match === 'matched' || match === 'approved');

/** An invoice waits so often for a change of its order; a change that was refused never comes. */
const mostWaits = 5;

/**
 * The order as the invoice was matched against it. An invoice that overtakes a change of price is
 * checked against the old one, and the change is refused afterwards.
 */
async function orderAsMatched(number: string, job: Job, tools: Tools): Promise<any> {
  const order = await erpOrderOf(tools, job, number);
  if ((job.waits ?? 0) >= mostWaits) return order;
  try {
    await checkRevision(tools, job, order, number);
  } catch (error) {
    job.waits = (job.waits ?? 0) + 1;
    throw error;
  }
  return order;
}

async function erpInvoiceLine(line: any, order: any, job: Job, tools: Tools): Promise<object> {
  return {
    ...(order
      ? { purchaseOrder: order.number, purchaseOrderLine: line.purchaseOrderLine }
      : { glAccount: line.glAccount }),
    ...(line.goodsReceipt
      ? { goodsReceipt: await erpReceiptLine(tools, job, line.goodsReceipt) }
      : {}),
    description: line.description,
    quantity: line.quantity,
    unit: line.unit,
    amount: line.amount,
    taxCode: line.taxCode,
  };
}

async function erpInvoice(invoice: any, job: Job, tools: Tools): Promise<object> {
  const orders = new Map<string, any>();
  const lines: object[] = [];
  for (const line of invoice.lines) {
    const number = line.purchaseOrder;
    if (number && !orders.has(number)) orders.set(number, await orderAsMatched(number, job, tools));
    lines.push(await erpInvoiceLine(line, orders.get(number), job, tools));
  }
  const original = invoice.refersTo
    ? orMissing(
        await tools.erp.invoices.find(invoice.refersTo, { job }),
        `invoice ${invoice.refersTo}`,
      )
    : undefined;
  return {
    kind: invoice.kind,
    externalReference: invoice.number,
    supplierReference: invoice.supplierReference,
    companyCode: invoice.companyCode,
    supplier: invoice.supplier,
    currency: invoice.currency,
    documentDate: invoice.documentDate,
    grossAmount: invoice.grossAmount,
    taxAmount: invoice.taxAmount,
    paymentTerms: invoice.paymentTerms,
    ...(original ? { refersTo: `${original.year}/${original.number}` } : {}),
    lines,
  };
}

export const invoiceToErp: Rule = {
  name: 'invoice-to-erp',
  from: 'procurement',
  events: [
    'invoice.captured',
    'invoice.matched',
    'invoice.approved',
    'invoice.disputed',
    'invoice.voided',
  ],
  source: ({ procurement }) => procurement.invoices,
  async sync(job, tools) {
    const invoice = await tools.source(job, tools.procurement.invoices);
    if (invoice.status === 'cancelled') {
      await cancelPosted(invoice.number, job, tools);
      return;
    }
    if (!isOwed(invoice)) return;
    const body = await erpInvoice(invoice, job, tools);
    await tools.createOnce(job, tools.erp.invoices.creation(body));
  },
};

async function cancelPosted(number: string, job: Job, tools: Tools): Promise<void> {
  const { invoices } = tools.erp;
  const posted = await invoices.find(number, { job });
  if (posted === undefined || posted.cancelledBy !== undefined || posted.status === 'cancelled')
    return;
  const idempotencyKey = tools.policies.idempotencyKey(job, 'cancel');
  await invoices.cancel(posted, { job, idempotencyKey });
}

const told = new Set(['posted', 'paid', 'cancelled']);

/** `version` is that of the ERP's invoice: what it says once is told once, however often it is tried. */
async function tellStatus(invoice: any, version: string, job: Job, tools: Tools): Promise<void> {
  if (!invoice.externalReference || invoice.cancels !== undefined || !told.has(invoice.status))
    return;
  const { invoices } = tools.procurement;
  const known = await invoices.find(invoice.externalReference, { job });
  if (known === undefined || ['cancelled', 'rejected'].includes(known.body.status)) return;
  const reopened = known.body.status === 'paid' && invoice.status === 'posted';
  const news = {
    status: invoice.status,
    erpNumber: `${invoice.year}/${invoice.number}`,
    ...(invoice.status === 'paid'
      ? { payment: invoice.payment, paidAmount: invoice.paidAmount }
      : {}),
    paymentBlocks: invoice.paymentBlocks,
    ...(reopened ? { paymentRejection: 'payment rejected by the bank' } : {}),
  };
  const step = `${invoice.number}-${version}-${known.etag ?? ''}`;
  const idempotencyKey = tools.policies.idempotencyKey(job, step);
  await invoices.tell(known, news, { job, idempotencyKey });
}

export const invoiceStatusBack: Rule = {
  name: 'invoice-status-back',
  from: 'erp',
  events: [
    'supplier-invoice.posted',
    'supplier-invoice.blocked',
    'supplier-invoice.released',
    'supplier-invoice.cancelled',
  ],
  source: ({ erp }) => erp.invoices,
  async sync(job, tools) {
    const invoice = await tools.source(job, tools.erp.invoices);
    await tellStatus(invoice, tools.versionOf(job), job, tools);
  },
};

export const paymentBack: Rule = {
  name: 'payment-back',
  from: 'erp',
  events: ['payment.issued', 'payment.cleared', 'payment.rejected'],
  source: ({ erp }) => erp.payments,
  async sync(job, tools) {
    const payment = await tools.source(job, tools.erp.payments);
    for (const item of payment.items) {
      const invoice = await tools.fresh(job, tools.erp.invoices, item.invoice);
      await tellStatus(invoice.body, String(invoice.version), job, tools);
    }
  },
};
