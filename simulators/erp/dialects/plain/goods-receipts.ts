/** Goods movements of the ERP on the `plain` wire. */
import type { CalendarDate } from '../../../../domain/calendar-date.ts';
import {
  goodsReceiptLineShape,
  goodsReceiptShape,
  movementType,
} from '../../../plain/documents/goods-receipt.ts';
import {
  lineNumber,
  materialNumber,
  mostLines,
  orderNumber,
  plantCode,
  reason,
  reference,
  storageLocation,
  unit,
} from '../../../plain/documents/shared.ts';
import type { Endpoint, Resource } from '../../../plain/endpoint.ts';
import { byField, byIndex, byOrderOfLines } from '../../../plain/filters.ts';
import { actionOf, createOf, listOf, readOf } from '../../../plain/resource-endpoints.ts';
import {
  type Schema,
  date,
  decimal,
  extend,
  flag,
  key,
  list,
  named,
  object,
  text,
} from '../../../plain/schema.ts';
import type { CancelOptions, GoodsMovementDraft } from '../../drafts.ts';
import type { MaterialDocument } from '../../erp-documents.ts';
import type { ErpCore } from '../../erp-core.ts';

const line: Schema = named(
  'GoodsMovementLineDraft',
  object({
    'line?': lineNumber,
    movementType,
    'purchaseOrder?': orderNumber,
    'purchaseOrderLine?': lineNumber,
    'material?': materialNumber,
    'plant?': plantCode,
    'storageLocation?': storageLocation,
    'lot?': key(20),
    'quantity?': decimal,
    'unit?': unit,
    'amount?': decimal,
    'deliveryCompleted?': flag,
    'costCenter?': key(24),
    'reason?': reason,
    'reversesLine?': key(40),
    'receivingPlant?': plantCode,
    'receivingStorageLocation?': storageLocation,
  }),
);

const draft: Schema = named(
  'GoodsMovementDraft',
  object({
    'externalReference?': reference,
    'deliveryNote?': text(40),
    'documentDate?': date,
    'postingDate?': date,
    lines: list(line, mostLines, 1),
  }),
  'A goods movement to be posted; 101 is a receipt for an order.',
);

interface Cancellation extends CancelOptions {
  readonly postingDate?: CalendarDate;
}

const cancellation: Schema = named(
  'GoodsReceiptCancellation',
  object({ 'postingDate?': date, 'externalReference?': reference, 'reason?': reason }),
);

const goodsReceipts: Resource<ErpCore, MaterialDocument> = {
  name: 'goods-receipts',
  singular: 'GoodsReceipt',
  plural: 'GoodsReceipts',
  schema: named(
    'GoodsReceipt',
    goodsReceiptShape(
      extend(goodsReceiptLineShape, {
        'receivingPlant?': plantCode,
        'receivingStorageLocation?': storageLocation,
        'consumed?': flag,
        'consignment?': flag,
      }),
    ),
    'A material document: a receipt, its reversal or another movement.',
  ),
  keyPath: '{year}/{number}',
  idOf: ({ year, number }) => `${year}/${number}`,
  collection: (core) => core.goodsMovements.documents,
  filters: [
    byIndex('externalReference', (core) => core.goodsMovements.byExternalReference),
    byOrderOfLines(),
    byField('postingDate'),
  ],
};

export const goodsReceiptEndpoints: readonly Endpoint<ErpCore>[] = [
  listOf(goodsReceipts),
  readOf(goodsReceipts),
  createOf<ErpCore, MaterialDocument, GoodsMovementDraft>(goodsReceipts, {
    body: draft,
    keyField: 'externalReference',
    operation: 'postGoodsReceipt',
    summary: 'Posts a goods movement.',
    run: (core, body, context) => core.goodsMovements.post(body, context),
  }),
  actionOf<ErpCore, MaterialDocument, MaterialDocument, Cancellation | undefined>(goodsReceipts, {
    path: 'cancel',
    operation: 'cancelGoodsReceipt',
    summary: 'Reverses the whole document by a new one, which is answered.',
    body: cancellation,
    bodyOptional: true,
    creates: true,
    run: (core, id, body, context) => {
      const [year = '', number = ''] = id.split('/');
      const { postingDate, ...options } = body ?? {};
      const date = postingDate ?? (context.today as CalendarDate);
      return core.goodsMovements.cancel(year, number, date, context, options);
    },
  }),
];
