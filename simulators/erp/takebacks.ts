/**
 * Receipts taken back: 102 reverses one at its original value, 122 returns goods to the supplier.
 * Both refer to a receipt line and never take back more than is left of it.
 */
import {
  type Decimal,
  add,
  isGreater,
  isLess,
  isZero,
  negate,
  zero,
} from '../../domain/decimal.ts';
import { convert } from './checks.ts';
import type { MaterialDocumentLine } from './erp-documents.ts';
import { isConsumed, isValuated, placeOf, postGoods, shownAmount } from './gr-ir-posting.ts';
import {
  type MovementRun,
  type OrderMovement,
  type OriginalLine,
  type Quantities,
  postedLine,
  quantitiesOf,
  touch,
} from './movement-run.ts';
import { type ReceiptLineBalance, closingValue, openInvoices, shareOf } from './order-balances.ts';
import { refuse } from './refuse.ts';

type TakeBack = OrderMovement & { readonly original: OriginalLine };

export function postTakeBack(run: MovementRun, movement: OrderMovement): MaterialDocumentLine {
  const takeBack = checkOriginal(movement);
  const { order, orderLine, original } = takeBack;
  const { balances } = run.base;
  const left = checkLeft(takeBack, balances.receipt(original.id));
  const quantities = quantitiesTakenBack(takeBack, left);
  checkInvoiced(takeBack, left, quantities.inOrderUnit);
  const received = negate(quantities.inOrderUnit);
  const value = negate(shareOf(left.value, quantities.inOrderUnit, left.received, run.currency));
  const clearing = clearingOf(run, takeBack, left, received, value);
  const baseQuantity = negate(quantities.inBaseUnit);
  const posted = postGoods(run, takeBack, { baseQuantity, value, clearing });
  balances.addToLine(order.number, orderLine.line, { received, receivedValue: clearing });
  balances.addToReceipt(original.id, { received, receivedValue: clearing, baseQuantity, value });
  if (original.line.movementType === '105') backIntoBlockedStock(run, takeBack, quantities);
  touch(run, takeBack);
  return takenBackLine(run, takeBack, quantities, posted);
}

function checkOriginal(movement: OrderMovement): TakeBack {
  const { original, draft, path } = movement;
  const type = original?.line.movementType;
  if (original === undefined || (type !== '101' && type !== '105')) {
    const message = `Movement ${draft.movementType} takes back a 101 or a 105, not ${type ?? 'nothing'}.`;
    refuse('invalid', 'not-reversible', message, `${path}.reversesLine`);
  }
  return { ...movement, original };
}

function checkLeft(
  { original, path }: TakeBack,
  balance: ReceiptLineBalance | undefined,
): ReceiptLineBalance {
  if (balance === undefined || isZero(balance.received)) {
    refuse('conflict', 'already-reversed', `${original.id} is taken back already.`, path);
  }
  return balance;
}

function quantitiesTakenBack(takeBack: TakeBack, left: ReceiptLineBalance): Quantities {
  const { draft, orderLine, path, material } = takeBack;
  const whole = { inBaseUnit: left.baseQuantity, inOrderUnit: left.received };
  if (draft.quantity === undefined) {
    return { quantity: left.received, unit: orderLine.unit, ...whole };
  }
  const asked = quantitiesOf(takeBack, orderLine.unit);
  if (asked.inOrderUnit === left.received) return { ...asked, ...whole };
  const tooMuch = isGreater(asked.inOrderUnit, left.received);
  const inBaseUnit = material
    ? convert(asked.inOrderUnit, orderLine.unit, material.baseUnit, material, `${path}.quantity`)
    : asked.inOrderUnit;
  if (tooMuch || isGreater(inBaseUnit, left.baseQuantity)) {
    const message = `Only ${left.received} ${orderLine.unit} are left of receipt ${takeBack.original.id}.`;
    refuse('invalid', 'exceeds-receipt', message, `${path}.quantity`, { left: left.received });
  }
  return { ...asked, inBaseUnit };
}

/** With receipt-based verification an invoiced receipt is not reversed; goods may still be returned. */
function checkInvoiced(takeBack: TakeBack, left: ReceiptLineBalance, quantity: Decimal): void {
  const { draft, original, path } = takeBack;
  if (draft.movementType !== '102' || isZero(left.invoiced)) return;
  if (!isLess(add(left.received, negate(quantity)), left.invoiced)) return;
  const message = `Receipt ${original.id} is invoiced: cancel the invoice first or return the goods.`;
  refuse('conflict', 'receipt-invoiced', message, path);
}

function clearingOf(
  run: MovementRun,
  { order, orderLine }: TakeBack,
  left: ReceiptLineBalance,
  received: Decimal,
  value: Decimal,
): Decimal {
  if (!isValuated(orderLine)) return zero;
  const balance = orderLine.goodsReceiptBasedInvoiceVerification
    ? left
    : run.base.balances.line(order.number, orderLine.line);
  return closingValue(openInvoices(balance), received, value);
}

/** What a 105 released is blocked again when the release is taken back. */
function backIntoBlockedStock(run: MovementRun, takeBack: TakeBack, quantities: Quantities): void {
  const { order, orderLine, original, draft } = takeBack;
  const released = original.line.reversesLine;
  // Goods on their way back to the supplier are not blocked stock any more.
  if (draft.movementType === '122' || released === undefined) return;
  const blocked = quantities.inOrderUnit;
  if (!isConsumed(orderLine)) {
    run.base.stock.change(placeOf(takeBack), 'blocked', quantities.inBaseUnit);
  }
  run.base.balances.addToLine(order.number, orderLine.line, { blocked });
  run.base.balances.addToReceipt(released, { blocked, baseQuantity: quantities.inBaseUnit });
}

function takenBackLine(
  run: MovementRun,
  takeBack: TakeBack,
  quantities: Quantities,
  posted: Decimal,
): MaterialDocumentLine {
  const { original, draft } = takeBack;
  const worth = { amount: shownAmount(posted), currency: run.currency };
  const line = postedLine(takeBack, draft.movementType, quantities, worth);
  const { consumed, consignment, costCenter, storageLocation } = original.line;
  return {
    ...line,
    storageLocation,
    ...(consumed === undefined ? {} : { consumed }),
    ...(consignment === undefined ? {} : { consignment }),
    ...(costCenter === undefined ? {} : { costCenter }),
  };
}
