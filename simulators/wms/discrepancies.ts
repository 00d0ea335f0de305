/**
 * What a count found different: more or less than ordered or announced, damaged, wrong, or ordered
 * by nobody. A blind count knows only the order, and an order may come in several deliveries, so it
 * calls a line short only when the clerk says that no more is to come.
 */
import { type Decimal, isLess, isPositive, maximum, subtract, zero } from '../../domain/decimal.ts';
import type { ReceiptDiscrepancyLine } from '../../domain/warehouse.ts';
import type { CountedLine } from './counted-lines.ts';

/** An order line before and after a count, all in the order line's unit. */
export interface LineProgress {
  readonly purchaseOrderLine: string;
  readonly unit: string;
  readonly ordered: Decimal;
  readonly receivedBefore: Decimal;
  readonly receivedAfter: Decimal;
  /** The clerk said that no more is to come for the line. */
  readonly saidFinal: boolean;
  /** What the ship notice announced, and what was counted of it so far, good or damaged. */
  readonly announced?: {
    readonly quantity: Decimal;
    readonly counted: Decimal;
    readonly partial: boolean;
  };
}

/** Discrepancies of one receiving, by order line and then of the goods themselves. */
export function discrepanciesOf(
  lines: readonly CountedLine[],
  progress: readonly LineProgress[],
): ReceiptDiscrepancyLine[] {
  const found: ReceiptDiscrepancyLine[] = [];
  for (const each of progress) {
    const { purchaseOrderLine, unit } = each;
    const [over, short] = [overOf(each), shortOf(each)];
    if (isPositive(over)) found.push({ purchaseOrderLine, kind: 'over', quantity: over, unit });
    if (isPositive(short)) found.push({ purchaseOrderLine, kind: 'short', quantity: short, unit });
  }
  for (const { draft, ordered, condition } of lines) {
    const { quantity, unit } = draft;
    const purchaseOrderLine = ordered?.line ?? '';
    if (!ordered) found.push({ purchaseOrderLine, kind: 'noOrder', quantity, unit });
    else if (condition === 'wrongItem')
      found.push({ purchaseOrderLine, kind: 'wrongItem', quantity, unit });
    if (condition === 'damaged') found.push({ purchaseOrderLine, kind: 'damaged', quantity, unit });
  }
  return found;
}

/** Above the order by this count; else above the announcement. */
function overOf({ ordered, receivedBefore, receivedAfter, announced }: LineProgress): Decimal {
  const aboveOrder = subtract(excess(receivedAfter, ordered), excess(receivedBefore, ordered));
  if (isPositive(aboveOrder) || !announced) return aboveOrder;
  return excess(announced.counted, announced.quantity);
}

function shortOf({ ordered, receivedAfter, saidFinal, announced }: LineProgress): Decimal {
  if (announced) return announced.partial ? zero : excess(announced.quantity, announced.counted);
  return saidFinal && isLess(receivedAfter, ordered) ? subtract(ordered, receivedAfter) : zero;
}

const excess = (actual: Decimal, limit: Decimal): Decimal => maximum(subtract(actual, limit), zero);
