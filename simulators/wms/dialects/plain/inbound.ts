/** What the warehouse expects and what is announced to it, on the `plain` wire. */
import type { AdvanceShipNotice } from '../../../../domain/advance-ship-notice.ts';
import type { ExpectedReceipt } from '../../../../domain/warehouse.ts';
import {
  shipNoticeLine,
  shipNoticeShape,
} from '../../../plain/documents/acknowledgement-and-ship-notice.ts';
import {
  lineNumber,
  materialNumber,
  mostLines,
  orderNumber,
  plantCode,
  supplierNumber,
  unit,
} from '../../../plain/documents/shared.ts';
import type { Endpoint, Resource } from '../../../plain/endpoint.ts';
import { byField, byIndex, byOrderOfLines } from '../../../plain/filters.ts';
import { actionOf, changeOf, createOf, listOf, readOf } from '../../../plain/resource-endpoints.ts';
import {
  type Schema,
  count,
  date,
  decimal,
  flag,
  key,
  list,
  named,
  object,
  oneOf,
  partial,
  text,
  timestamp,
} from '../../../plain/schema.ts';
import type { ExpectedReceiptChange, ExpectedReceiptDraft, ShipNoticeDraft } from '../../drafts.ts';
import type { WmsCore } from '../../wms-core.ts';

const revision = count(1, 1_000_000);

const expectedReceipt: Schema = named(
  'ExpectedReceipt',
  object({
    number: key(20),
    purchaseOrder: orderNumber,
    revision,
    supplier: supplierNumber,
    plant: plantCode,
    status: oneOf('open', 'receiving', 'received', 'closed', 'cancelled'),
    lines: list(
      named(
        'ExpectedReceiptLine',
        object({
          line: lineNumber,
          material: materialNumber,
          quantity: decimal,
          unit,
          expectedOn: date,
          overdeliveryTolerancePercent: decimal,
          receivedQuantity: decimal,
          cancelled: flag,
        }),
      ),
      mostLines,
    ),
    createdAt: timestamp,
    changedAt: timestamp,
  }),
  'A purchase order as the warehouse waits for it; `revision` is that of the order it reflects.',
);

const lineDraft: Schema = object({
  line: lineNumber,
  material: materialNumber,
  quantity: decimal,
  unit,
  expectedOn: date,
  'overdeliveryTolerancePercent?': decimal,
  'cancelled?': flag,
});

const draft: Schema = named(
  'ExpectedReceiptDraft',
  object({
    purchaseOrder: orderNumber,
    'revision?': revision,
    supplier: supplierNumber,
    plant: plantCode,
    lines: list(named('ExpectedReceiptLineDraft', lineDraft), mostLines, 1),
  }),
  'One for each purchase order; a second is refused as a duplicate.',
);

const change: Schema = named(
  'ExpectedReceiptChange',
  partial(
    object({
      'revision?': revision,
      'supplier?': supplierNumber,
      'plant?': plantCode,
      'lines?': list(named('ExpectedReceiptLineChange', partial(lineDraft, 'line')), mostLines),
    }),
  ),
  'What is to change; a line that is new must be complete.',
);

const expectedReceipts: Resource<WmsCore, ExpectedReceipt> = {
  name: 'expected-receipts',
  singular: 'ExpectedReceipt',
  plural: 'ExpectedReceipts',
  schema: expectedReceipt,
  keyPath: '{number}',
  idOf: ({ number }) => number,
  resolve: (core, number) => core.expectedReceipts.find(number)?.number ?? number,
  collection: (core) => core.expectedReceipts.documents,
  filters: [
    byIndex('purchaseOrder', (core) => core.expectedReceipts.byPurchaseOrder),
    byField('status'),
    byField('supplier'),
    byField('plant'),
  ],
};

const shipNotices: Resource<WmsCore, AdvanceShipNotice> = {
  name: 'ship-notices',
  singular: 'ShipNotice',
  plural: 'ShipNotices',
  schema: named('ShipNotice', shipNoticeShape),
  keyPath: '{number}',
  idOf: ({ number }) => number,
  collection: (core) => core.shipNotices.documents,
  filters: [
    byOrderOfLines((core) => core.shipNotices.byPurchaseOrder),
    byField('status'),
    byField('supplier'),
    byField('plant'),
  ],
};

const shipNoticeDraft: Schema = named(
  'ShipNoticeDraft',
  object({
    number: key(40),
    supplier: supplierNumber,
    shippedAt: timestamp,
    estimatedArrival: date,
    carrier: text(80, 0),
    trackingNumber: text(80, 0),
    plant: plantCode,
    lines: list(shipNoticeLine, mostLines, 1),
  }),
);

export const inboundEndpoints: readonly Endpoint<WmsCore>[] = [
  listOf(expectedReceipts),
  readOf(expectedReceipts),
  createOf<WmsCore, ExpectedReceipt, ExpectedReceiptDraft>(expectedReceipts, {
    body: draft,
    keyField: 'purchaseOrder',
    run: (core, body, context) => core.expectedReceipts.create(body, context),
  }),
  changeOf<WmsCore, ExpectedReceipt, ExpectedReceiptChange>(
    expectedReceipts,
    change,
    (core, number, body, context) => core.expectedReceipts.change(number, body, context),
  ),
  actionOf(expectedReceipts, {
    path: 'cancel',
    operation: 'cancelExpectedReceipt',
    summary: 'Expects nothing of it any more; refused once goods came.',
    run: (core, number, _body, context) => core.expectedReceipts.cancel(number, context),
  }),
  actionOf(expectedReceipts, {
    path: 'close',
    operation: 'closeExpectedReceipt',
    summary: 'Expects no more, whatever is missing.',
    run: (core, number, _body, context) => core.expectedReceipts.close(number, context),
  }),
  listOf(shipNotices),
  readOf(shipNotices),
  createOf<WmsCore, AdvanceShipNotice, ShipNoticeDraft>(shipNotices, {
    body: shipNoticeDraft,
    keyField: 'number',
    run: (core, body, context) => core.shipNotices.create(body, context),
  }),
  actionOf(shipNotices, {
    path: 'cancel',
    operation: 'cancelShipNotice',
    summary: 'Takes the announcement back.',
    run: (core, number, _body, context) => core.shipNotices.cancel(number, context),
  }),
];
