/**
 * Where an order is, worked out from the facts around it: what was received, shipped, acknowledged
 * and invoiced. It moves only along the canonical table; where the facts jump further than one move
 * allows, the order takes the first step towards them.
 */
import { type CanonicalState, mayMove, orderMoves } from '../../domain/canonical-state.ts';
import {
  type Decimal,
  add,
  isLess,
  isPositive,
  isZero,
  percentOf,
  subtract,
} from '../../domain/decimal.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../domain/purchase-order.ts';
import type { Context } from '../../harness/context.ts';
import type { Invoice } from './documents.ts';
import { type ProcurementRecords, timeOf } from './procurement-records.ts';

/** An invoice that counts: not voided, not rejected. */
export const isLive = ({ status }: Pick<Invoice, 'status'>): boolean =>
  status !== 'cancelled' && status !== 'rejected';

/** Closed by a person: nothing more is expected to come or to be invoiced. */
export const isClosedOrder = (order: PurchaseOrder): boolean =>
  order.lines.every(({ deleted, finalInvoice }) => deleted || finalInvoice);

/** Largest quantity that the line takes without an exception. */
export const largestReceipt = (line: PurchaseOrderLine): Decimal =>
  add(line.quantity, percentOf(line.quantity, line.overdeliveryTolerancePercent));

/** Whether nothing more is to come for the line. */
function isComplete(line: PurchaseOrderLine, received: Decimal): boolean {
  const least = subtract(
    line.quantity,
    percentOf(line.quantity, line.underdeliveryTolerancePercent),
  );
  return line.deliveryCompleted || !isLess(received, least);
}

/** The state that the facts ask for, if the table allowed any move. */
function factualState(order: PurchaseOrder, records: ProcurementRecords): CanonicalState {
  const receivable = order.lines.filter((line) => !line.deleted && line.goodsReceiptExpected);
  const receivedOf = ({ line }: PurchaseOrderLine): Decimal =>
    records.balances.of(order.number, line).received;
  if (receivable.some((line) => isPositive(receivedOf(line)))) {
    if (!receivable.every((line) => isComplete(line, receivedOf(line)))) return 'partiallyReceived';
    return isSettled(order, records) ? 'matched' : 'fullyReceived';
  }
  const acknowledged = isAcknowledged(order, records);
  if (isShipped(order, acknowledged, records)) return 'shipped';
  return acknowledged ? 'acknowledged' : 'transmitted';
}

/** Moves the order to where the facts put it, as far as one move goes. Needs a transaction. */
export function settleStatus(number: string, records: ProcurementRecords, context: Context): void {
  const order = records.orders.get(number);
  if (order === undefined || !isUnderWay(order.status)) return;
  const status = stepTowards(order.status, factualState(order, records));
  if (status === order.status) return;
  records.orders.put(number, { ...order, status, changedAt: timeOf(context) });
}

/** Sent to the supplier and neither cancelled nor rejected. */
const isUnderWay = (status: CanonicalState): boolean =>
  !['draft', 'approved', 'cancelled', 'rejected'].includes(status);

/** The next state on the shortest way. */
function stepTowards(from: CanonicalState, to: CanonicalState): CanonicalState {
  if (mayMove(orderMoves, from, to)) return to;
  const next = orderMoves[from] ?? [];
  return next.find((via) => isUnderWay(via) && mayMove(orderMoves, via, to)) ?? from;
}

/** Everything to be invoiced is, and every invoice matches or was approved. */
function isSettled(order: PurchaseOrder, records: ProcurementRecords): boolean {
  const live = records.invoicesByOrder.find(order.number).filter(isLive);
  const agreed = live.every(({ match }) => match === 'matched' || match === 'approved');
  if (live.length === 0 || !agreed) return false;
  return order.lines.every((line) => {
    if (line.deleted || line.finalInvoice || !line.invoiceExpected) return true;
    const { received, invoiced } = records.balances.of(order.number, line.line);
    return !isLess(invoiced, isZero(received) ? line.quantity : received);
  });
}

/** The supplier confirmed something of the current revision. */
function isAcknowledged(order: PurchaseOrder, records: ProcurementRecords): boolean {
  if (order.acknowledgement === undefined) return false;
  const acknowledgement = records.acknowledgements.get(order.acknowledgement);
  return acknowledgement?.lines.some(({ decision }) => decision !== 'rejected') ?? false;
}

/** Goods are on their way for the current revision, or the supplier confirmed it after they left. */
const isShipped = (
  order: PurchaseOrder,
  acknowledged: boolean,
  records: ProcurementRecords,
): boolean =>
  records.shipNoticesByOrder
    .find(order.number)
    .some(
      ({ status, orderRevisions }) =>
        status !== 'cancelled' && (acknowledged || orderRevisions[order.number] === order.revision),
    );
