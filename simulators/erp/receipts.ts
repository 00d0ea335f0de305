/**
 * Goods received for an order: 101 into stock or consumption, 103 into blocked stock and 105 out of
 * it, 161 for a line of returned goods, which is a receipt turned round.
 */
import {
  type Decimal,
  absolute,
  add,
  isGreater,
  isZero,
  maximum,
  negate,
  percentOf,
  subtract,
  zero,
} from '../../domain/decimal.ts';
import { type MaterialDocumentLine, returnsGoods } from './erp-documents.ts';
import { isConsumed, isValuated, placeOf, postGoods, shownAmount } from './gr-ir-posting.ts';
import {
  type MovementRun,
  type OrderMovement,
  type Quantities,
  postedLine,
  quantitiesOf,
  touch,
} from './movement-run.ts';
import { clearingValue, openInvoices } from './order-balances.ts';
import { orderValue } from './order-line.ts';
import { isDelivered } from './order-status.ts';
import { refuse } from './refuse.ts';

/** 101, and 161 for returned goods. */
export function postReceipt(run: MovementRun, movement: OrderMovement): MaterialDocumentLine {
  const { draft, orderLine } = movement;
  checkReturnedGoods(movement);
  const quantities = quantitiesOf(movement, orderLine.unit);
  checkDelivery(run, movement, quantities.inOrderUnit);
  return receive(run, movement, quantities, draft.movementType === '161' ? -1 : 1);
}

/** 103: the goods are here, but nobody may use them yet; nothing is posted in the ledger. */
export function postBlockedReceipt(
  run: MovementRun,
  movement: OrderMovement,
): MaterialDocumentLine {
  const { order, orderLine } = movement;
  const quantities = quantitiesOf(movement, orderLine.unit);
  checkDelivery(run, movement, quantities.inOrderUnit);
  const blocked = quantities.inOrderUnit;
  if (!isConsumed(orderLine)) {
    run.base.stock.change(placeOf(movement), 'blocked', quantities.inBaseUnit);
  }
  run.base.balances.addToLine(order.number, orderLine.line, { blocked });
  run.base.balances.startReceipt(`${run.id}/${movement.line}`, {
    ...emptyReceipt(movement),
    blocked,
    baseQuantity: quantities.inBaseUnit,
  });
  touch(run, movement);
  return receiptLine(run, movement, quantities, zero);
}

/** 105: releases what a 103 brought, in full or in part. */
export function postRelease(run: MovementRun, movement: OrderMovement): MaterialDocumentLine {
  const { original, order, orderLine, path, draft } = movement;
  if (original?.line.movementType !== '103') {
    const message = '105 releases the goods of a 103: the line it refers to is none.';
    refuse('invalid', 'not-blocked-stock', message, `${path}.reversesLine`);
  }
  const balance = run.base.balances.receipt(original.id);
  const left = balance?.blocked ?? zero;
  if (isZero(left)) {
    refuse('conflict', 'already-released', `${original.id} is released already.`, path);
  }
  const asked = draft.quantity === undefined ? { ...draft, quantity: left } : draft;
  const quantities = quantitiesOf({ ...movement, draft: asked }, orderLine.unit);
  if (isGreater(quantities.inOrderUnit, left)) {
    const message = `Only ${left} ${orderLine.unit} of ${original.id} are still blocked.`;
    refuse('invalid', 'exceeds-receipt', message, `${path}.quantity`, { left });
  }
  const whole = quantities.inOrderUnit === left;
  const inBaseUnit = whole ? (balance?.baseQuantity ?? zero) : quantities.inBaseUnit;
  const blocked = negate(quantities.inOrderUnit);
  if (!isConsumed(orderLine)) {
    run.base.stock.change(placeOf(movement), 'blocked', negate(inBaseUnit), path);
  }
  run.base.balances.addToLine(order.number, orderLine.line, { blocked });
  run.base.balances.addToReceipt(original.id, { blocked, baseQuantity: negate(inBaseUnit) });
  return receive(run, movement, { ...quantities, inBaseUnit }, 1);
}

