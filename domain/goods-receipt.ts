/**
 * Goods movements against orders. The same document is a material document in the ERP, a receiving
 * transaction in the procurement suite and a receipt confirmation in the WMS.
 */
import type { CalendarDate, Timestamp } from './calendar-date.ts';
import type { Decimal } from './decimal.ts';

/**
 * Movement types, with the numbers of SAP's inventory management: 101 receipt for an order, 102 its
 * reversal, 103 into blocked stock and 105 out of it, 122 return to vendor, 161 returns item,
 * 201 issue to a cost centre, 301 plant transfer, 311 storage location transfer, 561 initial stock,
 * 701/702 count difference (gain, loss).
 */
export const movementTypes = [
  '101',
  '102',
  '103',
  '105',
  '122',
  '161',
  '201',
  '301',
  '311',
  '561',
  '701',
  '702',
] as const;
export type MovementType = (typeof movementTypes)[number];

/** A goods receipt, its reversal, a return or another movement. Posted once and never edited. */
export interface GoodsReceipt {
  readonly number: string;
  /** Fiscal year; part of the key in the ERP. */
  readonly year: string;
  /** The number in the system that counted the goods; at most 16 characters (S/4's ReferenceDocument). */
  readonly externalReference?: string;
  readonly deliveryNote?: string;
  readonly documentDate: CalendarDate;
  readonly postingDate: CalendarDate;
  readonly createdAt: Timestamp;
  readonly createdBy: string;
  readonly lines: readonly GoodsReceiptLine[];
  /** The document this one reverses. */
  readonly reverses?: string;
  /** The document that reversed this one. */
  readonly reversedBy?: string;
  readonly accountingDocument?: string;
}

export interface GoodsReceiptLine {
  readonly line: string;
  readonly movementType: MovementType;
  readonly purchaseOrder?: string;
  readonly purchaseOrderLine?: string;
  readonly material: string;
  readonly plant: string;
  readonly storageLocation: string;
  readonly lot?: string;
  /** As entered: in the order unit or another unit of the material. Always positive; the movement type gives the sign. */
  readonly quantity: Decimal;
  readonly unit: string;
  readonly quantityInBaseUnit: Decimal;
  readonly quantityInOrderUnit?: Decimal;
  readonly amount?: Decimal;
  readonly currency?: string;
  readonly deliveryCompleted?: boolean;
  readonly costCenter?: string;
  readonly reason?: string;
  /** The receipt line that a 102 or 122 takes back, as `number/line`. */
  readonly reversesLine?: string;
}

/** +1 when the movement adds to the receipts of an order line, -1 when it takes back, else 0. */
export const receiptSign = (movementType: MovementType): 1 | -1 | 0 => {
  if (movementType === '101' || movementType === '105') return 1;
  return movementType === '102' || movementType === '122' ? -1 : 0;
};

/** +1 when the movement adds to unrestricted stock, -1 when it takes from it, 0 when it does neither. */
export const stockSign = (movementType: MovementType): 1 | -1 | 0 => {
  if (['101', '105', '561', '701'].includes(movementType)) return 1;
  return ['102', '122', '161', '201', '702'].includes(movementType) ? -1 : 0;
};
