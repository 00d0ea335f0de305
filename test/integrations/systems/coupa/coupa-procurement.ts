/** The procurement suite as Coupa speaks: records by their numbers, events that only say which. */
import type { Environment } from '../../kit/environment.ts';
import type { Policies } from '../../kit/policies.ts';
import type { ProcurementPort, Source, Told } from '../../kit/ports.ts';
import { CoupaClient } from './coupa-client.ts';
import { invoiceOf, tell } from './coupa-invoices.ts';
import { coupaItems, coupaSuppliers } from './coupa-master-data.ts';
import { acknowledgementOf, orderOf, shipNoticeOf } from './coupa-orders.ts';
import { coupaReceipts } from './coupa-receipts.ts';

/** What Coupa calls the kinds of documents that events are about, and where the event names them. */
const objects: Readonly<Record<string, { readonly kind: string; readonly key: string }>> = {
  purchase_order: { kind: 'purchase-order', key: 'po-number' },
  order_header_confirmation: { kind: 'order-acknowledgement', key: 'external-reference-number' },
  asn_header: { kind: 'ship-notice', key: 'asn-number' },
  invoice: { kind: 'invoice', key: 'internal-number' },
};

/** `com.coupa.purchase_order.issued` */
function event({ type, data, version, correlationid }: any): Told | undefined {
  const [, , name = '', verb = ''] = String(type).split('.');
  const object = objects[name];
  if (object === undefined) return undefined;
  return {
    type: `${object.kind}.${verb}`,
    key: String(data[object.key]),
    version: Number(version ?? 0),
    correlationId: String(correlationid ?? ''),
  };
}

interface Kind {
  readonly resource: string;
  /** The attribute that carries the document's number. */
  readonly key: string;
  /** The attribute that counts its changes; what has none is read as it is. */
  readonly version: string | undefined;
  readonly documentOf: (record: any) => any;
}

function sourceOf(client: CoupaClient, kind: Kind): Source {
  const { resource, key, version, documentOf } = kind;
  return {
    name: `procurement/${resource}`,
    read: async (number, call) => {
      const record = await client.record(resource, key, number, call);
      const count = version === undefined ? 1 : record[version];
      return { body: await documentOf(record), version: count };
    },
    async *changedSince(sinceMs) {
      for await (const page of client.updatedSince(resource, sinceMs))
        yield await Promise.all(page.map(documentOf));
    },
    keyOf: ({ number }) => number,
    graceMs: 10_000,
  };
}

export function coupaProcurement(environment: Environment, policies: Policies): ProcurementPort {
  const client = new CoupaClient(environment, policies);
  const invoices: Kind = {
    resource: 'invoices',
    key: 'internal-number',
    version: 'lock-version-key',
    documentOf: (record) => invoiceOf(client, record),
  };
  return {
    event,
    ...supplierDocuments(client),
    invoices: {
      ...sourceOf(client, invoices),
      find: async (number, call) => {
        const record = await client.row('invoices', 'internal-number', number, call);
        if (record === undefined) return undefined;
        const version = record['lock-version-key'];
        return { body: await invoiceOf(client, record), version, etag: String(version) };
      },
      tell: (known, news, call) => tell(client, known.body, news, call),
    },
    receipts: coupaReceipts(client),
    suppliers: coupaSuppliers(client),
    materials: coupaItems(client),
  };
}

/** What goes to suppliers and comes from them: only read. */
function supplierDocuments(
  client: CoupaClient,
): Pick<ProcurementPort, 'orders' | 'acknowledgements' | 'shipNotices'> {
  return {
    orders: sourceOf(client, {
      resource: 'purchase_orders',
      key: 'po-number',
      version: 'internal-revision',
      documentOf: orderOf,
    }),
    acknowledgements: sourceOf(client, {
      resource: 'order_header_confirmations',
      key: 'external-reference-number',
      version: undefined,
      documentOf: acknowledgementOf,
    }),
    shipNotices: sourceOf(client, {
      resource: 'asn/headers',
      key: 'asn-number',
      version: undefined,
      documentOf: shipNoticeOf,
    }),
  };
}
