/** Invoice lines with everything they refer to looked up: orders, receipts, tax codes. */
import type { CalendarDate } from '../../domain/calendar-date.ts';
import {
  type Decimal,
  absolute,
  divide,
  isGreater,
  isZero,
  multiply,
  one,
  subtract,
} from '../../domain/decimal.ts';
import type { Material } from '../../domain/master-data.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../domain/purchase-order.ts';
import type { InvoiceKind, InvoiceLine } from '../../domain/supplier-invoice.ts';
import type { Collection } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import { checkAmount, checkQuantity, convert } from './checks.ts';
import type { InvoiceLineDraft, SupplierInvoiceDraft } from './drafts.ts';
import { type MaterialDocument, returnsGoods } from './erp-documents.ts';
import type { Foundation } from './foundation.ts';
import { checkNotDeleted, openOrder } from './order-access.ts';
import { receiptLineOf } from './receipt-reference.ts';
import { refuse } from './refuse.ts';

export interface OrderInvoiceLine {
  readonly order: PurchaseOrder;
  readonly orderLine: PurchaseOrderLine;
  readonly material: Material | undefined;
  /** Unsigned, in the order unit. */
  readonly quantity: Decimal;
  /** The receipt line, for receipt-based verification, as `year/number/line`. */
  readonly receipt?: string;
}

export interface ResolvedInvoiceLine {
  readonly path: string;
  readonly document: InvoiceLine;
  /** Missing for a line that goes straight to an account. */
  readonly against?: OrderInvoiceLine;
}

export interface InvoiceSurroundings {
  readonly base: Foundation;
  readonly receipts: { find(order: string): MaterialDocument[] };
  readonly materialDocuments: Collection<MaterialDocument>;
  readonly context: Context;
  readonly draft: SupplierInvoiceDraft;
  readonly kind: InvoiceKind;
  readonly currency: string;
  readonly postingDate: CalendarDate;
}

export function invoiceLine(
  draft: InvoiceLineDraft,
  index: number,
  around: InvoiceSurroundings,
): ResolvedInvoiceLine {
  const path = `lines[${index}]`;
  const line = draft.line ?? String(index + 1);
  checkAmount(draft.amount, around.currency, `${path}.amount`);
  return draft.purchaseOrder === undefined
    ? accountLine(draft, line, path, around)
    : orderInvoiceLine(draft, line, path, around);
}

function accountLine(
  draft: InvoiceLineDraft,
  line: string,
  path: string,
  { base, kind }: InvoiceSurroundings,
): ResolvedInvoiceLine {
  const { glAccount } = draft;
  if (glAccount === undefined || glAccount === '') {
    const message = 'A line without a purchase order needs a G/L account.';
    refuse('invalid', 'account-required', message, `${path}.glAccount`);
  }
  if (kind === 'subsequentDebit' || kind === 'subsequentCredit') {
    const message = 'A subsequent debit or credit refers to an order line.';
    refuse('invalid', 'order-required', message, `${path}.purchaseOrder`);
  }
  const quantity = draft.quantity ?? one;
  const unit = draft.unit ?? 'C62';
  checkQuantity(quantity, unit, `${path}.quantity`);
  const taxCode = base.masterData.taxCode(draft.taxCode ?? 'V0', `${path}.taxCode`).code;
  const { description = '', amount } = draft;
  const netPrice = divide(amount, quantity, 6);
  return {
    path,
    document: {
      line,
      description,
      quantity,
      unit,
      netPrice,
      priceQuantity: one,
      amount,
      taxCode,
      glAccount,
    },
  };
}

function orderInvoiceLine(
  draft: InvoiceLineDraft,
  line: string,
  path: string,
  around: InvoiceSurroundings,
): ResolvedInvoiceLine {
  const { base, context } = around;
  const { purchaseOrder = '', purchaseOrderLine = '' } = draft;
  const reference = { purchaseOrder, line: purchaseOrderLine };
  const { order, orderLine } = openOrder(base, reference, path, context);
  checkInvoiceable(order, orderLine, path, around);
  const material = orderLine.material ? base.masterData.material(orderLine.material) : undefined;
  const unit = draft.unit ?? orderLine.unit;
  const entered = draft.quantity ?? (orderLine.category === 'limit' ? one : undefined);
  if (entered === undefined) {
    const message = 'A line with a purchase order needs a quantity.';
    refuse('invalid', 'quantity-not-positive', message, `${path}.quantity`);
  }
  checkQuantity(entered, unit, `${path}.quantity`);
  const quantity = convert(entered, unit, orderLine.unit, material, `${path}.quantity`);
  const receipt = receiptFor(draft, { order, orderLine, quantity }, path, around);
  const taxCode = base.masterData.taxCode(draft.taxCode ?? orderLine.taxCode, `${path}.taxCode`);
  const document: InvoiceLine = {
    line,
    purchaseOrder,
    purchaseOrderLine,
    ...(receipt === undefined ? {} : { goodsReceipt: receipt }),
    description: draft.description ?? orderLine.description,
    quantity: entered,
    unit,
    netPrice: divide(multiply(draft.amount, orderLine.priceQuantity), entered, 6),
    priceQuantity: orderLine.priceQuantity,
    amount: draft.amount,
    taxCode: taxCode.code,
  };
  const against = { order, orderLine, material, quantity };
  return { path, document, against: receipt === undefined ? against : { ...against, receipt } };
}

