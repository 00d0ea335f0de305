/** What an invoice may refer to: order lines, receipts, the invoice it credits, and no invoice twice. */
import { type Decimal, isGreater, subtract, sum, zero } from '../../domain/decimal.ts';
import { receiptSign } from '../../domain/goods-receipt.ts';
import type { PurchaseOrderLine } from '../../domain/purchase-order.ts';
import type { CapturedLine, Invoice } from './documents.ts';
import type { InvoiceDraft, InvoiceLineDraft } from './drafts.ts';
import { checkOrderSupplier, issuedOrder, openOrder, orderLineOf } from './open-order.ts';
import { isLive } from './order-status.ts';
import type { ProcurementRecords } from './procurement-records.ts';
import { refusal, required } from './refusal.ts';

/** The order line that an invoice line is for; `undefined` for a charge without an order. */
export function invoicedOrderLine(
  draft: InvoiceLineDraft,
  at: string,
  header: InvoiceDraft,
  records: ProcurementRecords,
): PurchaseOrderLine | undefined {
  if (draft.purchaseOrder === undefined && draft.purchaseOrderLine === undefined) return undefined;
  const field = `${at}.purchaseOrder`;
  const issued = issuedOrder(draft.purchaseOrder ?? '', records, field);
  // A closed order takes no more invoices, but what was invoiced may still be credited.
  const order = (header.kind ?? 'invoice') === 'invoice' ? openOrder(issued, field) : issued;
  checkOrderSupplier(order, header.supplier, field);
  if (order.currency !== header.currency) {
    throw refusal(
      'invalid',
      'wrong-currency',
      `Order ${order.number} is in ${order.currency}.`,
      'currency',
    );
  }
  if (order.companyCode !== header.companyCode) {
    const message = `Order ${order.number} is company code ${order.companyCode}'s.`;
    throw refusal('invalid', 'wrong-company-code', message, 'companyCode');
  }
  const line = orderLineOf(order, draft.purchaseOrderLine ?? '', `${at}.purchaseOrderLine`);
  if (!line.invoiceExpected) {
    const message = `Line ${line.line} is ${line.category} and is not invoiced.`;
    throw refusal('conflict', 'invoice-not-expected', message, `${at}.purchaseOrderLine`);
  }
  return line;
}

/** A receipt that an invoice line names must be one of the same order line that still counts. */
export function checkReceiptReference(
  draft: InvoiceLineDraft,
  at: string,
  records: ProcurementRecords,
): void {
  if (draft.goodsReceipt === undefined) return;
  const field = `${at}.goodsReceipt`;
  const [number = '', lineNumber] = draft.goodsReceipt.split('/');
  const receipt = records.receipts.get(number);
  const line = required(
    receipt?.lines.find((each) => each.line === lineNumber),
    () => refusal('invalid', 'unknown-receipt', `Receipt ${draft.goodsReceipt} is unknown.`, field),
  );
  const sameLine =
    line.purchaseOrder === draft.purchaseOrder &&
    line.purchaseOrderLine === draft.purchaseOrderLine;
  if (!sameLine || receiptSign(line.movementType) !== 1) {
    const message = `Receipt ${draft.goodsReceipt} is not one of this order line.`;
    throw refusal('invalid', 'wrong-receipt', message, field);
  }
  if (receipt?.reversedBy !== undefined) {
    throw refusal('conflict', 'receipt-voided', `Receipt ${draft.goodsReceipt} was voided.`, field);
  }
}

/** A supplier sends each number of its own once, as far as the settings care. */
export function checkDuplicate(invoice: Invoice, records: ProcurementRecords): void {
  if (records.settings.duplicateInvoices === 'capture') return;
  const { supplier, supplierReference, kind } = invoice;
  const twin = records.invoicesBySupplierReference
    .find(supplierReference)
    .find((each) => each.supplier === supplier && each.kind === kind && isLive(each));
  if (twin !== undefined) {
    const message = `Supplier ${supplier} already sent ${supplierReference}, here ${twin.number}.`;
    throw refusal('duplicate', 'duplicate-invoice', message, 'supplierReference');
  }
}

/** What is credited was invoiced: by the invoice named, or on the order line as a whole. */
export function checkCredit(memo: Invoice, records: ProcurementRecords): void {
  const original = referredInvoice(memo, records);
  if (memo.kind !== 'creditMemo') return;
  const credited = new Map<string, Decimal>();
  for (const [index, line] of memo.lines.entries()) {
    if (line.purchaseOrder === undefined) continue;
    const key = `${line.purchaseOrder}/${line.purchaseOrderLine}`;
    const total = sum([credited.get(key) ?? zero, line.quantityInOrderUnit ?? zero]);
    credited.set(key, total);
    const limit =
      original === undefined
        ? records.balances.of(line.purchaseOrder, line.purchaseOrderLine ?? '').invoiced
        : creditable(original, line, records);
    if (isGreater(total, limit)) {
      const message = `Only ${limit} of order line ${key} can be credited.`;
      throw refusal('invalid', 'credit-above-invoiced', message, `lines[${index}].quantity`);
    }
  }
}

function referredInvoice(memo: Invoice, records: ProcurementRecords): Invoice | undefined {
  if (memo.refersTo === undefined) return undefined;
  const original = required(records.invoices.get(memo.refersTo), () =>
    refusal('invalid', 'unknown-invoice', `Invoice ${memo.refersTo} is unknown.`, 'refersTo'),
  );
  if (original.supplier !== memo.supplier) {
    throw refusal(
      'invalid',
      'wrong-supplier',
      `Invoice ${original.number} is another supplier's.`,
      'refersTo',
    );
  }
  if (!isLive(original) || original.kind !== 'invoice') {
    const message = `Invoice ${original.number} is ${original.status} ${original.kind}.`;
    throw refusal('conflict', 'invoice-not-creditable', message, 'refersTo');
  }
  return original;
}

/** What the invoice has on the same order line, less the live credit memos that refer to it. */
function creditable(original: Invoice, line: CapturedLine, records: ProcurementRecords): Decimal {
  const on = ({ lines }: Invoice): Decimal =>
    sum(
      lines
        .filter(
          (each) =>
            each.purchaseOrder === line.purchaseOrder &&
            each.purchaseOrderLine === line.purchaseOrderLine,
        )
        .map(({ quantityInOrderUnit }) => quantityInOrderUnit ?? zero),
    );
  const memos = creditMemosOf(original.number, records);
  return memos.reduce((rest, memo) => subtract(rest, on(memo)), on(original));
}

/** Live credit memos that refer to an invoice. */
export const creditMemosOf = (number: string, records: ProcurementRecords): Invoice[] =>
  records.invoicesReferringTo
    .find(number)
    .filter((memo) => memo.kind === 'creditMemo' && isLive(memo));
