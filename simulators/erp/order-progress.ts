/** What receipts and invoices do to the order itself: delivery completed, and its state. */
import type { PurchaseOrder, PurchaseOrderLine } from '../../domain/purchase-order.ts';
import type { Foundation } from './foundation.ts';
import type { MovementRun } from './movement-run.ts';
import { isDelivered, orderStatus } from './order-status.ts';

/** Brings the orders of a goods movement up to date and returns them as they are now. */
export function saveProgress({ base, touched }: MovementRun): PurchaseOrder[] {
  return [...touched].map(([order, lines]) => {
    const updated = order.lines.map((line) => {
      const completed = lines.get(line.line);
      return completed === undefined ? line : withDelivery(order, line, completed, base);
    });
    const changed = updated.some((line, index) => line !== order.lines[index]);
    return saveStatus(changed ? { ...order, lines: updated } : order, base);
  });
}

/**
 * Stores the order when its state or a line changed. No event and no change record: nobody changed
 * the order, it only moved on.
 */
export function saveStatus(order: PurchaseOrder, base: Foundation): PurchaseOrder {
  const orders = base.store.collection<PurchaseOrder>('PurchaseOrder');
  const status = orderStatus(order, base.balances);
  const after = status === order.status ? order : { ...order, status };
  if (after !== orders.get(order.number)) orders.put(order.number, after);
  return after;
}

/** Complete when all has come (within the under-delivery tolerance) or the caller says so; a reversal reopens it. */
function withDelivery(
  order: PurchaseOrder,
  line: PurchaseOrderLine,
  completed: boolean,
  base: Foundation,
): PurchaseOrderLine {
  const balance = base.balances.line(order.number, line.line);
  const deliveryCompleted = completed || isDelivered(line, balance);
  return deliveryCompleted === line.deliveryCompleted ? line : { ...line, deliveryCompleted };
}
