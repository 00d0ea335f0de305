/** Invoices as the suite shows them. A credit note counts below zero, as Coupa has it. */
import { type Decimal, isZero } from '../../../../domain/decimal.ts';
import { subtract } from '../../../../domain/decimal.ts';
import type { CapturedLine, Invoice, InvoicePayment, LineMatch } from '../../documents.ts';
import {
  type Table,
  type View,
  boolean,
  datetime,
  decimalValue,
  integer,
  list,
  many,
  one,
  string,
  updatedAt,
} from './attributes.ts';
import { exportedAttributes } from './exported.ts';
import { lineId, numberOf } from './identities.ts';
import {
  accountTable,
  currencyTable,
  paymentTermTable,
  termsOf,
  uomTable,
  userTable,
} from './reference-tables.ts';
import { type Resource, rowsOfAll } from './resource.ts';
import { supplierTable } from './suppliers.ts';
import { dateText, moneyText, quantityText, timeText, timestampText } from './wire-text.ts';

interface LineRow {
  readonly invoice: Invoice;
  readonly line: CapturedLine;
  readonly place: number;
}

const lineRows = (invoice: Invoice): LineRow[] =>
  invoice.lines.map((line, place) => ({ invoice, line, place }));

const isCredit = ({ kind }: Invoice): boolean =>
  kind === 'creditMemo' || kind === 'subsequentCredit';

const signed = (invoice: Invoice, text: string): string =>
  isCredit(invoice) && !/^0(?:\.0*)?$/.test(text) ? `-${text}` : text;

const money = (read: (invoice: Invoice) => Decimal) =>
  decimalValue((invoice: Invoice) => signed(invoice, moneyText(read(invoice), invoice.currency)));

/** A line's departure from order and receipt; open until somebody accepts it. */
interface Tolerance {
  readonly code: string;
  readonly resolved: boolean;
}

const toleranceTable: Table<Tolerance> = {
  keys: ['code'],
  attributes: {
    code: string(({ code }) => code),
    resolved: boolean(({ resolved }) => resolved),
  },
};

function failedTolerances({ invoice, line }: LineRow): Tolerance[] {
  const match: LineMatch | undefined = invoice.lineMatches.find((each) => each.line === line.line);
  const resolved = invoice.match === 'approved';
  return (match?.exceptions ?? []).map((code) => ({ code, resolved }));
}

const orderLineId = ({ line }: LineRow, { core, ids }: View): number | undefined => {
  const { purchaseOrder = '', purchaseOrderLine } = line;
  const order = core.orders.documents.get(purchaseOrder);
  const place = order?.lines.findIndex((each) => each.line === purchaseOrderLine) ?? -1;
  return place < 0 ? undefined : lineId(ids.idOf('PurchaseOrder', purchaseOrder), place);
};

const lineCustomFields: Table<LineRow> = {
  keys: [],
  attributes: {
    'tax-code': string(({ line }) => line.taxCode),
    'price-quantity': decimalValue(({ line }) => quantityText(line.priceQuantity)),
    'match-status': string(
      ({ invoice, line }) => invoice.lineMatches.find((each) => each.line === line.line)?.status,
    ),
    /** Receipt of the suite that is invoiced, as `<receipt number>/<line>`. */
    receipt: string(({ line }) => line.goodsReceipt),
  },
};

const lineTable: Table<LineRow> = {
  keys: ['id', 'line-num'],
  attributes: {
    id: integer(({ invoice, place }, { ids }) =>
      lineId(ids.idOf('Invoice', invoice.number), place),
    ),
    'line-num': string(({ line }) => line.line),
    type: string(() => 'InvoiceQuantityLine'),
    description: string(({ line }) => line.description),
    quantity: decimalValue(({ invoice, line }) => signed(invoice, quantityText(line.quantity))),
    price: decimalValue(({ invoice, line }) => moneyText(line.netPrice, invoice.currency)),
    total: decimalValue(({ invoice, line }) =>
      signed(invoice, moneyText(line.amount, invoice.currency)),
    ),
    'accounting-total': decimalValue(({ invoice, line }) =>
      signed(invoice, moneyText(line.amount, invoice.currency)),
    ),
    'po-number': string(({ line }) => line.purchaseOrder),
    'order-header-num': string(({ line }) => line.purchaseOrder),
    'order-line-id': integer(orderLineId),
    'order-line-num': string(({ line }) => line.purchaseOrderLine),
    uom: one(
      () => uomTable,
      ({ line }) => line.unit,
    ),
    account: one(
      () => accountTable,
      ({ invoice, line }) => ({
        companyCode: invoice.companyCode,
        assignment:
          line.glAccount === undefined
            ? undefined
            : { category: 'costCenter' as const, object: '', glAccount: line.glAccount },
      }),
    ),
    'failed-tolerances': many(() => toleranceTable, failedTolerances),
    'custom-fields': one(
      () => lineCustomFields,
      (row) => row,
    ),
  },
};

const paymentTable: Table<InvoicePayment & { readonly currency: string }> = {
  keys: ['notes'],
  attributes: {
    'amount-paid': decimalValue(({ amount, currency }) => moneyText(amount, currency)),
    'payment-date': datetime(({ on }) => dateText(on)),
    /** The payment's number in the ERP. */
    notes: string(({ payment }) => payment),
    status: string(({ status }) => status),
    reason: string(({ reason }) => reason),
  },
};

