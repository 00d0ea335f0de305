/**
 * The supplier's answers. Only an answer to the current revision confirms anything; one to an older
 * revision crossed a change order on its way and is kept as what it is.
 */
import { type Decimal, isNegative, minimum, subtract, zero } from '../../domain/decimal.ts';
import type {
  AcknowledgementLine,
  OrderAcknowledgement,
} from '../../domain/order-acknowledgement.ts';
import type {
  PurchaseOrder,
  PurchaseOrderLine,
  ScheduleLine,
} from '../../domain/purchase-order.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { AcknowledgementDraft } from './drafts.ts';
import { checkQuantityDecimals, converted } from './input-checks.ts';
import { checkOrderSupplier, issuedOrder, openOrder, orderLineOf } from './open-order.ts';
import { settleStatus } from './order-status.ts';
import { type ProcurementRecords, timeOf } from './procurement-records.ts';
import { checkNewNumber, refusal } from './refusal.ts';

export class Acknowledgements {
  readonly documents: Collection<OrderAcknowledgement>;
  readonly byOrder: Index<OrderAcknowledgement>;
  readonly #records: ProcurementRecords;

  constructor(records: ProcurementRecords) {
    this.#records = records;
    this.documents = records.acknowledgements;
    this.byOrder = records.acknowledgementsByOrder;
  }

  /** Takes an answer in. All lines of the order rejected before anything was confirmed rejects the order. */
  create(draft: AcknowledgementDraft, context: Context): OrderAcknowledgement {
    const order = openOrder(
      issuedOrder(draft.purchaseOrder, this.#records, 'purchaseOrder'),
      'purchaseOrder',
    );
    this.#check(draft, order);
    const records = this.#records;
    return records.store.transaction(context, () => {
      const number = draft.number ?? records.nextNumber('OA');
      const acknowledgement = { ...draft, number, acknowledgedAt: timeOf(context) };
      this.documents.put(number, acknowledgement);
      records.flags.reset('OrderAcknowledgement', number);
      if (draft.orderRevision === order.revision) this.#confirm(order, acknowledgement, context);
      const type = 'order-acknowledgement.received';
      const document = 'OrderAcknowledgement';
      records.store.emit({ type, document, key: number, version: 1, data: acknowledgement });
      return acknowledgement;
    });
  }

  #check(draft: AcknowledgementDraft, order: PurchaseOrder): void {
    checkOrderSupplier(order, draft.supplier, 'supplier');
    checkNewNumber(draft.number, this.documents, 'Acknowledgement');
    if (draft.orderRevision < 1 || draft.orderRevision > order.revision) {
      const message = `Order ${order.number} has no revision ${draft.orderRevision}.`;
      throw refusal('invalid', 'unknown-revision', message, 'orderRevision');
    }
    if (draft.lines.length === 0)
      throw refusal('invalid', 'no-lines', 'There are no lines.', 'lines');
    const current = draft.orderRevision === order.revision;
    const seen = new Set<string>();
    for (const [index, line] of draft.lines.entries()) {
      const at = `lines[${index}]`;
      if (seen.has(line.line)) {
        throw refusal(
          'invalid',
          'duplicate-line',
          `Line ${line.line} is answered twice.`,
          `${at}.line`,
        );
      }
      seen.add(line.line);
      checkNotNegative(line, at);
      if (current)
        checkAnswer(line, orderLineOf(order, line.line, `${at}.line`), at, this.#records);
    }
  }

  /** Notes on the order what was confirmed; a revision that is answered stays what it is. */
  #confirm(order: PurchaseOrder, answer: OrderAcknowledgement, context: Context): void {
    const answers = new Map(answer.lines.map((line) => [line.line, line]));
    const lines = order.lines.map((line) =>
      confirmedLine(line, answers.get(line.line), this.#records),
    );
    const refused = order.lines.every(
      ({ line, deleted }) => deleted || answers.get(line)?.decision === 'rejected',
    );
    const status = refused && order.status === 'transmitted' ? 'rejected' : order.status;
    const changedAt = timeOf(context);
    const confirmed = { ...order, status, lines, acknowledgement: answer.number, changedAt };
    this.#records.orders.put(order.number, confirmed);
    this.#records.flags.reset('PurchaseOrder', order.number);
    settleStatus(order.number, this.#records, context);
  }
}

function checkNotNegative(answer: AcknowledgementLine, at: string): void {
  if (isNegative(answer.quantity)) {
    throw refusal(
      'invalid',
      'quantity-negative',
      `Quantity ${answer.quantity} is below zero.`,
      `${at}.quantity`,
    );
  }
}

function checkAnswer(
  answer: AcknowledgementLine,
  line: PurchaseOrderLine,
  at: string,
  records: ProcurementRecords,
): void {
  if (answer.quantity === zero) {
    if (answer.decision === 'rejected' || answer.decision === 'backordered') return;
    throw refusal(
      'invalid',
      'quantity-not-positive',
      'A confirmed quantity is above zero.',
      `${at}.quantity`,
    );
  }
  checkQuantityDecimals(answer.quantity, answer.unit, `${at}.quantity`);
  const quantity = inOrderUnit(answer, line, at, records);
  const asOrdered = answer.decision === 'accepted' || answer.decision === 'dateChanged';
  if (asOrdered && quantity !== line.quantity) {
    const message = `Line ${line.line} orders ${line.quantity}; another quantity is 'quantityChanged'.`;
    throw refusal('invalid', 'acknowledged-quantity', message, `${at}.quantity`);
  }
}

const inOrderUnit = (
  { quantity, unit }: AcknowledgementLine,
  line: PurchaseOrderLine,
  at: string,
  records: ProcurementRecords,
): Decimal => {
  const material = records.material(line.material, `${at}.material`);
  return converted(quantity, unit, line.unit, material, `${at}.unit`);
};

/** Spreads a confirmed quantity over the schedule lines, earliest first. */
function confirmedLine(
  line: PurchaseOrderLine,
  answer: AcknowledgementLine | undefined,
  records: ProcurementRecords,
): PurchaseOrderLine {
  if (answer === undefined || line.deleted) return line;
  const nothing = answer.decision === 'rejected' || answer.quantity === zero;
  let rest = nothing ? zero : inOrderUnit(answer, line, `line ${line.line}`, records);
  const last = line.scheduleLines.length - 1;
  const scheduleLines = line.scheduleLines.map((schedule, index): ScheduleLine => {
    const confirmedQuantity = index === last ? rest : minimum(rest, schedule.quantity);
    rest = subtract(rest, confirmedQuantity);
    const kept = answer.decision === 'accepted' && last > 0;
    const confirmedDate = kept ? schedule.deliveryDate : answer.deliveryDate;
    const { confirmedDate: _, ...plain } = schedule;
    return { ...plain, confirmedQuantity, ...(nothing ? {} : { confirmedDate }) };
  });
  return { ...line, scheduleLines };
}
