/** The history of an order: its receipts (category E) and invoices (category Q), oldest first. */
import { type Decimal, negate, zero } from '../../domain/decimal.ts';
import { receiptSign } from '../../domain/goods-receipt.ts';
import type { SupplierInvoice } from '../../domain/supplier-invoice.ts';
import { add } from '../../domain/decimal.ts';
import type { MaterialDocument, OrderHistoryEntry } from './erp-documents.ts';
import type { PostedInvoiceLine } from './invoice-posting.ts';

export interface HistorySources {
  receipts(order: string): readonly MaterialDocument[];
  invoices(order: string): readonly SupplierInvoice[];
  postedLines(invoice: string): readonly PostedInvoiceLine[];
  /** Currency of the ledger, which all amounts are in. */
  currency(companyCode: string): string;
}

export function orderHistory(order: string, sources: HistorySources): OrderHistoryEntry[] {
  const entries = [
    ...sources.receipts(order).flatMap((each) => receiptEntries(order, each)),
    ...sources.invoices(order).flatMap((each) => invoiceEntries(order, each, sources)),
  ];
  return entries.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
}

function receiptEntries(order: string, document: MaterialDocument): OrderHistoryEntry[] {
  return document.lines
    .filter((line) => line.purchaseOrder === order)
    .map((line) => {
      const quantity = line.quantityInOrderUnit ?? zero;
      const takesBack = receiptSign(line.movementType) === -1 || line.movementType === '161';
      const signed = (value: Decimal): Decimal => (takesBack ? negate(value) : value);
      return {
        category: 'E',
        document: `${document.year}/${document.number}`,
        line: line.line,
        purchaseOrderLine: line.purchaseOrderLine ?? '',
        type: line.movementType,
        postingDate: document.postingDate,
        quantity: signed(quantity),
        amount: signed(line.amount ?? zero),
        currency: line.currency ?? '',
        at: document.createdAt,
      };
    });
}

function invoiceEntries(
  order: string,
  invoice: SupplierInvoice,
  sources: HistorySources,
): OrderHistoryEntry[] {
  const document = `${invoice.year}/${invoice.number}`;
  return sources
    .postedLines(document)
    .filter((line) => line.purchaseOrder === order)
    .map((line) => ({
      category: 'Q',
      document,
      line: line.line,
      purchaseOrderLine: line.purchaseOrderLine,
      type: invoice.kind,
      postingDate: invoice.postingDate,
      quantity: line.quantity,
      amount: add(line.clearing, line.difference),
      currency: sources.currency(invoice.companyCode),
      at: invoice.createdAt,
    }));
}
