/** Supplier invoices into the ERP, and what became of them back into the procurement suite. */
import type { Job } from '../kit/policies.ts';
import type { Rule, Tools } from '../kit/rule.ts';
import { erpOrderOf, parentOf } from './order-rules.ts';
import { erpReceiptLine } from './receipt-rules.ts';

const isOwed = ({ status, match }: any): boolean =>
  !['cancelled', 'rejected', 'disputed', 'draft'].includes(status) &&
  (match === 'matched' || match === 'approved');

async function erpInvoiceLine(line: any, job: Job, tools: Tools): Promise<object> {
  const order = line.purchaseOrder ? await erpOrderOf(tools, job, line.purchaseOrder) : undefined;
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
  const lines: object[] = [];
  for (const line of invoice.lines) lines.push(await erpInvoiceLine(line, job, tools));
  const original = invoice.refersTo
    ? await parentOf(
        tools.erp,
        `/supplier-invoices?externalReference=${invoice.refersTo}`,
        job,
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
  list: { path: '/invoices', key: (invoice) => invoice.number },
  async sync(job, tools) {
    const invoice = await tools.source(job, tools.procurement, `/invoices/${job.key}`);
    const lookup = `/supplier-invoices?externalReference=${invoice.number}`;
    if (invoice.status === 'cancelled') {
      await cancelPosted(job, tools, lookup);
      return;
    }
    if (!isOwed(invoice)) return;
    await tools.createOnce(job, tools.erp, {
      step: 'post',
      path: '/supplier-invoices',
      lookup,
      body: await erpInvoice(invoice, job, tools),
    });
  },
};

async function cancelPosted(job: Job, tools: Tools, lookup: string): Promise<void> {
  const posted = (await tools.erp.get(lookup, { job })).body.items[0];
  if (posted === undefined || posted.cancelledBy !== undefined || posted.status === 'cancelled')
    return;
  await tools.erp.call(`/supplier-invoices/${posted.year}/${posted.number}/cancel`, {
    method: 'POST',
    job,
    idempotencyKey: tools.policies.idempotencyKey(job, 'cancel'),
  });
}

const told = new Set(['posted', 'paid', 'cancelled']);

/** `version` is that of the ERP's invoice: what it says once is told once, however often it is tried. */
async function tellStatus(invoice: any, version: string, job: Job, tools: Tools): Promise<void> {
  if (!invoice.externalReference || invoice.cancels !== undefined || !told.has(invoice.status))
    return;
  const path = `/invoices/${invoice.externalReference}`;
  const known = await tools.procurement.find(path, { job });
  if (known === undefined || ['cancelled', 'rejected'].includes(known.body.status)) return;
  const reopened = known.body.status === 'paid' && invoice.status === 'posted';
  await tools.procurement.call(`${path}/status`, {
    method: 'POST',
    job,
    body: {
      status: invoice.status,
      erpNumber: `${invoice.year}/${invoice.number}`,
      ...(invoice.status === 'paid'
        ? { payment: invoice.payment, paidAmount: invoice.paidAmount }
        : {}),
      paymentBlocks: invoice.paymentBlocks,
      ...(reopened ? { paymentRejection: 'payment rejected by the bank' } : {}),
    },
    idempotencyKey: tools.policies.idempotencyKey(
      job,
      `${invoice.number}-${version}-${known.etag ?? ''}`,
    ),
    ifMatch: known.etag,
  });
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
  list: { path: '/supplier-invoices', key: ({ year, number }) => `${year}/${number}` },
  async sync(job, tools) {
    const invoice = await tools.source(job, tools.erp, `/supplier-invoices/${job.key}`);
    await tellStatus(invoice, tools.versionOf(job), job, tools);
  },
};

export const paymentBack: Rule = {
  name: 'payment-back',
  from: 'erp',
  events: ['payment.issued', 'payment.cleared', 'payment.rejected'],
  list: { path: '/payments', key: ({ year, number }) => `${year}/${number}` },
  async sync(job, tools) {
    const payment = await tools.source(job, tools.erp, `/payments/${job.key}`);
    for (const item of payment.items) {
      const invoice = await tools.fresh(job, tools.erp, `/supplier-invoices/${item.invoice}`);
      await tellStatus(invoice.body, String(invoice.version), job, tools);
    }
  },
};
