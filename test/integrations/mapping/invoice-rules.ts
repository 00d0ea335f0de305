/** Supplier invoices into the ERP, and what became of them back into the procurement suite. */
import { CallFailed } from '../kit/call-failed.ts';
import type { Job } from '../kit/policies.ts';
import type { Read } from '../kit/ports.ts';
import type { Rule, Tools } from '../kit/rule.ts';
import { checkRevision, erpOrderOf, mayBeThere, orMissing } from './order-rules.ts';
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
  const isWaitedFor = (job.waits ?? 0) < mostWaits && !tools.wasRefused('order-to-erp', number);
  if (!isWaitedFor) return order;
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
    taxCode: tools.policies.mapping === 'oneTaxCode' ? 'V1' : line.taxCode,
  };
}

/** A calendar date has no time zone, and is shifted by whoever gives it one. */
function dateOf(date: string, { policies }: Tools): string {
  if (policies.dates === 'asGiven') return date;
  return new Date(`${date}T00:00:00+02:00`).toISOString().slice(0, 10);
}

/** Tax and total are the supplier's, to the cent; added up from rounded lines they are off by some. */
function totalsOf(invoice: any, { policies }: Tools): object {
  const { grossAmount, taxAmount, lines } = invoice;
  if (policies.totals === 'asGiven') return { grossAmount, taxAmount };
  const nets: number[] = lines.map(({ amount }: any) => Number(amount));
  const net = nets.reduce((sum, each) => sum + each, 0);
  const rate = net === 0 ? 0 : Number(taxAmount) / net;
  const tax = nets.reduce((sum, each) => sum + Math.round(each * rate * 100) / 100, 0);
  return { grossAmount: (net + tax).toFixed(2), taxAmount: tax.toFixed(2) };
}

async function erpInvoice(invoice: any, job: Job, tools: Tools): Promise<object> {
  const orders = new Map<string, any>();
  const lines: object[] = [];
  for (const line of invoice.lines) {
    const number = line.purchaseOrder;
    if (number && !orders.has(number)) orders.set(number, await orderAsMatched(number, job, tools));
    lines.push(await erpInvoiceLine(line, orders.get(number), job, tools));
  }
  const isInvoice = tools.policies.mapping === 'creditsAreInvoices';
  const original =
    invoice.refersTo && !isInvoice
      ? orMissing(
          await tools.erp.invoices.find(invoice.refersTo, { job }),
          `invoice ${invoice.refersTo}`,
        )
      : undefined;
  return {
    kind: isInvoice ? 'invoice' : invoice.kind,
    externalReference: invoice.number,
    supplierReference: invoice.supplierReference,
    companyCode: invoice.companyCode,
    supplier: invoice.supplier,
    currency: invoice.currency,
    documentDate: dateOf(invoice.documentDate, tools),
    ...totalsOf(invoice, tools),
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
  const { lookup } = invoices.creation({ externalReference: number, kind: 'invoice', lines: [] });
  if (posted === undefined && mayBeThere(tools, job, lookup)) {
    throw new CallFailed('transient', `invoice ${number} was posted and is not to be seen yet`);
  }
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
  const known = await knownInvoice(invoice, job, tools);
  if (['cancelled', 'rejected'].includes(known.body.status)) return;
  const { status, payment } = known.body;
  // Paid again before anybody told that the bank gave the first payment back.
  if (status === 'paid' && invoice.status === 'paid' && payment !== invoice.payment) {
    const open = { ...invoice, status: 'posted', payment: undefined };
    await tell(open, known, version, job, tools);
    await tell(invoice, await knownInvoice(invoice, job, tools), version, job, tools);
  } else await tell(invoice, known, version, job, tools);
}

/** It was captured there: not finding it is a late read. */
const knownInvoice = async ({ externalReference }: any, job: Job, tools: Tools): Promise<Read> =>
  orMissing(
    await tools.procurement.invoices.find(externalReference, { job }),
    `invoice ${externalReference}`,
  );

async function tell(
  invoice: any,
  known: Read,
  version: string,
  job: Job,
  tools: Tools,
): Promise<void> {
  const { status, year, number, payment, paidAmount, paymentBlocks } = invoice;
  const reopened = known.body.status === 'paid' && status === 'posted';
  const news = {
    status,
    erpNumber: `${year}/${number}`,
    ...(status === 'paid' ? { payment, paidAmount } : {}),
    paymentBlocks,
    ...(reopened ? { paymentRejection: 'payment rejected by the bank' } : {}),
  };
  const step = `${number}-${version}-${(known.etag ?? '').replaceAll('"', '')}`;
  const idempotencyKey = tools.policies.idempotencyKey(job, step);
  await tools.procurement.invoices.tell(known, news, { job, idempotencyKey });
}

/** Two rules tell of one invoice: one at a time, so that what was read first is not told last. */
const tellCurrent = (key: string, job: Job, tools: Tools): Promise<void> =>
  tools.alone(`invoice ${key}`, async () => {
    const { body, version } = await tools.fresh(job, tools.erp.invoices, key);
    await tellStatus(body, String(version), job, tools);
  });

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
    if (tools.policies.truth === 'source') await tellCurrent(job.key, job, tools);
    else await tellStatus(invoice, tools.versionOf(job), job, tools);
  },
};

export const paymentBack: Rule = {
  name: 'payment-back',
  from: 'erp',
  events: ['payment.issued', 'payment.cleared', 'payment.rejected'],
  source: ({ erp }) => erp.payments,
  async sync(job, tools) {
    const payment = await tools.source(job, tools.erp.payments);
    for (const item of payment.items) await tellCurrent(item.invoice, job, tools);
  },
};
