/**
 * The state of an order, recomputed from what was received and invoiced. An order with a release
 * pending is `approved` (by the system it came from) and not yet `transmitted`. Orders never claim
 * `matched`: an invoice can be cancelled, and the canonical moves have no way back from there; the
 * invoice carries the match.
 */
import { type CanonicalState, mayMove, orderMoves } from '../../domain/canonical-state.ts';
import { isLess, isPositive, isZero, percentOf, subtract } from '../../domain/decimal.ts';
import { absolute } from '../../domain/decimal.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../domain/purchase-order.ts';
import type { OrderLineBalance } from './erp-documents.ts';
import type { OrderBalances } from './order-balances.ts';

/** Whether under-delivery within the tolerance (or all of it) has arrived. */
export function isDelivered(line: PurchaseOrderLine, balance: OrderLineBalance): boolean {
  const least = subtract(
    line.quantity,
    percentOf(line.quantity, line.underdeliveryTolerancePercent),
  );
  return !isLess(absolute(balance.received), least);
}

type Progress = 'none' | 'some' | 'all';

function progressOf(line: PurchaseOrderLine, balance: OrderLineBalance): Progress {
  if (!line.goodsReceiptExpected) {
    if (line.finalInvoice) return 'all';
    // Nothing arrives for such a line, so its invoice stands for the delivery.
    if (line.category === 'limit') return isZero(balance.invoiced) ? 'none' : 'all';
    if (isZero(balance.invoiced)) return 'none';
    return isLess(absolute(balance.invoiced), line.quantity) ? 'some' : 'all';
  }
  if (line.deliveryCompleted || isDelivered(line, balance)) return 'all';
  return isPositive(absolute(balance.received)) ? 'some' : 'none';
}

/** The state that the facts give, as far as the canonical moves allow it from the present one. */
export function orderStatus(order: PurchaseOrder, balances: OrderBalances): CanonicalState {
  const target = targetOf(order, balances);
  return mayMove(orderMoves, order.status, target) ? target : order.status;
}

function targetOf(order: PurchaseOrder, balances: OrderBalances): CanonicalState {
  const lines = order.lines.filter((line) => !line.deleted);
  if (lines.length === 0) return 'cancelled';
  const progress = lines.map((line) => progressOf(line, balances.line(order.number, line.line)));
  if (progress.every((each) => each === 'all')) return 'fullyReceived';
  if (progress.some((each) => each !== 'none')) return 'partiallyReceived';
  if (!order.released) return 'approved';
  const waiting = order.status === 'transmitted' || order.status === 'acknowledged';
  if (waiting) return order.status;
  return order.acknowledgement === undefined ? 'transmitted' : 'acknowledged';
}
