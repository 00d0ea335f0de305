/** Order lines that are known to exist, because something was posted against them. */
import assert from 'node:assert';
import type { PurchaseOrder, PurchaseOrderLine } from '../../domain/purchase-order.ts';
import type { Collection } from '../../harness/collection.ts';

export function postedOrderLine(
  orders: Collection<PurchaseOrder>,
  number: string,
  line: string,
): { order: PurchaseOrder; orderLine: PurchaseOrderLine } {
  const order = orders.get(number);
  const orderLine = order?.lines.find((each) => each.line === line);
  assert(order && orderLine, `Order line ${number}/${line} was posted against and is gone.`);
  return { order, orderLine };
}
