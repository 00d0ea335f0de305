/**
 * Business events as CloudEvents. Coupa publishes no event format of its own that we know of; the
 * types name the object as the API does, and `data` says only which record it is and how it stands,
 * so that a receiver reads the record itself.
 */
import { timestamp } from '../../../../domain/calendar-date.ts';
import type { OrderAcknowledgement } from '../../../../domain/order-acknowledgement.ts';
import type { PurchaseOrder } from '../../../../domain/purchase-order.ts';
import type { PublishedEvent } from '../../../../harness/system.ts';
import type { Invoice, Receipt, Requisition, ShipNotice } from '../../documents.ts';
import type { View } from './attributes.ts';
import { lineId } from './identities.ts';
import { invoiceStatus } from './invoice-table.ts';
import { orderStatus } from './purchase-orders.ts';

/** What the API calls the kind of document, and what of it an event tells beyond the id. */
const objects: Readonly<
  Record<string, { readonly name: string; readonly tell: (data: never, view: View) => object }>
> = {
  Requisition: {
    name: 'requisition',
    tell: ({ number, status }: Requisition) => ({ 'req-number': number, status }),
  },
  PurchaseOrder: {
    name: 'purchase_order',
    tell: (order: PurchaseOrder) => ({
      'po-number': order.number,
      version: order.revision,
      status: orderStatus(order),
    }),
  },
  OrderAcknowledgement: {
    name: 'order_header_confirmation',
    tell: ({ number, purchaseOrder }: OrderAcknowledgement) => ({
      'external-reference-number': number,
      'po-number': purchaseOrder,
    }),
  },
  AdvanceShipNotice: {
    name: 'asn_header',
    tell: ({ number }: ShipNotice) => ({ 'asn-number': number }),
  },
  Receipt: {
    name: 'receiving_transaction',
    tell: ({ number, lines }: Receipt, { ids }: View) => ({
      'receiving-transactions': lines.map((_, place) => ({
        id: lineId(ids.idOf('Receipt', number), place),
      })),
    }),
  },
  Invoice: {
    name: 'invoice',
    tell: (invoice: Invoice) => ({
      'invoice-number': invoice.supplierReference,
      'internal-number': invoice.number,
      status: invoiceStatus(invoice),
    }),
  },
};

/** The event as JSON. */
export function eventBody(event: PublishedEvent, view: View): string {
  const known = Object.hasOwn(objects, event.document) ? objects[event.document] : undefined;
  const name = known?.name ?? event.document;
  const verb = event.type.slice(event.type.indexOf('.') + 1);
  return JSON.stringify({
    specversion: '1.0',
    id: event.id,
    source: event.source,
    type: `com.coupa.${name}.${verb}`,
    time: timestamp(event.at),
    subject: event.key,
    datacontenttype: 'application/json',
    version: event.version,
    correlationid: event.correlationId,
    traceparent: event.traceparent,
    data: {
      id: view.ids.idOf(event.document, event.key),
      ...known?.tell(event.data as never, view),
    },
  });
}
