/** What one system's document becomes in the next, as the perfect integration copies it. */
import type { Decimal } from '../../../../domain/decimal.ts';
import type { Payment } from '../../../../domain/payment.ts';
import type { PurchaseOrder } from '../../../../domain/purchase-order.ts';
import type { SupplierInvoice } from '../../../../domain/supplier-invoice.ts';
import type { ReceiptConfirmation } from '../../../../domain/warehouse.ts';
import type {
  PurchaseOrderChange,
  PurchaseOrderDraft,
  SupplierInvoiceDraft,
} from '../../../../simulators/erp/drafts.ts';
import type { Invoice } from '../../../../simulators/procurement/documents.ts';
import type { InvoiceStatusUpdate } from '../../../../simulators/procurement/drafts.ts';
import type { ExpectedReceiptLineDraft } from '../../../../simulators/wms/drafts.ts';

export function erpOrderDraft(order: PurchaseOrder): PurchaseOrderDraft {
  const {
    number: externalReference,
    companyCode,
    supplier,
    currency,
    paymentTerms,
    revision,
  } = order;
  const lines = order.lines.map(({ scheduleLines, ...line }) => ({
    ...line,
    deliveryDate: scheduleLines[0]?.deliveryDate ?? order.orderDate,
  }));
  return { externalReference, companyCode, supplier, currency, paymentTerms, revision, lines };
}

export function erpOrderChange({ revision, lines }: PurchaseOrder): PurchaseOrderChange {
  return {
    revision,
    lines: lines.map(({ line, quantity, netPrice, storageLocation, description, ...rest }) => {
      const { deleted, scheduleLines } = rest;
      return { line, quantity, netPrice, storageLocation, description, deleted, scheduleLines };
    }),
  };
}

/** Lines that goods come for, with the newest date that anybody named. */
export const expectedLines = (order: PurchaseOrder): ExpectedReceiptLineDraft[] =>
  order.lines
    .filter((line) => line.goodsReceiptExpected)
    .map(({ line, material, quantity, unit, overdeliveryTolerancePercent, ...rest }) => {
      const [first] = rest.scheduleLines;
      const expectedOn = first?.confirmedDate ?? first?.deliveryDate ?? order.orderDate;
      const cancelled = rest.deleted;
      return {
        line,
        material,
        quantity,
        unit,
        overdeliveryTolerancePercent,
        cancelled,
        expectedOn,
      };
    });

export const goodLines = ({ lines }: ReceiptConfirmation) =>
  lines
    .filter((line) => line.condition === 'good' && line.purchaseOrderLine !== '')
    .map(({ purchaseOrderLine, material, quantity, unit, lot }) => ({
      purchaseOrderLine,
      material,
      quantity,
      unit,
      ...(lot === undefined ? {} : { lot }),
    }));

export function erpInvoiceDraft(
  invoice: Invoice,
  erpOrder: (order: string) => string,
  referred: SupplierInvoice | undefined,
): SupplierInvoiceDraft {
  const { number: externalReference, kind, supplierReference, companyCode, supplier } = invoice;
  const { currency, documentDate, grossAmount, taxAmount, paymentTerms } = invoice;
  const head = { externalReference, kind, supplierReference, companyCode, supplier, currency };
  const lines = invoice.lines.map(({ purchaseOrder = '', purchaseOrderLine = '', ...line }) => {
    const { quantity, unit, amount, taxCode } = line;
    return {
      purchaseOrder: erpOrder(purchaseOrder),
      purchaseOrderLine,
      quantity,
      unit,
      amount,
      taxCode,
    };
  });
  const draft = { ...head, documentDate, grossAmount, taxAmount, paymentTerms, lines };
  return referred ? { ...draft, refersTo: `${referred.year}/${referred.number}` } : draft;
}

/** By the invoice's number in procurement: that it was paid, or that the bank gave the money back. */
export const paymentNews = (
  { year, number, status, items, rejectionReason = '' }: Payment,
  referenceOf: (invoice: string) => string | undefined,
): [string, InvoiceStatusUpdate][] =>
  items.flatMap(({ invoice, paidAmount }) => {
    const reference = referenceOf(invoice);
    if (reference === undefined) return [];
    const amount = paidAmount.replace('-', '') as Decimal;
    const update: InvoiceStatusUpdate =
      status === 'rejected'
        ? { status: 'posted', paymentRejection: rejectionReason }
        : { status: 'paid', payment: `${year}/${number}`, paidAmount: amount };
    return [[reference, update]];
  });
