/** What the sets of the material document service show of a goods movement of the core. */
import { postingPeriodOf } from '../../../../domain/calendar-date.ts';
import { currencyDecimals } from '../../../../domain/currency.ts';
import { unitsOfMeasure } from '../../../../domain/unit-of-measure.ts';
import { fixed } from '../../../odata/json-text.ts';
import type { Value } from '../../../odata/model.ts';
import type { ErpCore } from '../../erp-core.ts';
import type { MaterialDocument, MaterialDocumentLine } from '../../erp-documents.ts';
import type { Values } from './extensions.ts';
import { vendorUnit } from './units.ts';

export interface DocumentRow {
  readonly document: MaterialDocument;
  readonly more: Values | undefined;
}

export interface MovementRow extends DocumentRow {
  readonly line: MaterialDocumentLine;
}

type Fields<Row> = Readonly<Record<string, (row: Row) => Value>>;

/** `PT13H52M33S` */
export const timeOf = (timestamp: string): string =>
  `PT${timestamp.slice(11, 13)}H${timestamp.slice(14, 16)}M${timestamp.slice(17, 19)}S`;

const ofOrder = new Set(['101', '102', '103', '105', '122', '161']);

const transactionType = ({ lines }: MaterialDocument): string => {
  const type = lines[0]?.movementType ?? '';
  if (ofOrder.has(type)) return 'WE';
  return type === '701' || type === '702' ? 'WI' : 'WA';
};

/** The code under which movements are entered together. */
export const movementCodes: Readonly<Record<string, readonly string[]>> = {
  '01': ['101', '102', '103', '105', '122', '161'],
  '02': ['101', '102'],
  '03': ['201', '122', '161'],
  '04': ['301', '311'],
  '05': ['561', '701', '702', '101'],
  '06': ['102'],
  '07': ['701', '702'],
};

const codeOf = ({ lines }: MaterialDocument): string => {
  const type = lines[0]?.movementType ?? '';
  return Object.keys(movementCodes).find((code) => movementCodes[code]?.includes(type)) ?? '';
};

export const documentFields: Fields<DocumentRow> = {
  MaterialDocumentYear: ({ document }) => document.year,
  MaterialDocument: ({ document }) => document.number,
  InventoryTransactionType: ({ document }) => transactionType(document),
  DocumentDate: ({ document }) => document.documentDate,
  PostingDate: ({ document }) => document.postingDate,
  CreationDate: ({ document }) => document.createdAt.slice(0, 10),
  CreationTime: ({ document }) => timeOf(document.createdAt),
  CreatedByUser: ({ document }) => document.createdBy.slice(0, 12).toUpperCase(),
  MaterialDocumentHeaderText: ({ document }) => document.deliveryNote?.slice(0, 25) ?? '',
  ReferenceDocument: ({ document }) => document.externalReference ?? '',
  GoodsMovementCode: ({ document, more }) => more?.['GoodsMovementCode'] ?? codeOf(document),
};

/** Whether a line was taken back, with its document or alone. */
function isCancelled(core: ErpCore, { document, line }: MovementRow): boolean {
  if (document.reversedBy !== undefined) return true;
  if (line.purchaseOrder === undefined) return false;
  const id = `${document.year}/${document.number}/${line.line}`;
  return core.goodsMovements.byPurchaseOrder
    .find(line.purchaseOrder)
    .some(({ lines }) =>
      lines.some((each) => each.movementType === '102' && each.reversesLine === id),
    );
}

const itemKeys: Fields<MovementRow> = {
  MaterialDocumentYear: ({ document }) => document.year,
  MaterialDocument: ({ document }) => document.number,
};

const reversed =
  (part: 0 | 1 | 2) =>
  ({ line }: MovementRow): Value =>
    line.reversesLine?.split('/')[part] ?? '';

const inUnit = (quantity: string, unit: string): string =>
  fixed(quantity, unitsOfMeasure.get(unit)?.decimals ?? 3);

export const movementFields = (core: ErpCore): Fields<MovementRow> => {
  const { masterData, purchaseOrders } = core;
  const baseUnit = (line: MaterialDocumentLine): string =>
    masterData.materials.get(line.material)?.baseUnit ?? line.unit;
  return {
    ...itemKeys,
    MaterialDocumentItem: ({ line }) => line.line,
    Material: ({ line }) => line.material,
    Plant: ({ line }) => line.plant,
    StorageLocation: ({ line }) => line.storageLocation,
    Batch: ({ line }) => line.lot?.slice(0, 10) ?? '',
    GoodsMovementType: ({ line }) => line.movementType,
    InventorySpecialStockType: ({ line }) => (line.consignment === true ? 'K' : ''),
    Supplier: ({ line }) => purchaseOrders.documents.get(line.purchaseOrder ?? '')?.supplier ?? '',
    PurchaseOrder: ({ line }) => line.purchaseOrder ?? '',
    PurchaseOrderItem: ({ line }) => line.purchaseOrderLine ?? '',
    GoodsMovementRefDocType: ({ line }) => (line.purchaseOrder === undefined ? '' : 'B'),
    GoodsMovementReasonCode: ({ line }) => line.reason?.slice(0, 4) ?? '',
    CostCenter: ({ line }) => line.costCenter ?? '',
    MaterialBaseUnit: ({ line }) => vendorUnit(baseUnit(line)),
    QuantityInBaseUnit: ({ line }) => inUnit(line.quantityInBaseUnit, baseUnit(line)),
    EntryUnit: ({ line }) => vendorUnit(line.unit),
    QuantityInEntryUnit: ({ line }) => inUnit(line.quantity, line.unit),
    CompanyCodeCurrency: ({ line }) => line.currency ?? '',
    GdsMvtExtAmtInCoCodeCrcy: ({ line }) =>
      fixed(line.amount ?? '0', currencyDecimals(line.currency ?? 'EUR')),
    FiscalYear: ({ document }) => document.year,
    FiscalYearPeriod: ({ document }) =>
      `${document.year}0${postingPeriodOf(document.postingDate).period}`,
    FiscalYearVariant: () => 'K4',
    IssuingOrReceivingPlant: ({ line }) => line.receivingPlant ?? '',
    IssuingOrReceivingStorageLoc: ({ line }) => line.receivingStorageLocation ?? '',
    IsCompletelyDelivered: ({ line }) => line.deliveryCompleted === true,
    MaterialDocumentLine: ({ line }) => line.line,
    GoodsMovementIsCancelled: (row) => isCancelled(core, row),
    ReversedMaterialDocumentYear: reversed(0),
    ReversedMaterialDocument: reversed(1),
    ReversedMaterialDocumentItem: reversed(2),
  };
};