function checkInvoiceable(
  order: PurchaseOrder,
  line: PurchaseOrderLine,
  path: string,
  { draft, currency, kind }: InvoiceSurroundings,
): void {
  checkNotDeleted(order, line, path);
  if (line.category === 'consignment') {
    const message = `Line ${line.line} is consignment: it is settled at withdrawal, not invoiced for the order.`;
    refuse('invalid', 'consignment-not-invoiced', message, `${path}.purchaseOrderLine`);
  }
  if (!line.invoiceExpected) {
    const message = `No invoice is expected for line ${line.line} of purchase order ${order.number}.`;
    refuse('invalid', 'invoice-not-expected', message, `${path}.purchaseOrderLine`);
  }
  const mismatch = (field: 'supplier' | 'companyCode' | 'currency', given: string): void => {
    if (order[field] === given) return;
    const message = `Purchase order ${order.number} has ${field} ${order[field]}, the invoice ${given}.`;
    refuse('invalid', `${field.toLowerCase()}-mismatch`, message, field);
  };
  mismatch('supplier', draft.supplier);
  mismatch('companyCode', draft.companyCode);
  mismatch('currency', currency);
  if (returnsGoods(line) && kind !== 'creditMemo') {
    const message = `Line ${line.line} returns goods: it is settled by a credit memo.`;
    refuse('invalid', 'returns-item', message, `${path}.purchaseOrderLine`);
  }
}

/** The receipt that a receipt-based line invoices: the one named, or the only one that fits. */
function receiptFor(
  draft: InvoiceLineDraft,
  against: Pick<OrderInvoiceLine, 'order' | 'orderLine' | 'quantity'>,
  path: string,
  around: InvoiceSurroundings,
): string | undefined {
  const { order, orderLine } = against;
  if (!orderLine.goodsReceiptBasedInvoiceVerification) return undefined;
  const field = `${path}.goodsReceipt`;
  if (draft.goodsReceipt === undefined || draft.goodsReceipt === '') {
    return onlyReceipt(order, orderLine, path, around);
  }
  const year = around.postingDate.slice(0, 4);
  const { id, line } = receiptLineOf(around.materialDocuments, draft.goodsReceipt, year, field);
  if (line.purchaseOrder !== order.number || line.purchaseOrderLine !== orderLine.line) {
    const message = `Goods receipt ${draft.goodsReceipt} is not for line ${orderLine.line} of purchase order ${order.number}.`;
    refuse('invalid', 'receipt-mismatch', message, field);
  }
  return id;
}

function onlyReceipt(
  order: PurchaseOrder,
  orderLine: PurchaseOrderLine,
  path: string,
  { receipts, base, kind }: InvoiceSurroundings,
): string {
  const open = receipts.find(order.number).flatMap((document) =>
    document.lines
      .filter(
        (line) => line.purchaseOrder === order.number && line.purchaseOrderLine === orderLine.line,
      )
      .map((line) => `${document.year}/${document.number}/${line.line}`)
      .filter((id) => {
        const balance = base.balances.receipt(id);
        if (balance === undefined) return false;
        if (kind !== 'invoice') return !isZero(balance.invoiced);
        return isGreater(absolute(subtract(balance.received, balance.invoiced)), '0' as Decimal);
      }),
  );
  const [only, ...others] = open;
  if (only === undefined || others.length > 0) {
    const why = only === undefined ? 'there is none to invoice' : 'several are open';
    const rule = only === undefined ? 'no-receipt' : 'receipt-reference-required';
    const message = `Line ${orderLine.line} of purchase order ${order.number} is invoiced by goods receipt: ${why}.`;
    return refuse('invalid', rule, message, `${path}.goodsReceipt`);
  }
  return only;
}
