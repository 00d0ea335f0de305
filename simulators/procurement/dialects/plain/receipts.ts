/** Receiving transactions of the procurement suite on the `plain` wire. */
import {
  goodsReceiptLineShape,
  goodsReceiptShape,
} from '../../../plain/documents/goods-receipt.ts';
import {
  lineNumber,
  materialNumber,
  mostLines,
  orderNumber,
  reason,
  reference,
  storageLocation,
  unit,
} from '../../../plain/documents/shared.ts';
import type { Endpoint, Resource } from '../../../plain/endpoint.ts';
import { byIndex, byOrderOfLines } from '../../../plain/filters.ts';
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
import type { Receipt } from '../../documents.ts';
import type { ReceiptDraft, VoidDraft } from '../../drafts.ts';
import type { ProcurementCore } from '../../procurement-core.ts';
import { quantityException } from './supplier-messages.ts';

const draft: Schema = named(
  'ReceiptDraft',
  object({
    'externalReference?': reference,
    'deliveryNote?': text(40),
    'shipNotice?': key(40),
    'documentDate?': date,
    'postingDate?': date,
    lines: list(
      named(
        'ReceiptLineDraft',
        object({
          'line?': lineNumber,
          purchaseOrder: orderNumber,
          purchaseOrderLine: lineNumber,
          'material?': materialNumber,
          quantity: decimal,
          'unit?': unit,
          'storageLocation?': storageLocation,
          'lot?': key(20),
          'deliveryCompleted?': flag,
        }),
      ),
      mostLines,
      1,
    ),
  }),
);

const receipts: Resource<ProcurementCore, Receipt> = {
  name: 'receipts',
  singular: 'Receipt',
  plural: 'Receipts',
  schema: named(
    'Receipt',
    extend(goodsReceiptShape(goodsReceiptLineShape), {
      'shipNotice?': key(40),
      exceptions: list(quantityException, mostLines),
      'voidReason?': reason,
    }),
  ),
  keyPath: '{number}',
  idOf: ({ number }) => number,
  collection: (core) => core.receipts.documents,
  filters: [
    byIndex('externalReference', (core) => core.receipts.byExternalReference),
    byOrderOfLines((core) => core.receipts.byOrder),
  ],
};

export const receiptEndpoints: readonly Endpoint<ProcurementCore>[] = [
  listOf(receipts),
  readOf(receipts),
  createOf<ProcurementCore, Receipt, ReceiptDraft>(receipts, {
    body: draft,
    keyField: 'externalReference',
    run: (core, body, context) => core.receipts.create(body, context),
  }),
  actionOf<ProcurementCore, Receipt, Receipt, VoidDraft>(receipts, {
    path: 'void',
    operation: 'voidReceipt',
    summary: 'Takes the receipt back by a new document, which is answered.',
    body: named(
      'ReceiptVoid',
      object({ reason, 'externalReference?': reference, 'postingDate?': date }),
    ),
    creates: true,
    run: (core, number, body, context) => core.receipts.void(number, body, context),
  }),
];
