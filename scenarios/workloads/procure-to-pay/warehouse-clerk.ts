/**
 * The warehouse clerk: takes trucks to a dock once the order (and the ship notice, if there is one) is
 * in the WMS, counts what came, corrects a wrong count, puts the goods away. What the integration has
 * not delivered yet he cannot receive: the truck waits in the yard.
 */
import {
  type Decimal,
  add,
  divide,
  isGreater,
  isPositive,
  maximum,
  minimum,
  multiply,
  one,
  round,
  subtract,
  zero,
} from '../../../domain/decimal.ts';
import type { ReceiptConfirmation } from '../../../domain/warehouse.ts';
import type { ReceivingDraft, ReceivingLineDraft } from '../../../simulators/wms/drafts.ts';
import type { Desk } from './desk.ts';
import { type Market, unitDecimals } from './market.ts';
import type { Portion, Shipment } from './order-file.ts';
import type { CountOutcome } from './plan.ts';
import { shareOf } from './supplier.ts';

const clerks = ['clerk-1', 'clerk-2'] as const;

/** What was good of each line, as counted. */
export type GoodPortions = readonly Portion[];

export class WarehouseClerk {
  readonly #desk: Desk;
  readonly #market: Market;
  readonly #patienceMs: number;

  /** `patienceMs`: how long a truck waits for the newest revision before it is counted against an older one. */
  constructor(desk: Desk, market: Market, patienceMs: number) {
    this.#desk = desk;
    this.#market = market;
    this.#patienceMs = patienceMs;
  }

  /** The truck is here. `done` gets the confirmation and what of it was good; never called when it is sent away. */
  receive(
    shipment: Shipment,
    count: CountOutcome,
    done: (confirmation: ReceiptConfirmation, good: GoodPortions) => void,
  ): void {
    const { number } = shipment.file;
    const arrivedAt = this.#desk.now;
    const topics = [
      `wms/ExpectedReceipt/${number}`,
      `wms/AdvanceShipNotice/${shipment.notice ?? ''}`,
    ];
    const wait = { what: 'trucks waiting for their expected receipt', example: number, topics };
    const tired = (): boolean => this.#desk.now - arrivedAt >= this.#patienceMs;
    const ready = (): boolean =>
      this.#isExpected(shipment) && (tired() || this.#isCurrent(shipment));
    const attempt = (): void => {
      const counted = this.#count(shipment, count);
      if (counted === 'wait') this.#desk.next(wait, attempt);
      else if (counted !== 'away') done(...counted);
    };
    if (!this.#isExpected(shipment)) this.#waitInYard(shipment);
    this.#desk.when({ ...wait, ready }, attempt);
    this.#desk.quietly(this.#patienceMs, () => this.#desk.look(topics));
  }

  /** Takes a count back and counts again, all of it this time. */
  recount(
    shipment: Shipment,
    wrong: ReceiptConfirmation,
    done: (confirmation: ReceiptConfirmation, good: GoodPortions) => void,
  ): void {
    const { wms } = this.#desk;
    const deed = { ...this.#deed(shipment, 'reverse count'), subject: wrong.number };
    const reversal = this.#desk.act(deed, (context) =>
      wms.receiving.reverse(wrong.number, context),
    );
    if (reversal === undefined) return;
    const intent = { what: 'goods to count again', example: wrong.number };
    this.#desk.later(this.#desk.gapMs, intent, () => this.receive(shipment, 'full', done));
  }

  putAway(shipment: Shipment, { number }: ReceiptConfirmation): void {
    const { wms, world } = this.#desk;
    const bin = `BIN-${String(world.random.integer(1, 400, 'bin', number)).padStart(3, '0')}`;
    const deed = { ...this.#deed(shipment, 'put away'), subject: number };
    this.#desk.act(deed, (context) => wms.putAwayReceipt(number, bin, context));
  }

  #expected({ file }: Shipment) {
    return this.#desk.wms.expectedReceipts.byPurchaseOrder.first(file.number);
  }

  #isExpected(shipment: Shipment): boolean {
    const known =
      shipment.notice === undefined || this.#desk.wms.shipNotices.documents.has(shipment.notice);
    return known && this.#expected(shipment) !== undefined;
  }

  /** Expected as the order stands now. */
  #isCurrent(shipment: Shipment): boolean {
    const order = this.#desk.procurement.orders.documents.get(shipment.file.number);
    return (this.#expected(shipment)?.revision ?? 0) >= (order?.revision ?? 0);
  }

