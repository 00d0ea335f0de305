/**
 * The receipt confirmations of the warehouse and what they add up to. A reversal is a confirmation
 * of its own that names the one it takes back; neither is ever edited, so "live" is what nobody
 * took back.
 */
import type { Decimal } from '../../domain/decimal.ts';
import type {
  ExpectedReceiptLine,
  ReceiptConfirmation,
  ReceiptConfirmationLine,
  ReceivedCondition,
} from '../../domain/warehouse.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Store } from '../../harness/store.ts';
import type { MasterData } from './master-data.ts';
import { totalIn } from './quantities.ts';
import { conflict, notFound } from './refusals.ts';

/** Only good goods fulfil an order: damaged and wrong ones lie in the warehouse but are not accepted. */
export const countsAsReceived = (condition: ReceivedCondition): boolean => condition === 'good';

/** Confirmed lines by the order line that they are for; a line that nothing came for is not there. */
export type LinesByOrderLine = ReadonlyMap<string, readonly ReceiptConfirmationLine[]>;

export class Confirmations {
  readonly documents: Collection<ReceiptConfirmation>;
  readonly byPurchaseOrder: Index<ReceiptConfirmation>;
  readonly byShipNotice: Index<ReceiptConfirmation>;
  readonly #byReversed: Index<ReceiptConfirmation>;
  readonly #masterData: MasterData;

  constructor(store: Store, masterData: MasterData) {
    this.#masterData = masterData;
    this.documents = store.collection('ReceiptConfirmation');
    this.byPurchaseOrder = this.documents.index((each) => each.purchaseOrder || undefined);
    this.byShipNotice = this.documents.index((each) => each.shipNotice);
    this.#byReversed = this.documents.index((each) => each.reverses);
  }

  /** A confirmation that is no reversal. Rules: `unknown-confirmation`, `is-reversal`. */
  expect(number: string): ReceiptConfirmation {
    const found = this.documents.get(number);
    if (!found) throw notFound('unknown-confirmation', `There is no confirmation ${number}.`);
    if (found.reverses === undefined) return found;
    throw conflict('is-reversal', `${number} takes back ${found.reverses} and stands.`);
  }

  /** The confirmation that took this one back. */
  reversalOf(number: string): ReceiptConfirmation | undefined {
    return this.#byReversed.first(number);
  }

  /** Lines for an order that were not taken back, by the order's line. */
  linesFor(purchaseOrder: string): LinesByOrderLine {
    return this.#live(this.byPurchaseOrder.find(purchaseOrder));
  }

  /** The same, of what came with one ship notice. */
  linesOfNotice(shipNotice: string, purchaseOrder: string): LinesByOrderLine {
    const found = this.byShipNotice.find(shipNotice);
    return this.#live(found.filter((each) => each.purchaseOrder === purchaseOrder));
  }

  /** What an order line received by these lines, in the order line's unit. */
  receivedQuantity(orderLine: ExpectedReceiptLine, lines: LinesByOrderLine): Decimal {
    const good =
      lines.get(orderLine.line)?.filter((each) => countsAsReceived(each.condition)) ?? [];
    const material = this.#masterData.materials.expect(orderLine.material, 'material');
    return totalIn(orderLine.unit, good, material);
  }

  #live(found: readonly ReceiptConfirmation[]): LinesByOrderLine {
    const lines = new Map<string, ReceiptConfirmationLine[]>();
    for (const confirmation of found) {
      if (confirmation.reverses !== undefined || this.reversalOf(confirmation.number)) continue;
      for (const line of confirmation.lines) {
        // Goods that were on no line of the order belong to none.
        if (line.purchaseOrderLine === '') continue;
        const before = lines.get(line.purchaseOrderLine);
        if (before) before.push(line);
        else lines.set(line.purchaseOrderLine, [line]);
      }
    }
    return lines;
  }
}
