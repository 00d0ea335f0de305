/** Lines of expected receipts: made from a draft, or changed within what was received. */
import { type Decimal, isLess, isNegative, zero } from '../../domain/decimal.ts';
import type { ExpectedReceiptLine } from '../../domain/warehouse.ts';
import type { ExpectedReceiptLineChange, ExpectedReceiptLineDraft } from './drafts.ts';
import type { MasterData } from './master-data.ts';
import { toBaseUnit } from './quantities.ts';
import { conflict, invalid } from './refusals.ts';

/** Refuses with `duplicate-line` when one line comes twice, `invalid-number` when it has no number. */
export function checkNoDuplicates(lines: readonly { readonly line: string }[]): void {
  const seen = new Set<string>();
  for (const [i, { line }] of lines.entries()) {
    if (line === '') throw invalid('invalid-number', 'A line has a number.', `lines[${i}].line`);
    if (seen.has(line))
      throw invalid('duplicate-line', `Line ${line} comes twice.`, `lines[${i}].line`);
    seen.add(line);
  }
}

/** A line as expected and not received yet; see `ExpectedReceipts.create` for the rules. */
export function newLine(
  draft: ExpectedReceiptLineDraft,
  masterData: MasterData,
  path: string,
): ExpectedReceiptLine {
  const { line, material, quantity, unit, expectedOn, cancelled = false } = draft;
  const overdeliveryTolerancePercent = draft.overdeliveryTolerancePercent ?? zero;
  toBaseUnit({ quantity, unit }, masterData.materials.expect(material, `${path}material`), path);
  checkTolerance(overdeliveryTolerancePercent, path);
  return {
    line,
    material,
    quantity,
    unit,
    expectedOn,
    overdeliveryTolerancePercent,
    receivedQuantity: zero,
    cancelled,
  };
}

interface LineChange {
  readonly before: ExpectedReceiptLine | undefined;
  readonly change: ExpectedReceiptLineChange;
  /** Something was counted for the line. */
  readonly touched: boolean;
  readonly masterData: MasterData;
  readonly path: string;
}

/** The line after a change. Rules: `already-received`, `below-received`, `incomplete-line`, and those of a new line. */
export function changedLine({
  before,
  change,
  touched,
  masterData,
  path,
}: LineChange): ExpectedReceiptLine {
  if (before === undefined) return newLine(complete(change, path), masterData, path);
  const { material = before.material, unit = before.unit, cancelled = before.cancelled } = change;
  if (touched) checkUntouchable(before, { material, unit, cancelled }, path);
  const after = newLine({ ...before, ...change, material, unit, cancelled }, masterData, path);
  if (isLess(after.quantity, before.receivedQuantity)) {
    throw conflict(
      'below-received',
      `Line ${before.line} received ${before.receivedQuantity} ${unit} already.`,
      `${path}quantity`,
    );
  }
  return { ...after, receivedQuantity: before.receivedQuantity };
}

type Untouchable = Pick<ExpectedReceiptLine, 'material' | 'unit' | 'cancelled'>;

function checkUntouchable(before: ExpectedReceiptLine, after: Untouchable, path: string): void {
  for (const field of ['material', 'unit', 'cancelled'] as const) {
    if (before[field] === after[field]) continue;
    throw conflict(
      'already-received',
      `Goods came for line ${before.line}; its ${field} stays.`,
      `${path}${field}`,
    );
  }
}

function complete(change: ExpectedReceiptLineChange, path: string): ExpectedReceiptLineDraft {
  const { material, quantity, unit, expectedOn } = change;
  const missing = Object.entries({ material, quantity, unit, expectedOn }).find(
    ([, value]) => value === undefined,
  );
  if (missing) {
    throw invalid(
      'incomplete-line',
      `Line ${change.line} is new and needs its ${missing[0]}.`,
      `${path}${missing[0]}`,
    );
  }
  return change as ExpectedReceiptLineDraft;
}

function checkTolerance(percent: Decimal, path: string): void {
  if (!isNegative(percent)) return;
  throw invalid(
    'tolerance-negative',
    'A tolerance is not negative.',
    `${path}overdeliveryTolerancePercent`,
  );
}
