/** One goods movement while it is being posted: what its lines refer to, and what they add up to. */
import type { CalendarDate } from '../../domain/calendar-date.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { MovementType } from '../../domain/goods-receipt.ts';
import type { Material, Plant } from '../../domain/master-data.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../domain/purchase-order.ts';
import type { Context } from '../../harness/context.ts';
import { checkQuantity, convert } from './checks.ts';
import type { GoodsMovementLineDraft } from './drafts.ts';
import type { MaterialDocumentLine } from './erp-documents.ts';
import type { Foundation } from './foundation.ts';
import type { Entry } from './ledger.ts';

/** A posted line that a 102, 105 or 122 refers to. */
export interface OriginalLine {
  /** `year/number/line`. */
  readonly id: string;
  readonly document: string;
  readonly line: MaterialDocumentLine;
}

/** A line with everything it names looked up. */
export interface ResolvedLine {
  readonly draft: GoodsMovementLineDraft;
  readonly path: string;
  readonly line: string;
  readonly plant: Plant;
  /** Missing for a text line, which has an account assignment. */
  readonly material: Material | undefined;
  readonly storageLocation: string;
  readonly order?: PurchaseOrder;
  readonly orderLine?: PurchaseOrderLine;
  readonly original?: OriginalLine;
}

/** A resolved line with its order: what receipts and returns work on. */
export type OrderMovement = ResolvedLine & {
  readonly order: PurchaseOrder;
  readonly orderLine: PurchaseOrderLine;
};

export interface MovementRun {
  readonly base: Foundation;
  readonly context: Context;
  /** `year/number`. */
  readonly id: string;
  readonly companyCode: string;
  readonly currency: string;
  readonly postingDate: CalendarDate;
  readonly entries: Entry[];
  /** Order lines whose receipts changed, with whether the caller called the delivery complete. */
  readonly touched: Map<PurchaseOrder, Map<string, boolean>>;
}

/** Notes that an order line has to be looked at again when all lines are posted. */
export function touch(run: MovementRun, { order, orderLine, draft }: OrderMovement): void {
  const lines = run.touched.get(order) ?? new Map<string, boolean>();
  const completed = lines.get(orderLine.line) ?? false;
  lines.set(orderLine.line, completed || draft.deliveryCompleted === true);
  run.touched.set(order, lines);
}

export interface Quantities {
  readonly quantity: Decimal;
  readonly unit: string;
  readonly inBaseUnit: Decimal;
  readonly inOrderUnit: Decimal;
}

/** The quantity as entered, in the base unit and in the order unit (`orderUnit`, else the base unit). */
export function quantitiesOf(
  { draft, material, path }: ResolvedLine,
  orderUnit: string | undefined,
): Quantities {
  const unit = draft.unit ?? orderUnit ?? material?.baseUnit ?? 'C62';
  const field = `${path}.quantity`;
  const quantity = draft.quantity ?? ('0' as Decimal);
  checkQuantity(quantity, unit, field);
  const inOrderUnit = convert(
    quantity,
    unit,
    orderUnit ?? material?.baseUnit ?? unit,
    material,
    field,
  );
  checkQuantity(inOrderUnit, orderUnit ?? material?.baseUnit ?? unit, field);
  const inBaseUnit = material
    ? convert(quantity, unit, material.baseUnit, material, field)
    : inOrderUnit;
  return { quantity, unit, inBaseUnit, inOrderUnit };
}

/** The posted line, without what only some movements know. */
export function postedLine(
  resolved: ResolvedLine,
  movementType: MovementType,
  quantities: Quantities,
  worth: { readonly amount: Decimal; readonly currency: string },
): MaterialDocumentLine {
  const { draft, line, plant, order, orderLine, original } = resolved;
  return {
    line,
    movementType,
    ...(order === undefined || orderLine === undefined
      ? {}
      : {
          purchaseOrder: order.number,
          purchaseOrderLine: orderLine.line,
          quantityInOrderUnit: quantities.inOrderUnit,
        }),
    material: resolved.material?.number ?? '',
    plant: plant.code,
    storageLocation: resolved.storageLocation,
    ...(draft.lot === undefined ? {} : { lot: draft.lot }),
    quantity: quantities.quantity,
    unit: quantities.unit,
    quantityInBaseUnit: quantities.inBaseUnit,
    amount: worth.amount,
    currency: worth.currency,
    ...(draft.deliveryCompleted === undefined
      ? {}
      : { deliveryCompleted: draft.deliveryCompleted }),
    ...(draft.costCenter === undefined ? {} : { costCenter: draft.costCenter }),
    ...(draft.reason === undefined ? {} : { reason: draft.reason }),
    ...(original === undefined ? {} : { reversesLine: original.id }),
  };
}
