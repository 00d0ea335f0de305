/**
 * Looks up all that a goods movement names (orders, receipts, plants, materials) and refuses what
 * cannot take part, before anything is posted.
 */
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { isGreater, isZero, subtract } from '../../domain/decimal.ts';
import type { Plant } from '../../domain/master-data.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../domain/purchase-order.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import { checkLineNumber, convert } from './checks.ts';
import type { GoodsMovementDraft, GoodsMovementLineDraft } from './drafts.ts';
import type { MaterialDocument } from './erp-documents.ts';
import type { Foundation } from './foundation.ts';
import { isConsumed } from './gr-ir-posting.ts';
import type { OriginalLine, ResolvedLine } from './movement-run.ts';
import { checkReceivable, openOrder } from './order-access.ts';
import { checkStorageLocation } from './order-line.ts';
import { receiptLineOf } from './receipt-reference.ts';
import { refuse } from './refuse.ts';

const withOrder = new Set(['101', '102', '103', '105', '122', '161']);
const receiving = new Set(['101', '103', '105', '161']);

export class MovementResolver {
  readonly #base: Foundation;
  readonly #documents: Collection<MaterialDocument>;
  readonly #byOrder: Index<MaterialDocument>;

  constructor(
    base: Foundation,
    documents: Collection<MaterialDocument>,
    byOrder: Index<MaterialDocument>,
  ) {
    this.#base = base;
    this.#documents = documents;
    this.#byOrder = byOrder;
  }

  resolve(draft: GoodsMovementDraft, context: Context): ResolvedLine[] {
    const numbers = new Set<string>();
    const resolved = draft.lines.map((each, index) => {
      const path = `lines[${index}]`;
      const line = each.line ?? String(index + 1);
      checkLineNumber(line, `${path}.line`);
      if (numbers.has(line)) {
        refuse('invalid', 'duplicate-line', 'Two lines have the same number.', `${path}.line`);
      }
      numbers.add(line);
      return withOrder.has(each.movementType)
        ? this.#forOrder(each, line, path, draft, context)
        : this.#forStock(each, line, path);
    });
    if (new Set(resolved.map((each) => each.plant.companyCode)).size > 1) {
      const message = 'One goods movement posts in one company code.';
      refuse('invalid', 'several-company-codes', message, 'lines');
    }
    return resolved;
  }

  #forOrder(
    draft: GoodsMovementLineDraft,
    line: string,
    path: string,
    movement: GoodsMovementDraft,
    context: Context,
  ): ResolvedLine {
    const today = movement.postingDate ?? (context.today as CalendarDate);
    const original = this.#original(draft, path, today);
    const number = original?.line.purchaseOrder ?? draft.purchaseOrder ?? '';
    const { order, orderLine } = openOrder(
      this.#base,
      {
        purchaseOrder: number,
        line: original?.line.purchaseOrderLine ?? draft.purchaseOrderLine ?? '',
      },
      path,
      context,
    );
    if (receiving.has(draft.movementType)) checkReceivable(order, orderLine, path);
    const { masterData } = this.#base;
    const material = orderLine.material ? masterData.material(orderLine.material) : undefined;
    checkSame(draft.material, orderLine.material, 'material', path);
    checkSame(draft.plant, orderLine.plant, 'plant', path);
    const plant = masterData.plant(orderLine.plant, `${path}.plant`);
    const storageLocation =
      original?.line.storageLocation || draft.storageLocation || orderLine.storageLocation;
    this.#checkPlace(draft, plant, orderLine, path);
    const about = { draft, path, line, plant, material, storageLocation, order, orderLine };
    const receipt = original ?? this.#receiptOf(draft, order, orderLine, path);
    return receipt === undefined
      ? about
      : {
          ...about,
          storageLocation: receipt.line.storageLocation || storageLocation,
          original: receipt,
        };
  }

  #checkPlace(
    draft: GoodsMovementLineDraft,
    plant: Plant,
    line: PurchaseOrderLine,
    path: string,
  ): void {
    if (draft.storageLocation === undefined || draft.storageLocation === '' || isConsumed(line))
      return;
    checkStorageLocation(draft.storageLocation, plant, `${path}.storageLocation`);
  }

  #forStock(draft: GoodsMovementLineDraft, line: string, path: string): ResolvedLine {
    const { masterData } = this.#base;
    const material = masterData.material(draft.material ?? '', `${path}.material`);
    const plant = masterData.plant(draft.plant ?? '', `${path}.plant`);
    const storageLocation = draft.storageLocation ?? (plant.storageLocations[0] as string);
    checkStorageLocation(storageLocation, plant, `${path}.storageLocation`);
    return { draft, path, line, plant, material, storageLocation };
  }

  #original(
    draft: GoodsMovementLineDraft,
    path: string,
    today: CalendarDate,
  ): OriginalLine | undefined {
    const { reversesLine } = draft;
    if (reversesLine === undefined) return undefined;
    const field = `${path}.reversesLine`;
    const found = receiptLineOf(this.#documents, reversesLine, today.slice(0, 4), field);
    checkSame(draft.purchaseOrder, found.line.purchaseOrder ?? '', 'purchaseOrder', path);
    checkSame(
      draft.purchaseOrderLine,
      found.line.purchaseOrderLine ?? '',
      'purchaseOrderLine',
      path,
    );
    return found;
  }

  /** For a 102, 105 or 122 that names only the order line: the latest receipt that has as much left. */
  #receiptOf(
    draft: GoodsMovementLineDraft,
    order: PurchaseOrder,
    orderLine: PurchaseOrderLine,
    path: string,
  ): OriginalLine | undefined {
    const { movementType } = draft;
    if (movementType !== '102' && movementType !== '122' && movementType !== '105')
      return undefined;
    for (const document of this.#byOrder.find(order.number).toReversed()) {
      for (const line of document.lines) {
        if (line.purchaseOrder !== order.number || line.purchaseOrderLine !== orderLine.line)
          continue;
        const found = `${document.year}/${document.number}`;
        const id = `${found}/${line.line}`;
        if (this.#takes(draft, id, orderLine, path)) return { id, document: found, line };
      }
    }
    const message = `No receipt of purchase order ${order.number} line ${orderLine.line} has that much left.`;
    return refuse('conflict', 'no-receipt-to-take-back', message, path);
  }

  /** Whether the receipt line has enough left (blocked for 105, received and not invoiced for the others). */
  #takes(
    draft: GoodsMovementLineDraft,
    id: string,
    orderLine: PurchaseOrderLine,
    path: string,
  ): boolean {
    const balance = this.#base.balances.receipt(id);
    if (balance === undefined) return false;
    const { received, blocked, invoiced } = balance;
    const left = draft.movementType === '105' ? blocked : received;
    const free = draft.movementType === '102' ? subtract(left, invoiced) : left;
    if (isZero(free)) return false;
    if (draft.quantity === undefined) return true;
    const unit = draft.unit ?? orderLine.unit;
    const material = this.#base.masterData.materials.get(orderLine.material);
    const asked = convert(draft.quantity, unit, orderLine.unit, material, `${path}.quantity`);
    return !isGreater(asked, free);
  }
}

function checkSame(given: string | undefined, meant: string, field: string, path: string): void {
  if (given === undefined || given === '' || given === meant) return;
  const message = `${field} ${given} differs from ${meant} of the order line.`;
  refuse('invalid', `${field.toLowerCase()}-mismatch`, message, `${path}.${field}`);
}
