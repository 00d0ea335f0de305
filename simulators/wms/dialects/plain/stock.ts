/** What lies where in the warehouse, and why it changed, on the `plain` wire. */
import type { StockMovement, StockQuant } from '../../../../domain/warehouse.ts';
import {
  materialNumber,
  plantCode,
  reason,
  storageLocation,
  unit,
  user,
} from '../../../plain/documents/shared.ts';
import type { Endpoint, Resource } from '../../../plain/endpoint.ts';
import { byField, byIndex } from '../../../plain/filters.ts';
import { createOf, listOf, readOf } from '../../../plain/resource-endpoints.ts';
import {
  type Schema,
  decimal,
  key,
  list,
  named,
  object,
  oneOf,
  text,
  timestamp,
} from '../../../plain/schema.ts';
import type { StockAdjustment, StockAdjustmentDraft } from '../../drafts.ts';
import type { WmsCore } from '../../wms-core.ts';

const stockStatus = oneOf('available', 'quality', 'blocked');
/** Stock that is not managed in lots has an empty one. */
const lotOrNone = { type: 'string', maxLength: 20, pattern: '^[!-~]*$' };

const stock: Resource<WmsCore, StockQuant> = {
  name: 'stock',
  singular: 'StockQuant',
  plural: 'StockQuants',
  schema: named(
    'StockQuant',
    object({
      material: materialNumber,
      plant: plantCode,
      location: storageLocation,
      lot: lotOrNone,
      status: stockStatus,
      quantity: decimal,
      unit,
    }),
    'Stock at one location in one lot and status, in the base unit.',
  ),
  keyPath: '{material}/{plant}/{location}/{lot}/{status}',
  idOf: (quant) =>
    `${quant.material}/${quant.plant}/${quant.location}/${quant.lot}/${quant.status}`,
  collection: (core) => core.stock.quants,
  filters: [
    byField('material'),
    byField('plant'),
    byField('location'),
    byField('lot'),
    byField('status'),
  ],
};

const stockMovements: Resource<WmsCore, StockMovement> = {
  name: 'stock-movements',
  singular: 'StockMovement',
  plural: 'StockMovements',
  schema: named(
    'StockMovement',
    object({
      number: key(20),
      reason: oneOf('receipt', 'receiptReversal', 'putAway', 'adjustment', 'count', 'statusChange'),
      material: materialNumber,
      plant: plantCode,
      location: storageLocation,
      lot: lotOrNone,
      status: stockStatus,
      quantity: decimal,
      unit,
      at: timestamp,
      by: user,
      reference: text(40, 0),
    }),
  ),
  keyPath: '{number}',
  idOf: ({ number }) => number,
  collection: (core) => core.stock.movements,
  filters: [
    byIndex('reference', (core) => core.stock.movementsByReference),
    byField('material'),
    byField('plant'),
  ],
};

const stockAdjustments: Resource<WmsCore, StockAdjustment> = {
  name: 'stock-adjustments',
  singular: 'StockAdjustment',
  plural: 'StockAdjustments',
  schema: named(
    'StockAdjustment',
    object({
      number: key(20),
      kind: oneOf('adjustment', 'count', 'statusChange'),
      reason: text(255, 0),
      plant: plantCode,
      at: timestamp,
      by: user,
      lines: list(
        object({
          material: materialNumber,
          location: storageLocation,
          lot: lotOrNone,
          status: stockStatus,
          bookQuantity: decimal,
          difference: decimal,
          unit,
        }),
        10_000,
      ),
    }),
  ),
  keyPath: '{number}',
  idOf: ({ number }) => number,
  collection: (core) => core.stock.adjustments,
  filters: [byField('kind'), byField('plant')],
};

const adjustmentDraft: Schema = named(
  'StockAdjustmentDraft',
  object({
    material: materialNumber,
    plant: plantCode,
    location: storageLocation,
    'lot?': lotOrNone,
    'status?': stockStatus,
    quantity: decimal,
    unit,
    reason,
  }),
  'How much more (or, with a sign, less) there is than the books say.',
);

export const stockEndpoints: readonly Endpoint<WmsCore>[] = [
  listOf(stock),
  listOf(stockMovements),
  readOf(stockMovements),
  listOf(stockAdjustments),
  readOf(stockAdjustments),
  createOf<WmsCore, StockAdjustment, StockAdjustmentDraft>(stockAdjustments, {
    body: adjustmentDraft,
    operation: 'adjustStock',
    summary: 'Corrects the books.',
    run: (core, body, context) => core.stock.adjust(body, context),
  }),
];
