/** How far a count brings the lines of an order, and what of it is confirmed. */
import type { AdvanceShipNotice } from '../../domain/advance-ship-notice.ts';
import { add, isGreater, isLess, percentOf } from '../../domain/decimal.ts';
import type {
  ExpectedReceipt,
  ExpectedReceiptLine,
  ReceiptConfirmationLine,
} from '../../domain/warehouse.ts';
import { type Confirmations, type LinesByOrderLine, countsAsReceived } from './confirmations.ts';
import type { CountedLine } from './counted-lines.ts';
import type { LineProgress } from './discrepancies.ts';
import type { MasterData } from './master-data.ts';
import { totalIn } from './quantities.ts';
import { invalid } from './refusals.ts';

interface ProgressOf {
  readonly order: ExpectedReceipt;
  readonly notice: AdvanceShipNotice | undefined;
  readonly lines: readonly CountedLine[];
  readonly partial: boolean;
  readonly confirmations: Confirmations;
  readonly masterData: MasterData;
}

/** Progress of the order's lines that were counted or, with a complete delivery, announced. */
export function progressOf(count: ProgressOf): LineProgress[] {
  const { order, notice, lines, confirmations } = count;
  const earlier = confirmations.linesFor(order.purchaseOrder);
  const ofNotice = notice && confirmations.linesOfNotice(notice.number, order.purchaseOrder);
  const counted = new Set(lines.map((each) => each.ordered?.line));
  const announced = new Set(announcedLines(order, notice).map((each) => each.purchaseOrderLine));
  return order.lines
    .filter((each) => counted.has(each.line) || announced.has(each.line))
    .map((each) => lineProgress(each, count, { earlier, ofNotice }));
}

const announcedLines = (order: ExpectedReceipt, notice: AdvanceShipNotice | undefined) =>
  (notice?.lines ?? []).filter((each) => each.purchaseOrder === order.purchaseOrder);

interface ConfirmedSoFar {
  readonly earlier: LinesByOrderLine;
  readonly ofNotice: LinesByOrderLine | undefined;
}

function lineProgress(
  line: ExpectedReceiptLine,
  count: ProgressOf,
  { earlier, ofNotice }: ConfirmedSoFar,
): LineProgress {
  const { order, notice, masterData, partial } = count;
  const material = masterData.materials.expect(line.material, 'material');
  const mine = count.lines.filter((each) => each.ordered === line);
  const good = [...(earlier.get(line.line) ?? []), ...mine.map(amountOf)].filter((each) =>
    countsAsReceived(each.condition),
  );
  const progress = {
    purchaseOrderLine: line.line,
    unit: line.unit,
    ordered: line.quantity,
    receivedBefore: line.receivedQuantity,
    receivedAfter: totalIn(line.unit, good, material),
    saidFinal: mine.some((each) => each.draft.finalDelivery),
  };
  const announced = announcedLines(order, notice).filter(
    (each) => each.purchaseOrderLine === line.line,
  );
  if (announced.length === 0) return progress;
  const came = [...(ofNotice?.get(line.line) ?? []), ...mine.map(amountOf)].filter(
    (each) => each.condition !== 'wrongItem',
  );
  return {
    ...progress,
    announced: {
      quantity: totalIn(line.unit, announced, material),
      counted: totalIn(line.unit, came, material),
      partial,
    },
  };
}

const amountOf = ({ draft: { quantity, unit }, condition }: CountedLine) => ({
  quantity,
  unit,
  condition,
});

/** Refuses with `over-delivery` when a counted line comes above its order line's tolerance. */
export function checkOverDelivery(
  order: ExpectedReceipt,
  lines: readonly CountedLine[],
  progress: readonly LineProgress[],
): void {
  for (const { ordered, condition, path } of lines) {
    if (!ordered || !countsAsReceived(condition)) continue;
    const after = progress.find((each) => each.purchaseOrderLine === ordered.line)?.receivedAfter;
    const most = add(
      ordered.quantity,
      percentOf(ordered.quantity, ordered.overdeliveryTolerancePercent),
    );
    if (after === undefined || !isGreater(after, most)) continue;
    throw invalid(
      'over-delivery',
      `Line ${ordered.line} of ${order.purchaseOrder} takes at most ${most} ${ordered.unit}, not ${after}.`,
      `${path}quantity`,
    );
  }
}

/** The lines as they are confirmed: counted goods, and on the last of an order line that it is complete. */
export function confirmationLines(
  lines: readonly CountedLine[],
  progress: readonly LineProgress[],
): ReceiptConfirmationLine[] {
  return lines.map((line, i) => {
    const { draft, material, condition, lot, expiresOn } = line;
    return {
      line: String(i + 1),
      purchaseOrderLine: line.ordered?.line ?? '',
      material: material.number,
      quantity: draft.quantity,
      unit: draft.unit,
      condition,
      ...(lot === '' ? {} : { lot }),
      ...(expiresOn === undefined ? {} : { expiresOn }),
      finalDelivery: isFinal(line, lines, progress),
    };
  });
}

/** Said so or full, and the last good line for the order line: what follows it would be refused upstream. */
function isFinal(
  line: CountedLine,
  lines: readonly CountedLine[],
  progress: readonly LineProgress[],
): boolean {
  const { ordered } = line;
  if (!ordered) return false;
  const same = lines.filter((each) => each.ordered === ordered);
  const last = same.findLast((each) => countsAsReceived(each.condition)) ?? same.at(-1);
  const found = progress.find((each) => each.purchaseOrderLine === ordered.line);
  if (line !== last || !found) return false;
  return found.saidFinal || !isLess(found.receivedAfter, found.ordered);
}
