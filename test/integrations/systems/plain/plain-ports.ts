/** The three systems on the plain wire, whose documents are the ones that the rules speak of. */
import type { Environment } from '../../kit/environment.ts';
import type { Policies } from '../../kit/policies.ts';
import type { ErpPort, ProcurementPort, WmsPort } from '../../kit/ports.ts';
import { PlainResource, plainClient, plainEvent } from './plain-client.ts';

const byNumber = (document: any): string => document.number;
const byYear = ({ year, number }: any): string => `${year}/${number}`;

export function plainProcurement(environment: Environment, policies: Policies): ProcurementPort {
  const client = plainClient('procurement', environment, policies);
  const at = (path: string): PlainResource => new PlainResource(client, path);
  const invoices = at('/invoices');
  const receipts = at('/receipts');
  return {
    event: plainEvent,
    orders: at('/purchase-orders').source(byNumber),
    acknowledgements: at('/order-acknowledgements').source(byNumber),
    shipNotices: at('/ship-notices').source(byNumber),
    invoices: {
      ...invoices.source(byNumber),
      find: (number, call) => invoices.find(number, call),
      tell: ({ body, etag }, news, call) => invoices.act(`${body.number}/status`, call, news, etag),
    },
    receipts: {
      line: async (reference, call) => {
        const cut = reference.lastIndexOf('/');
        const receipt = (await receipts.read(reference.slice(0, cut), call)).body;
        const line = receipt.lines.find((each: any) => each.line === reference.slice(cut + 1));
        return { ...line, externalReference: receipt.externalReference };
      },
      creations: (receipt) => [receipts.creation('create', 'externalReference', receipt)],
      find: (confirmation, call) => receipts.list('externalReference', confirmation, call),
      void: ({ number }, externalReference, call) =>
        receipts.act(`${number}/void`, call, {
          reason: 'reversed by the warehouse',
          externalReference,
        }),
    },
    suppliers: at('/suppliers').copies(),
    materials: at('/materials').copies(),
  };
}

/** A posting that takes the receipt's quantities back. */
const against = ({ lines, documentDate }: any, externalReference: string): object => ({
  externalReference,
  documentDate,
  lines: lines.map(({ purchaseOrder, purchaseOrderLine, quantity, unit }: any) => ({
    movementType: '102',
    purchaseOrder,
    purchaseOrderLine,
    quantity,
    unit,
  })),
});

export function plainErp(environment: Environment, policies: Policies): ErpPort {
  const client = plainClient('erp', environment, policies);
  const at = (path: string): PlainResource => new PlainResource(client, path);
  const orders = at('/purchase-orders');
  const receipts = at('/goods-receipts');
  const invoices = at('/supplier-invoices');
  const reference = 'externalReference';
  return {
    event: plainEvent,
    orders: {
      name: orders.name,
      read: (number, call) => orders.read(number, call),
      find: async (order, call) => (await orders.list(reference, order, call))[0],
      creation: (order) => orders.creation('create', reference, order),
      change: (current, change, call) => orders.change(current, current.body.number, change, call),
      confirm: ({ body, etag }, { number, lines }, call) =>
        orders.act(`${body.number}/actions/confirm`, call, { number, lines }, etag),
      delete: ({ number }, call) => orders.act(`${number}/actions/delete`, call),
    },
    receipts: {
      find: async (confirmation, call) => (await receipts.list(reference, confirmation, call))[0],
      creation: (receipt) => receipts.creation('post', reference, receipt),
      cancel: (receipt, externalReference, call) =>
        receipts.act(`${byYear(receipt)}/cancel`, call, { externalReference }),
      postAgainst: async (receipt, externalReference, call) => {
        const body = against(receipt, externalReference);
        await client.call('/goods-receipts', { ...call, method: 'POST', body });
      },
    },
    invoices: {
      ...invoices.source(byYear),
      find: async (number, call) => (await invoices.list(reference, number, call))[0],
      creation: (invoice) => invoices.creation('post', reference, invoice),
      cancel: (invoice, call) => invoices.act(`${byYear(invoice)}/cancel`, call),
    },
    payments: at('/payments').source(byYear),
    suppliers: at('/suppliers').source(byNumber),
    materials: at('/materials').source(byNumber),
  };
}

export function plainWms(environment: Environment, policies: Policies): WmsPort {
  const client = plainClient('wms', environment, policies);
  const at = (path: string): PlainResource => new PlainResource(client, path);
  const confirmations = at('/receipt-confirmations');
  const expected = at('/expected-receipts');
  const notices = at('/ship-notices');
  return {
    event: plainEvent,
    confirmations: {
      ...confirmations.source(byNumber),
      ofOrder: (order, call) => confirmations.list('purchaseOrder', order, call),
    },
    expectedReceipts: {
      name: expected.name,
      read: (number, call) => expected.read(number, call),
      find: async (order, call) => (await expected.list('purchaseOrder', order, call))[0],
      creation: (body) => expected.creation('create', 'purchaseOrder', body),
      change: (current, change, call) =>
        expected.change(current, current.body.number, change, call),
      cancel: ({ number }, call) => expected.act(`${number}/cancel`, call),
    },
    shipNotices: {
      creation: (notice) => ({
        ...notices.creation('create', 'number', notice),
        find: async (call) => (await notices.find(notice.number, call))?.body,
      }),
    },
    files: {
      list: async () => (await client.get('/exports')).body.items,
      read: async (name) => (await client.get(`/exports/${name}`)).body.lines,
      archive: async (name) => {
        await client.call(`/exports/${name}/archive`, { method: 'POST' });
      },
    },
    suppliers: at('/suppliers').copies(),
    materials: at('/materials').copies(),
  };
}
