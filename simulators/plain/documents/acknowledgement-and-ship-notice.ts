/** What suppliers answer and announce. */
import {
  type Schema,
  count,
  date,
  decimal,
  key,
  list,
  named,
  object,
  oneOf,
  text,
  timestamp,
} from '../schema.ts';
import {
  lineNumber,
  materialNumber,
  mostLines,
  orderNumber,
  plantCode,
  supplierNumber,
  unit,
} from './shared.ts';

export const acknowledgementLine: Schema = named(
  'AcknowledgementLine',
  object({
    line: lineNumber,
    decision: oneOf('accepted', 'dateChanged', 'quantityChanged', 'backordered', 'rejected'),
    quantity: decimal,
    unit,
    deliveryDate: date,
    'reason?': text(255, 0),
  }),
);

export const orderAcknowledgement: Schema = named(
  'OrderAcknowledgement',
  object({
    number: key(40),
    purchaseOrder: orderNumber,
    orderRevision: count(1, 1_000_000),
    supplier: supplierNumber,
    acknowledgedAt: timestamp,
    lines: list(acknowledgementLine, mostLines),
  }),
);

export const shipNoticeLine: Schema = named(
  'ShipNoticeLine',
  object({
    line: lineNumber,
    purchaseOrder: orderNumber,
    purchaseOrderLine: lineNumber,
    material: materialNumber,
    quantity: decimal,
    unit,
    'lot?': key(20),
    'expiresOn?': date,
  }),
);

/** Name it where it is used: the procurement suite adds fields to it. */
export const shipNoticeShape: Schema = object({
  number: key(40),
  supplier: supplierNumber,
  shippedAt: timestamp,
  estimatedArrival: date,
  carrier: text(80, 0),
  trackingNumber: text(80, 0),
  plant: plantCode,
  status: oneOf('inTransit', 'arrived', 'closed', 'cancelled'),
  lines: list(shipNoticeLine, mostLines),
});
