/** The supplier's confirmation, taken over into an order's schedule lines. */
import {
  type Decimal,
  isNegative,
  isPositive,
  minimum,
  subtract,
  zero,
} from '../../domain/decimal.ts';
import type {
  PurchaseOrder,
  PurchaseOrderLine,
  ScheduleLine,
} from '../../domain/purchase-order.ts';
import type { AcknowledgementDraft } from './drafts.ts';
import { refuse } from './refuse.ts';

type Convert = (quantity: Decimal, from: string, line: PurchaseOrderLine, field: string) => Decimal;

/** The order's lines with confirmed quantities and dates; `convert` brings a quantity to the order unit. */
export function confirmedLines(
  order: PurchaseOrder,
  acknowledgement: AcknowledgementDraft,
  convert: Convert,
): readonly PurchaseOrderLine[] {
  const lines = [...order.lines];
  acknowledgement.lines.forEach((each, index) => {
    const path = `lines[${index}]`;
    const place = lines.findIndex((line) => line.line === each.line);
    const line = lines[place];
    if (line === undefined) {
      const message = `Purchase order ${order.number} has no line ${each.line}.`;
      refuse('invalid', 'unknown-order-line', message, `${path}.line`);
    }
    if (isNegative(each.quantity)) {
      const message = `Confirmed quantity ${each.quantity} is negative.`;
      refuse('invalid', 'quantity-not-positive', message, `${path}.quantity`);
    }
    const rejected = each.decision === 'rejected';
    const quantity = rejected ? zero : convert(each.quantity, each.unit, line, `${path}.quantity`);
    lines[place] = {
      ...line,
      scheduleLines: spread(line.scheduleLines, quantity, each.deliveryDate),
    };
  });
  return lines;
}

/** Fills the schedule lines one after the other; what the supplier confirms beyond them goes to the last. */
function spread(
  scheduleLines: readonly ScheduleLine[],
  quantity: Decimal,
  confirmedDate: ScheduleLine['deliveryDate'],
): readonly ScheduleLine[] {
  let left = quantity;
  return scheduleLines.map((each, index) => {
    const last = index === scheduleLines.length - 1;
    const confirmedQuantity = last ? left : minimum(left, each.quantity);
    left = subtract(left, confirmedQuantity);
    return isPositive(confirmedQuantity)
      ? { ...each, confirmedQuantity, confirmedDate }
      : { ...each, confirmedQuantity };
  });
}
