/** What an invoice is found by, and when it can be taken back. */
import type { SupplierInvoice } from '../../domain/supplier-invoice.ts';
import { refuse } from './refuse.ts';

/** Refuses what is paid or cancelled already. */
export function checkCancellable(id: string, invoice: SupplierInvoice): void {
  if (invoice.status === 'paid') {
    const message = `Invoice ${id} is paid: take the payment back first.`;
    refuse('conflict', 'already-paid', message, undefined, { payment: invoice.payment ?? '' });
  }
  if (invoice.status === 'cancelled') {
    refuse('conflict', 'already-cancelled', `Invoice ${id} is cancelled already.`);
  }
}

/** What makes two invoices the same one. */
export const duplicateKey = (invoice: SupplierInvoice): string =>
  [
    invoice.kind,
    invoice.supplier,
    invoice.companyCode,
    invoice.currency,
    invoice.grossAmount,
    invoice.supplierReference,
    invoice.documentDate,
  ].join('|');

/** The orders that an invoice refers to, each once. */
export function ordersOf(invoice: SupplierInvoice): string[] {
  const orders = invoice.lines.flatMap((line) => line.purchaseOrder ?? []);
  return orders.length > 1 ? [...new Set(orders)] : orders;
}
