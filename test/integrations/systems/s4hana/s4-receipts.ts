/** Goods receipts: material documents that carry the number of the warehouse's confirmation. */
import type { ErpPort } from '../../kit/ports.ts';
import type { S4Client } from './s4-client.ts';
import { dateTime, present, vendorUnit } from './s4-values.ts';

const service = '/API_MATERIAL_DOCUMENT_SRV';
const documents = `${service}/A_MaterialDocumentHeader`;

const receiptOf = (document: any): any => {
  const items: any[] = document.to_MaterialDocumentItem?.results ?? [];
  return {
    year: document.MaterialDocumentYear,
    number: document.MaterialDocument,
    movementType: items[0]?.GoodsMovementType,
    ...(items.some((item) => item.GoodsMovementIsCancelled) ? { reversedBy: 'cancelled' } : {}),
    lines: items.map((item) => ({
      line: item.MaterialDocumentItem,
      purchaseOrderLine: item.PurchaseOrderItem,
    })),
  };
};

const bodyOf = (receipt: any): object =>
  present({
    GoodsMovementCode: '01',
    DocumentDate: dateTime(receipt.documentDate),
    ReferenceDocument: receipt.externalReference,
    MaterialDocumentHeaderText: receipt.deliveryNote?.slice(0, 25),
    to_MaterialDocumentItem: receipt.lines.map((line: any) =>
      present({
        GoodsMovementType: line.movementType,
        GoodsMovementRefDocType: 'B',
        PurchaseOrder: line.purchaseOrder,
        PurchaseOrderItem: line.purchaseOrderLine,
        QuantityInEntryUnit: line.quantity,
        EntryUnit: vendorUnit(line.unit),
        Batch: line.lot?.slice(0, 10),
      }),
    ),
  });

export function s4Receipts(client: S4Client): ErpPort['receipts'] {
  const find: ErpPort['receipts']['find'] = async (confirmation, call) => {
    const $filter = `ReferenceDocument eq '${confirmation}'`;
    const query = { $filter, $expand: 'to_MaterialDocumentItem' };
    const rows = (await client.rows(documents, query, call)).map(receiptOf);
    return rows.find(({ movementType }) => movementType === '101');
  };
  return {
    find,
    creation: (receipt) => ({
      step: 'post',
      lookup: `${documents} ${receipt.externalReference}`,
      body: bodyOf(receipt),
      keyed: false,
      find: (call) => find(receipt.externalReference, call),
      create: async (body, call) => receiptOf(await client.post(documents, body, call)),
    }),
    cancel: async ({ year, number }, _reversal, call) => {
      const key = `MaterialDocumentYear='${year}'&MaterialDocument='${number}'`;
      await client.post(`${service}/Cancel?${key}`, undefined, call);
    },
  };
}