  #waitInYard(shipment: Shipment): void {
    const { actor, system } = this.#deed(shipment, '');
    const outcome = { key: shipment.file.number, refused: 'not-expected-yet' };
    this.#desk.note({ actor, action: 'send truck to the yard', system }, outcome);
  }

  /** `wait`: the WMS is not that far yet. `away`: it never will be. */
  #count(
    shipment: Shipment,
    outcome: CountOutcome,
  ): [ReceiptConfirmation, GoodPortions] | 'wait' | 'away' {
    const status = this.#expected(shipment)?.status;
    if (status === 'closed' || status === 'cancelled') {
      const { actor, system } = this.#deed(shipment, '');
      const refusal = { key: shipment.file.number, refused: `expected-receipt-${status}` };
      this.#desk.note({ actor, action: 'send truck away', system }, refusal);
      return 'away';
    }
    const { lines, good } = this.#counted(shipment, outcome);
    const { random } = this.#desk.world;
    const { docks } = this.#desk.wms.settings;
    const draft: ReceivingDraft = {
      purchaseOrder: shipment.file.number,
      ...(shipment.notice === undefined ? {} : { shipNotice: shipment.notice }),
      dock: random.pick(docks, 'dock', shipment.file.number, shipment.part),
      lines,
    };
    const confirmation = this.#desk.act(
      this.#deed(shipment, 'count goods'),
      (context) => this.#desk.wms.receiving.receive(draft, context),
      (done) => done.number,
    );
    return confirmation === undefined ? 'wait' : [confirmation, good];
  }

  #counted(
    shipment: Shipment,
    outcome: CountOutcome,
  ): { lines: ReceivingLineDraft[]; good: Portion[] } {
    const lines: ReceivingLineDraft[] = [];
    const good: Portion[] = [];
    for (const portion of shipment.portions) {
      const odd = this.#odd(shipment, portion, outcome);
      const quantity =
        outcome === 'over' ? add(portion.quantity, odd) : subtract(portion.quantity, odd);
      const { line: purchaseOrderLine, material, unit, lot } = portion;
      const common = { purchaseOrderLine, unit, ...(lot === undefined ? {} : { lot }) };
      if (isPositive(quantity)) {
        lines.push({ ...common, material, quantity, condition: 'good' });
        good.push({ ...portion, quantity });
      }
      if (!isPositive(odd)) continue;
      if (outcome === 'damaged')
        lines.push({ ...common, material, quantity: odd, condition: 'damaged' });
      if (outcome === 'wrongItem') lines.push(...this.#wrong(portion, odd));
    }
    return { lines, good };
  }

  /** How much is missing, too much, broken or something else: a tenth to a quarter of the portion. */
  #odd(
    { file, part, batch }: Shipment,
    { line, quantity, unit }: Portion,
    outcome: CountOutcome,
  ): Decimal {
    if (outcome === 'full') return zero;
    const last = part === batch.shipments.length - 1;
    if (outcome === 'over') {
      // Only when no other lines are left that a later change order could name again with these.
      if (!last || file.plan.batches.length > 1) return zero;
      const limit = shareOf(quantity, 8, unit);
      // Rounding must not carry it over the tolerance of ten percent.
      return maximum(zero, minimum(limit, unitDecimals(unit) === 0 ? wholeTenth(quantity) : limit));
    }
    const percent = this.#desk.world.random.integer(10, 25, 'odd', file.number, line, part);
    return minimum(quantity, shareOf(quantity, percent, unit));
  }

  #wrong({ line, material }: Portion, quantity: Decimal): ReceivingLineDraft[] {
    const other = this.#market.materials.find(
      (each) => each.number !== material && !each.batchManaged,
    );
    if (other === undefined) return [];
    const { number, orderUnit: unit } = other;
    const came = maximum(one, round(quantity, unitDecimals(unit)));
    return [
      { purchaseOrderLine: line, material: number, quantity: came, unit, condition: 'wrongItem' },
    ];
  }

  #deed({ file, part }: Shipment, action: string) {
    const actor = this.#desk.world.random.pick(clerks, 'clerk', file.number, part);
    return {
      actor,
      action,
      system: 'wms',
      subject: file.number,
      correlationId: file.correlationId,
    } as const;
  }
}

function wholeTenth(quantity: Decimal): Decimal {
  const tenth = divide(quantity, '10' as Decimal, 0);
  return isGreater(multiply(tenth, '10' as Decimal), quantity) ? subtract(tenth, one) : tenth;
}
