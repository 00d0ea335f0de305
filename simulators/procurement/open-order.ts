/** Which orders a supplier, a warehouse or an accountant may still refer to. */
import type { PurchaseOrder, PurchaseOrderLine } from '../../domain/purchase-order.ts';
import { isClosedOrder } from './order-status.ts';
import type { ProcurementRecords } from './procurement-records.ts';
import { found, refusal, required } from './refusal.ts';

/** An order that was sent to the supplier; `field` is where it was named, if it was. */
export function issuedOrder(
  number: string,
  records: ProcurementRecords,
  field?: string,
): PurchaseOrder {
  const held = records.orders.get(number);
  const order =
    field === undefined
      ? found(held, 'Purchase order', number)
      : required(held, () =>
          refusal('invalid', 'unknown-order', `Purchase order ${number} is unknown.`, field),
        );
  if (order.status === 'approved' || order.status === 'draft') {
    throw refusal('conflict', 'order-not-issued', `Order ${number} is not sent yet.`, field);
  }
  if (order.status === 'cancelled') {
    throw refusal('conflict', 'order-cancelled', `Order ${number} is cancelled.`, field);
  }
  if (order.status === 'rejected') {
    throw refusal(
      'conflict',
      'order-rejected',
      `Order ${number} was rejected by the supplier.`,
      field,
    );
  }
  return order;
}

/** The same order, unless it was cancelled, rejected or closed. */
export function openOrder(order: PurchaseOrder, field?: string): PurchaseOrder {
  if (order.status === 'cancelled') {
    throw refusal('conflict', 'order-cancelled', `Order ${order.number} is cancelled.`, field);
  }
  if (order.status === 'rejected') {
    throw refusal(
      'conflict',
      'order-rejected',
      `Order ${order.number} was rejected by the supplier.`,
      field,
    );
  }
  if (isClosedOrder(order)) {
    throw refusal('conflict', 'order-closed', `Order ${order.number} is closed.`, field);
  }
  return order;
}

/** A line of the order that was not taken out of it. */
export function orderLineOf(
  order: PurchaseOrder,
  number: string,
  field: string,
): PurchaseOrderLine {
  const line = required(
    order.lines.find((each) => each.line === number),
    () => refusal('invalid', 'unknown-line', `Order ${order.number} has no line ${number}.`, field),
  );
  if (line.deleted) {
    throw refusal(
      'conflict',
      'line-deleted',
      `Line ${number} was taken out of order ${order.number}.`,
      field,
    );
  }
  return line;
}

/** The material named must be the one ordered. */
export function checkMaterial(
  named: string | undefined,
  line: PurchaseOrderLine,
  field: string,
): void {
  if (named !== undefined && named !== line.material) {
    throw refusal('invalid', 'wrong-material', `Line ${line.line} orders ${line.material}.`, field);
  }
}

export function checkOrderSupplier(order: PurchaseOrder, supplier: string, field: string): void {
  if (order.supplier !== supplier) {
    throw refusal(
      'invalid',
      'wrong-supplier',
      `Order ${order.number} is not supplier ${supplier}'s.`,
      field,
    );
  }
}
