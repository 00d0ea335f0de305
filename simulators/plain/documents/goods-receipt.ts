/** Goods movements: material documents of the ERP, receipts of the procurement suite. */
import { movementTypes } from '../../../domain/goods-receipt.ts';
import {
  type Schema,
  date,
  decimal,
  flag,
  key,
  list,
  named,
  object,
  oneOf,
  text,
  timestamp,
} from '../schema.ts';
import {
  currency,
  lineNumber,
  materialNumber,
  mostLines,
  orderNumber,
  plantCode,
  reference,
  storageLocation,
  unit,
  user,
} from './shared.ts';

export const movementType = oneOf(...movementTypes);

export const goodsReceiptLineShape: Schema = object({
  line: lineNumber,
  movementType,
  'purchaseOrder?': orderNumber,
  'purchaseOrderLine?': lineNumber,
  material: { ...materialNumber, pattern: '^[!-~]*$' },
  plant: plantCode,
  storageLocation: { ...storageLocation, pattern: '^[!-~]*$' },
  'lot?': key(20),
  quantity: decimal,
  unit,
  quantityInBaseUnit: decimal,
  'quantityInOrderUnit?': decimal,
  'amount?': decimal,
  'currency?': currency,
  'deliveryCompleted?': flag,
  'costCenter?': key(24),
  'reason?': text(255, 0),
  'reversesLine?': key(40),
});

/** A goods movement with lines of the given shape; name it where it is used. */
export const goodsReceiptShape = (line: Schema): Schema =>
  object({
    number: key(20),
    year: { type: 'string', pattern: '^\\d{4}$' },
    'externalReference?': reference,
    'deliveryNote?': text(40),
    documentDate: date,
    postingDate: date,
    createdAt: timestamp,
    createdBy: user,
    lines: list(named('GoodsReceiptLine', line), mostLines),
    'reverses?': key(40),
    'reversedBy?': key(40),
    'accountingDocument?': key(40),
  });
