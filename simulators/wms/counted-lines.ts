/**
 * What was counted at the dock, checked line by line against the order: which condition it is in,
 * which lot, and what status its stock gets.
 */
import { addDays, type CalendarDate } from '../../domain/calendar-date.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { Material } from '../../domain/master-data.ts';
import type {
  ExpectedReceipt,
  ExpectedReceiptLine,
  ReceiptConfirmationLine,
  ReceivedCondition,
  StockQuant,
} from '../../domain/warehouse.ts';
import type { ReceivingLineDraft } from './drafts.ts';
import type { MasterData } from './master-data.ts';
import { toBaseUnit } from './quantities.ts';
import { conflict, invalid } from './refusals.ts';
import { checkLot } from './stock-journal.ts';

/** A counted line with what it was checked against. */
export interface CountedLine {
  readonly draft: ReceivingLineDraft;
  /** Line of the order; none for goods that nobody ordered. */
  readonly ordered: ExpectedReceiptLine | undefined;
  readonly material: Material;
  readonly baseQuantity: Decimal;
  readonly condition: ReceivedCondition;
  readonly lot: string;
  readonly expiresOn: CalendarDate | undefined;
  readonly path: string;
}

/** Where stock of a confirmed line starts: damaged goods are held for quality, what nobody ordered is blocked. */
export function stockStatusOf(
  line: Pick<ReceiptConfirmationLine, 'condition' | 'purchaseOrderLine'>,
): StockQuant['status'] {
  if (line.condition === 'damaged') return 'quality';
  return line.condition === 'wrongItem' || line.purchaseOrderLine === '' ? 'blocked' : 'available';
}

interface CountedAgainst {
  readonly order: ExpectedReceipt | undefined;
  readonly masterData: MasterData;
  readonly receivedOn: CalendarDate;
}

/**
 * Checks one line. Rules: `unknown-material`, `unknown-order-line`, `line-cancelled`, `wrong-material`
 * (another material than ordered, counted as good or damaged), `not-a-wrong-item`, `expired`,
 * and those of lots and quantities.
 */
export function countedLine(
  draft: ReceivingLineDraft,
  against: CountedAgainst,
  path: string,
): CountedLine {
  const material = against.masterData.materials.expect(draft.material, `${path}material`);
  const ordered = orderedLine(draft, against.order, path);
  if (ordered) checkItem(draft, ordered, path);
  const baseQuantity = toBaseUnit(draft, material, path);
  const lot = draft.lot ?? '';
  checkLot(lot, material, `${path}lot`);
  const expiresOn = lot === '' ? undefined : expiryOf(draft, material, against.receivedOn);
  if (expiresOn !== undefined && expiresOn < against.receivedOn && draft.condition === 'good') {
    throw invalid('expired', `Lot ${lot} expired on ${expiresOn}.`, `${path}expiresOn`);
  }
  // Undamaged goods that are on no line are a wrong item: confirming them as good would post them.
  const condition = !ordered && draft.condition === 'good' ? 'wrongItem' : draft.condition;
  return { draft, ordered, material, baseQuantity, condition, lot, expiresOn, path };
}

/** Refuses with `duplicate-line`: a receiving confirms once per order line, material, condition and lot. */
export function checkCountedOnce(lines: readonly CountedLine[]): void {
  const seen = new Set<string>();
  for (const { ordered, material, condition, lot, path } of lines) {
    const key = `${ordered?.line ?? ''}\u0000${material.number}\u0000${condition}\u0000${lot}`;
    if (seen.has(key)) {
      throw invalid('duplicate-line', `${material.number} was counted twice.`, path.slice(0, -1));
    }
    seen.add(key);
  }
}

function orderedLine(
  { purchaseOrderLine = '' }: ReceivingLineDraft,
  order: ExpectedReceipt | undefined,
  path: string,
): ExpectedReceiptLine | undefined {
  if (purchaseOrderLine === '') return undefined;
  const field = `${path}purchaseOrderLine`;
  const line = order?.lines.find((each) => each.line === purchaseOrderLine);
  if (!line)
    throw invalid('unknown-order-line', `There is no order line ${purchaseOrderLine}.`, field);
  if (line.cancelled)
    throw conflict('line-cancelled', `Order line ${line.line} is cancelled.`, field);
  return line;
}

function checkItem(draft: ReceivingLineDraft, ordered: ExpectedReceiptLine, path: string): void {
  const wrong = draft.material !== ordered.material;
  if (wrong === (draft.condition === 'wrongItem')) return;
  const message = `Line ${ordered.line} orders ${ordered.material}.`;
  throw wrong
    ? invalid(
        'wrong-material',
        `${message} Count ${draft.material} as a wrong item.`,
        `${path}material`,
      )
    : invalid('not-a-wrong-item', message, `${path}condition`);
}

function expiryOf(
  draft: ReceivingLineDraft,
  material: Material,
  receivedOn: CalendarDate,
): CalendarDate | undefined {
  if (draft.expiresOn !== undefined) return draft.expiresOn;
  const { shelfLifeDays } = material;
  return shelfLifeDays === undefined ? undefined : addDays(receivedOn, shelfLifeDays);
}
