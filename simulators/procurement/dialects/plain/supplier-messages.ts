/** Order acknowledgements and ship notices, which suppliers bring, on the `plain` wire. */
import type { OrderAcknowledgement } from '../../../../domain/order-acknowledgement.ts';
import {
  acknowledgementLine,
  orderAcknowledgement,
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
import { actionOf, createOf, listOf, readOf } from '../../../plain/resource-endpoints.ts';
import {
  type Schema,
  count,
  date,
  decimal,
  extend,
  key,
  list,
  named,
  object,
  oneOf,
  text,
  timestamp,
} from '../../../plain/schema.ts';
import type { ShipNotice } from '../../documents.ts';
import type { AcknowledgementDraft, ShipNoticeDraft } from '../../drafts.ts';
import type { ProcurementCore } from '../../procurement-core.ts';

const acknowledgementDraft: Schema = named(
  'OrderAcknowledgementDraft',
  object({
    'number?': key(40),
    purchaseOrder: orderNumber,
    orderRevision: count(1, 1_000_000),
    supplier: supplierNumber,
    lines: list(acknowledgementLine, mostLines, 1),
  }),
);

export const acknowledgements: Resource<ProcurementCore, OrderAcknowledgement> = {
  name: 'order-acknowledgements',
  singular: 'OrderAcknowledgement',
  plural: 'OrderAcknowledgements',
  schema: orderAcknowledgement,
  keyPath: '{number}',
  idOf: ({ number }) => number,
  collection: (core) => core.acknowledgements.documents,
  filters: [byIndex('purchaseOrder', (core) => core.acknowledgements.byOrder), byField('supplier')],
};

/** Something beyond what the order line still allowed. */
export const quantityException: Schema = named(
  'QuantityException',
  object({
    kind: oneOf('overReceipt', 'overShipment'),
    line: lineNumber,
    purchaseOrder: orderNumber,
    purchaseOrderLine: lineNumber,
    excess: decimal,
  }),
);

const shipNotice: Schema = named(
  'ShipNotice',
  extend(shipNoticeShape, {
    orderRevisions: { type: 'object', additionalProperties: count(1, 1_000_000) },
    exceptions: list(quantityException, mostLines),
  }),
);

const shipNoticeDraft: Schema = named(
  'ShipNoticeDraft',
  object({
    'number?': key(40),
    supplier: supplierNumber,
    'shippedAt?': timestamp,
    estimatedArrival: date,
    carrier: text(80),
    trackingNumber: text(80),
    plant: plantCode,
    lines: list(
      named(
        'ShipNoticeLineDraft',
        object({
          'line?': lineNumber,
          purchaseOrder: orderNumber,
          purchaseOrderLine: lineNumber,
          'material?': materialNumber,
          quantity: decimal,
          'unit?': unit,
          'lot?': key(20),
          'expiresOn?': date,
        }),
      ),
      mostLines,
      1,
    ),
  }),
);

const shipNotices: Resource<ProcurementCore, ShipNotice> = {
  name: 'ship-notices',
  singular: 'ShipNotice',
  plural: 'ShipNotices',
  schema: shipNotice,
  keyPath: '{number}',
  idOf: ({ number }) => number,
  collection: (core) => core.shipNotices.documents,
  filters: [
    byOrderOfLines((core) => core.shipNotices.byOrder),
    byField('status'),
    byField('supplier'),
  ],
};

export const supplierEndpoints: readonly Endpoint<ProcurementCore>[] = [
  listOf(acknowledgements),
  readOf(acknowledgements),
  createOf<ProcurementCore, OrderAcknowledgement, AcknowledgementDraft>(acknowledgements, {
    body: acknowledgementDraft,
    keyField: 'purchaseOrder',
    run: (core, body, context) => core.acknowledgements.create(body, context),
  }),
  listOf(shipNotices),
  readOf(shipNotices),
  createOf<ProcurementCore, ShipNotice, ShipNoticeDraft>(shipNotices, {
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
