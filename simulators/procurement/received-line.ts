/** The making of receipt lines: checked against their order line and brought into its unit. */
import type { Decimal } from '../../domain/decimal.ts';
import type { GoodsReceiptLine } from '../../domain/goods-receipt.ts';
import type { ReceiptLineDraft } from './drafts.ts';
import { checkQuantity, converted } from './input-checks.ts';
import { checkMaterial, issuedOrder, openOrder, orderLineOf } from './open-order.ts';
import { checkStorageLocation } from './order-lines.ts';
import type { ProcurementRecords } from './procurement-records.ts';
import { refusal } from './refusal.ts';

/** A receipt line that surely refers to an order line. */
export interface ReceivedLine extends GoodsReceiptLine {
  readonly purchaseOrder: string;
  readonly purchaseOrderLine: string;
  readonly quantityInOrderUnit: Decimal;
}

export function receivedLine(
  draft: ReceiptLineDraft,
  line: string,
  at: string,
  records: ProcurementRecords,
): ReceivedLine {
  const field = `${at}.purchaseOrder`;
  const order = openOrder(issuedOrder(draft.purchaseOrder, records, field), field);
  const ordered = orderLineOf(order, draft.purchaseOrderLine, `${at}.purchaseOrderLine`);
  if (!ordered.goodsReceiptExpected) {
    const message = `Line ${ordered.line} expects no receipt.`;
    throw refusal('conflict', 'receipt-not-expected', message, `${at}.purchaseOrderLine`);
  }
  checkMaterial(draft.material, ordered, `${at}.material`);
  const material = records.material(ordered.material, `${at}.material`);
  const unit = draft.unit ?? ordered.unit;
  checkQuantity(draft.quantity, unit, material, at);
  const storageLocation = draft.storageLocation ?? ordered.storageLocation;
  const plant = records.plant(ordered.plant, order.companyCode, `${at}.plant`);
  checkStorageLocation(storageLocation, plant, `${at}.storageLocation`);
  const inUnit = (to: string): Decimal =>
    converted(draft.quantity, unit, to, material, `${at}.unit`);
  return {
    ...draft,
    line,
    movementType: '101',
    material: ordered.material,
    plant: ordered.plant,
    storageLocation,
    unit,
    quantityInBaseUnit: inUnit(material.baseUnit),
    quantityInOrderUnit: inUnit(ordered.unit),
  };
}