const customFields: Table<Invoice> = {
  keys: [],
  attributes: {
    'company-code': string(({ companyCode }) => companyCode),
    kind: string(({ kind }) => kind),
    'match-status': string(({ match }) => match),
    'erp-number': string(({ erpNumber }) => erpNumber),
    /** Where the ERP says the invoice is; nothing before it has told. */
    'erp-status': string(({ status }) =>
      status === 'posted' || status === 'paid' ? status : undefined,
    ),
    'payment-blocks': list(({ paymentBlocks }) => paymentBlocks),
    reason: string(({ reason }) => reason),
  },
};

/** The suite's status and match in Coupa's words. */
export function invoiceStatus({ status, match }: Invoice): string {
  if (status === 'cancelled') return 'voided';
  if (status === 'rejected') return 'rejected';
  if (status === 'disputed' || match === 'disputed') return 'disputed';
  if (status !== 'draft') return 'approved';
  return match === 'pendingReceipt' ? 'pending_receipt' : 'pending_approval';
}

const lastPayment = ({ status, payments }: Invoice): InvoicePayment | undefined =>
  status === 'paid' ? payments.findLast((each) => each.status === 'paid') : undefined;

const idOf = ({ number }: Invoice, { ids }: View): number => ids.idOf('Invoice', number);

const disputeTable: Table<string> = {
  keys: ['code'],
  attributes: { code: string((code) => code) },
};

const invoiceTable: Table<Invoice> = {
  keys: ['id', 'invoice-number'],
  attributes: {
    id: integer(idOf),
    'created-at': datetime(({ createdAt }) => timestampText(createdAt)),
    'updated-at': datetime(({ number }, { core }) =>
      timeText(updatedAt(core.invoices.documents, number)),
    ),
    'invoice-number': string(({ supplierReference }) => supplierReference),
    /** The suite's own number of the document. */
    'internal-number': string(({ number }) => number),
    'invoice-date': datetime(({ documentDate }) => dateText(documentDate)),
    status: string(invoiceStatus),
    'document-type': string((invoice) => (isCredit(invoice) ? 'Credit Note' : 'Invoice')),
    'original-invoice-number': string(
      ({ refersTo }, { core }) => core.invoices.documents.get(refersTo ?? '')?.supplierReference,
    ),
    'gross-total': money(({ grossAmount }) => grossAmount),
    'total-with-taxes': money(({ grossAmount }) => grossAmount),
    'line-total': money(({ grossAmount, taxAmount }) => subtract(grossAmount, taxAmount)),
    'tax-amount': money(({ taxAmount }) => taxAmount),
    paid: boolean(({ status }) => status === 'paid'),
    'payment-date': datetime((invoice) => {
      const payment = lastPayment(invoice);
      return payment && dateText(payment.on);
    }),
    'payment-notes': string((invoice) => lastPayment(invoice)?.payment),
    ...exportedAttributes<Invoice>('Invoice', ({ number }) => number),
    canceled: boolean(({ status }) => status === 'cancelled'),
    'net-due-date': datetime(({ dueDate }) => dateText(dueDate)),
    'lock-version-key': integer(
      ({ number }, { core }) => core.invoices.documents.entry(number)?.version,
    ),
    'dispute-reason': one(
      () => disputeTable,
      ({ disputeReason }) => disputeReason,
    ),
    supplier: one(
      () => supplierTable,
      ({ supplier }, { core }) => core.suppliers.documents.get(supplier),
    ),
    currency: one(
      () => currencyTable,
      ({ currency }) => currency,
    ),
    'payment-term': one(
      () => paymentTermTable,
      ({ paymentTerms }, view) => termsOf(paymentTerms, view),
    ),
    'created-by': one(
      () => userTable,
      ({ createdBy }) => createdBy,
    ),
    'custom-fields': one(
      () => customFields,
      (invoice) => invoice,
    ),
    payments: many(
      () => paymentTable,
      ({ payments, currency }) =>
        payments
          .filter(({ amount }) => !isZero(amount))
          .map((payment) => ({ ...payment, currency })),
    ),
    'invoice-lines': many(() => lineTable, lineRows),
  },
};

const rows = (number: string, { core }: View): Invoice[] => {
  const invoice = core.invoices.documents.get(number);
  return invoice === undefined ? [] : [invoice];
};

export const invoices: Resource<Invoice> = {
  name: 'invoices',
  singular: 'Invoice',
  plural: 'Invoices',
  object: 'core.invoice',
  table: invoiceTable,
  idOf,
  byId: (id, view) => rows(numberOf('Invoice', id) ?? '', view)[0],
  all: (view) => rowsOfAll('Invoice', rows, view),
  documents: { kind: 'Invoice', exported: 'Invoice', rows },
  indexed: {
    'invoice-number': (reference, { core }) => core.invoices.bySupplierReference.find(reference),
    'internal-number': rows,
    'invoice-lines.po-number': (order, { core }) => core.invoices.byOrder.find(order),
    'invoice-lines.order-header-num': (order, { core }) => core.invoices.byOrder.find(order),
  },
  keyOf: ({ number }) => number,
  keyFilters: ['internal-number', 'invoice-number'],
};
