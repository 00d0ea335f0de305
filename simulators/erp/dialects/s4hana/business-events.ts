/**
 * S/4HANA business events as CloudEvents 1.0, structured: data holds the key fields only, a receiver
 * reads the rest by API. Documented: the envelope (seen on BusinessPartner) and the purchase order's
 * Created, Changed, Approved and ItemDeleted. The names for material documents, supplier invoices,
 * products and payments are not verified. A payment is told by its accounting document, which is all
 * that this vendor has of it.
 */
import { timestamp } from '../../../../domain/calendar-date.ts';
import type { Payment } from '../../../../domain/payment.ts';
import type { PublishedEvent } from '../../../../harness/system.ts';

type Keys = Readonly<Record<string, string>>;

interface EventKind {
  /** `<object>.v1.<Object>.<Action>.v1` */
  readonly type: string;
  readonly keys: (key: string, data: unknown) => Keys;
}

const one =
  (name: string) =>
  (key: string): Keys => ({ [name]: key });

const two =
  (year: string, number: string) =>
  (key: string): Keys => {
    const [first = '', second = ''] = key.split('/');
    return { [year]: first, [number]: second };
  };

const order = one('PurchaseOrder');
const receipt = two('MaterialDocumentYear', 'MaterialDocument');
const invoice = two('FiscalYear', 'SupplierInvoice');
const payment = (_key: string, data: unknown): Keys => {
  const [company = '', year = '', number = ''] = (data as Payment).accountingDocument.split('/');
  return { CompanyCode: company, FiscalYear: year, AccountingDocument: number };
};

const kind = (
  object: string,
  Name: string,
  action: string,
  keys: EventKind['keys'],
): EventKind => ({
  type: `${object}.v1.${Name}.${action}.v1`,
  keys,
});

const kinds: Readonly<Record<string, EventKind>> = {
  'purchase-order.created': kind('purchaseorder', 'PurchaseOrder', 'Created', order),
  'purchase-order.changed': kind('purchaseorder', 'PurchaseOrder', 'Changed', order),
  'goods-receipt.posted': kind('materialdocument', 'MaterialDocument', 'Created', receipt),
  'goods-receipt.reversed': kind('materialdocument', 'MaterialDocument', 'Canceled', receipt),
  'supplier-invoice.posted': kind('supplierinvoice', 'SupplierInvoice', 'Posted', invoice),
  'supplier-invoice.blocked': kind('supplierinvoice', 'SupplierInvoice', 'PaymentBlocked', invoice),
  'supplier-invoice.released': kind('supplierinvoice', 'SupplierInvoice', 'Released', invoice),
  'supplier-invoice.cancelled': kind('supplierinvoice', 'SupplierInvoice', 'Cancelled', invoice),
  'supplier.created': kind('businesspartner', 'BusinessPartner', 'Created', one('BusinessPartner')),
  'supplier.changed': kind('businesspartner', 'BusinessPartner', 'Changed', one('BusinessPartner')),
  'material.created': kind('product', 'Product', 'Created', one('Product')),
  'material.changed': kind('product', 'Product', 'Changed', one('Product')),
  'payment.issued': kind('paymentdocument', 'PaymentDocument', 'Created', payment),
  'payment.cleared': kind('paymentdocument', 'PaymentDocument', 'Cleared', payment),
  'payment.rejected': kind('paymentdocument', 'PaymentDocument', 'Rejected', payment),
};

/** An event of a core that has no name here is sent under its own. */
const otherKind = (event: PublishedEvent): EventKind =>
  kind('seatrial', event.document, event.type.replaceAll('.', '-'), one('Key'));

const cloudEventType = 'application/cloudevents+json';

/** The event with its keys; times in whole seconds, as the vendor's are. */
export function businessEvent(event: PublishedEvent): { contentType: string; body: string } {
  const { type, keys } = kinds[event.type] ?? otherKind(event);
  const body = {
    specversion: '1.0',
    type: `sap.s4.beh.${type}`,
    source: `/default/sap.s4.beh/${event.source.split('/').at(-1)}`,
    id: event.id,
    time: `${timestamp(event.at).slice(0, 19)}Z`,
    datacontenttype: 'application/json',
    ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
    correlationid: event.correlationId,
    data: keys(event.key, event.data),
  };
  return { contentType: cloudEventType, body: JSON.stringify(body) };
}
