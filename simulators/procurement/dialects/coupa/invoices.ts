/** Invoices: captured, disputed, approved, voided, and told what became of them. */
import { absolute } from '../../../../domain/decimal.ts';
import type { Invoice } from '../../documents.ts';
import type { InvoiceDraft, InvoiceLineDraft } from '../../drafts.ts';
import { type Body, given } from './body.ts';
import { badRequest, invalid, noAssociation } from './coupa-refusal.ts';
import type { Call, CoupaEndpoint } from './endpoint.ts';
import { markExported } from './exported.ts';
import { numberOf } from './identities.ts';
import { statusUpdate } from './invoice-feedback.ts';
import { invoiceStatus, invoices } from './invoice-table.ts';
import { companyIn } from './order-drafts.ts';
import { orderLineById } from './order-lines.ts';
import { changeOf, createOf, listOf, showOf } from './resource.ts';
import { supplierIn } from './suppliers.ts';

/** Order and line that an invoice line names; a charge names neither. */
function orderLineIn(
  body: Body,
  { view }: Call,
): Pick<InvoiceLineDraft, 'purchaseOrder' | 'purchaseOrderLine'> {
  const id = body.integer('order-line-id');
  if (id !== undefined) {
    const row = orderLineById(id, view);
    if (row !== undefined)
      return { purchaseOrder: row.order.number, purchaseOrderLine: row.line.line };
    throw noAssociation('OrderLine', body.at('order-line-id'), { id: String(id) }, ['id']);
  }
  const header = body.integer('order-header-id');
  return given({
    purchaseOrder:
      body.key('po-number', 20) ??
      body.key('order-header-num', 20) ??
      (header === undefined ? undefined : numberOf('PurchaseOrder', header)),
    purchaseOrderLine: body.key('order-line-num', 10),
  });
}

function lineDraft(body: Body, call: Call): InvoiceLineDraft {
  const custom = body.object('custom-fields');
  const quantity = body.required('quantity', body.decimal('quantity'));
  const credit = call.body.text('document-type', 40) === 'Credit Note';
  const total = body.decimal('total');
  return {
    quantity: credit ? absolute(quantity) : quantity,
    netPrice: body.required('price', body.decimal('price')),
    ...orderLineIn(body, call),
    ...given({
      line: body.key('line-num', 10),
      description: body.text('description', 200),
      unit: body.object('uom')?.key('code', 8),
      priceQuantity: custom?.decimal('price-quantity'),
      amount: credit && total !== undefined ? absolute(total) : total,
      taxCode: custom?.key('tax-code', 4),
      goodsReceipt: custom?.key('receipt', 40),
      glAccount: body.object('account')?.key('segment-2', 10),
    }),
  };
}

const documentTypes = new Set(['Invoice', 'Credit Note']);

/** The invoice that a credit note refers to, by its supplier's number. */
function originalIn(body: Body, supplier: string, { core }: Call): string | undefined {
  const reference = body.text('original-invoice-number', 40);
  if (reference === undefined) return undefined;
  const found = core.invoices.bySupplierReference
    .find(reference)
    .find((each) => each.supplier === supplier);
  if (found !== undefined) return found.number;
  throw noAssociation('Invoice', 'original-invoice-number', { 'invoice-number': reference }, [
    'invoice-number',
  ]);
}

function create(call: Call): Invoice {
  const { body, core, context } = call;
  const type = body.text('document-type', 40) ?? 'Invoice';
  if (!documentTypes.has(type)) {
    throw invalid('invalid-document-type', 'must be Invoice or Credit Note', 'document-type');
  }
  const credit = type === 'Credit Note';
  const supplier = body.required('supplier', supplierIn(body, 'supplier', call)).number;
  const lines = body
    .required('invoice-lines', body.objects('invoice-lines'))
    .map((line) => lineDraft(line, call));
  const order = core.orders.documents.get(
    lines.find((line) => line.purchaseOrder)?.purchaseOrder ?? '',
  );
  const amount = (name: string) => {
    const value = body.decimal(name);
    return credit && value !== undefined ? absolute(value) : value;
  };
  const draft: InvoiceDraft = {
    kind: credit ? 'creditMemo' : 'invoice',
    supplierReference: body.required('invoice-number', body.text('invoice-number', 40)),
    supplier,
    companyCode: order?.companyCode ?? companyIn(body, undefined, call),
    currency: body.required('currency', body.object('currency')?.text('code', 3)),
    documentDate: body.required('invoice-date', body.date('invoice-date')),
    lines,
    ...given({
      paymentTerms: body.object('payment-term')?.key('code', 8),
      grossAmount: amount('total-with-taxes') ?? amount('gross-total'),
      taxAmount: amount('tax-amount'),
      refersTo: originalIn(body, supplier, call),
    }),
  };
  return core.invoices.capture(draft, context);
}

/** Marks it exported, or takes the ERP's word about posting and payment. */
function update(invoice: Invoice, call: Call): Invoice {
  if (markExported('Invoice', invoice.number, call)) return invoice;
  const told = statusUpdate(invoice, call.body);
  if (told === undefined) {
    throw badRequest(
      'not-editable',
      'Only export flag, payment and ERP status of an invoice can be updated',
    );
  }
  if (told === 'same') return invoice;
  return call.core.invoices.updateStatus(invoice.number, told, call.context);
}

/** Invoices are matched as they are captured, so that submitting one that waits changes nothing. */
function submit(invoice: Invoice): Invoice {
  const status = invoiceStatus(invoice);
  if (status === 'pending_receipt' || status === 'pending_approval') return invoice;
  throw invalid('not-submittable', `Invoice is ${status}`, 'status');
}

/** The reason in words; Coupa's dispute has a code, the comment says more. */
function reasonIn(body: Body, otherwise: string): string {
  return (
    body.object('dispute-reason')?.text('code') ??
    body.text('comment') ??
    body.text('reason') ??
    otherwise
  );
}

const actions: readonly [
  action: string,
  operation: string,
  run: (invoice: Invoice, call: Call) => Invoice,
][] = [
  ['submit', 'submitInvoice', submit],
  [
    'dispute',
    'disputeInvoice',
    ({ number }, { core, body, context }) =>
      core.invoices.dispute(number, reasonIn(body, 'disputed'), context),
  ],
  [
    'withdraw_dispute',
    'withdrawInvoiceDispute',
    ({ number }, { core, context }) => core.invoices.resolveDispute(number, context),
  ],
  [
    'bypass_approvals',
    'approveInvoice',
    ({ number }, { core, context }) => core.invoices.approve(number, context),
  ],
  [
    'void',
    'voidInvoice',
    ({ number }, { core, body, context }) =>
      core.invoices.void(number, reasonIn(body, 'voided'), context),
  ],
];

export const invoiceEndpoints: readonly CoupaEndpoint[] = [
  listOf(invoices),
  showOf(invoices),
  createOf(invoices, {
    operation: 'captureInvoice',
    scopes: ['core.invoice.create'],
    key: ({ text }) => text('invoice-number'),
    run: create,
  }),
  changeOf(invoices, { operation: 'updateInvoiceStatus', run: update }),
  ...actions.map(([action, operation, run]) => changeOf(invoices, { action, operation, run })),
];
