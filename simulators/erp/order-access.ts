/** Orders as receipts and invoices may use them: there, not locked, released, not deleted. */
import type { PurchaseOrder, PurchaseOrderLine } from '../../domain/purchase-order.ts';
import type { Context } from '../../harness/context.ts';
import type { Foundation } from './foundation.ts';
import { refuse } from './refuse.ts';

export interface OrderReference {
  readonly purchaseOrder: string;
  readonly line: string;
}

/** The order and its line, if somebody may post against them now. */
export function openOrder(
  base: Foundation,
  reference: OrderReference,
  path: string,
  context: Context,
): { order: PurchaseOrder; orderLine: PurchaseOrderLine } {
  const order = base.store.collection<PurchaseOrder>('PurchaseOrder').get(reference.purchaseOrder);
  if (order === undefined) {
    const message = `Purchase order ${reference.purchaseOrder} does not exist.`;
    refuse('invalid', 'unknown-order', message, `${path}.purchaseOrder`);
  }
  base.locks.check(order.number, context.by);
  const orderLine = order.lines.find((each) => each.line === reference.line);
  if (orderLine === undefined) {
    const message = `Purchase order ${order.number} has no line ${reference.line}.`;
    refuse('invalid', 'unknown-order-line', message, `${path}.purchaseOrderLine`);
  }
  if (order.status === 'cancelled') {
    const message = `Purchase order ${order.number} is flagged for deletion.`;
    refuse('conflict', 'order-cancelled', message, `${path}.purchaseOrder`);
  }
  if (!order.released) {
    const message = `Purchase order ${order.number} is not released.`;
    refuse('conflict', 'not-released', message, `${path}.purchaseOrder`);
  }
  return { order, orderLine };
}

/** Refuses a receipt for a line that is deleted or expects none. */
export function checkReceivable(order: PurchaseOrder, line: PurchaseOrderLine, path: string): void {
  checkNotDeleted(order, line, path);
  if (!line.goodsReceiptExpected) {
    const message = `Line ${line.line} of purchase order ${order.number} expects no goods receipt.`;
    refuse('invalid', 'no-receipt-expected', message, `${path}.purchaseOrderLine`);
  }
}

export function checkNotDeleted(order: PurchaseOrder, line: PurchaseOrderLine, path: string): void {
  if (!line.deleted) return;
  const message = `Line ${line.line} of purchase order ${order.number} is flagged for deletion.`;
  refuse('conflict', 'line-deleted', message, `${path}.purchaseOrderLine`);
}