function receive(
  run: MovementRun,
  movement: OrderMovement,
  quantities: Quantities,
  sign: 1 | -1,
): MaterialDocumentLine {
  const { order, orderLine } = movement;
  const { balances } = run.base;
  const signed = (quantity: Decimal): Decimal => (sign === 1 ? quantity : negate(quantity));
  const received = signed(quantities.inOrderUnit);
  const baseQuantity = signed(quantities.inBaseUnit);
  const value = isValuated(orderLine) ? receiptValue(run, movement, received) : zero;
  const posted = postGoods(run, movement, { baseQuantity, value, clearing: value });
  const receivedValue = isValuated(orderLine) ? value : zero;
  balances.addToLine(order.number, orderLine.line, { received, receivedValue });
  balances.startReceipt(`${run.id}/${movement.line}`, {
    ...emptyReceipt(movement),
    received,
    receivedValue,
    baseQuantity,
    value: posted,
  });
  touch(run, movement);
  return receiptLine(run, movement, quantities, posted);
}

/** At order price; what was invoiced before it came, at the invoice's value. */
function receiptValue(run: MovementRun, movement: OrderMovement, received: Decimal): Decimal {
  const { order, orderLine, material } = movement;
  const { balances, exchange } = run.base;
  const atOrderPrice = (quantity: Decimal): Decimal =>
    exchange.convert(
      orderValue(orderLine, quantity, order.currency, material),
      order.currency,
      run.currency,
    );
  if (orderLine.goodsReceiptBasedInvoiceVerification) return atOrderPrice(received);
  const counterpart = openInvoices(balances.line(order.number, orderLine.line));
  return clearingValue(counterpart, received, run.currency, atOrderPrice);
}

const emptyReceipt = ({ order, orderLine }: OrderMovement) => ({
  purchaseOrder: order.number,
  purchaseOrderLine: orderLine.line,
  received: zero,
  receivedValue: zero,
  invoiced: zero,
  invoicedValue: zero,
  blocked: zero,
  baseQuantity: zero,
  value: zero,
});

function receiptLine(
  run: MovementRun,
  movement: OrderMovement,
  quantities: Quantities,
  value: Decimal,
): MaterialDocumentLine {
  const { orderLine } = movement;
  const worth = { amount: shownAmount(value), currency: run.currency };
  const line = postedLine(movement, movement.draft.movementType, quantities, worth);
  if (isConsumed(orderLine)) {
    const costCenter = orderLine.accountAssignment?.object ?? '';
    return { ...line, storageLocation: '', consumed: true, costCenter };
  }
  return orderLine.category === 'consignment' ? { ...line, consignment: true } : line;
}

function checkReturnedGoods({ draft, orderLine, path }: OrderMovement): void {
  const returned = returnsGoods(orderLine);
  if (returned !== (draft.movementType === '161')) {
    const message = returned
      ? `Line ${orderLine.line} returns goods: it takes movement 161 only.`
      : `Movement 161 is for lines of returned goods; line ${orderLine.line} is none.`;
    refuse('invalid', 'returns-item', message, `${path}.movementType`);
  }
}

/** Over-delivery beyond the tolerance, and deliveries to a line that was closed short. */
function checkDelivery(run: MovementRun, movement: OrderMovement, quantity: Decimal): void {
  const { order, orderLine, path } = movement;
  const balance = run.base.balances.line(order.number, orderLine.line);
  if (orderLine.deliveryCompleted && !isDelivered(orderLine, balance)) {
    const message = `Delivery of line ${orderLine.line} of purchase order ${order.number} is completed.`;
    refuse('conflict', 'delivery-completed', message, path);
  }
  if (orderLine.unlimitedOverdelivery) return;
  const tolerance = percentOf(orderLine.quantity, orderLine.overdeliveryTolerancePercent);
  const most = add(orderLine.quantity, tolerance);
  const before = absolute(add(balance.received, balance.blocked));
  const total = add(before, quantity);
  if (!isGreater(total, most)) return;
  const message = `PO quantity exceeded by ${subtract(total, orderLine.quantity)} ${orderLine.unit}: purchase order ${order.number} line ${orderLine.line}.`;
  refuse('invalid', 'over-delivery', message, `${path}.quantity`, {
    purchaseOrder: order.number,
    line: orderLine.line,
    open: maximum(zero, subtract(orderLine.quantity, before)),
    unit: orderLine.unit,
  });
}
