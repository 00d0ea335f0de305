/** What the purchase order service changes in the core. */
import type { CalendarDate } from '../../../../domain/calendar-date.ts';
import type { Decimal } from '../../../../domain/decimal.ts';
import type { PurchaseOrder } from '../../../../domain/purchase-order.ts';
import { BusinessError } from '../../../../harness/business-error.ts';
import type { Context } from '../../../../harness/context.ts';
import type { Body } from '../../../odata/body-reader.ts';
import type { PurchaseOrderChange, PurchaseOrderLineChange } from '../../drafts.ts';
import type { ErpCore } from '../../erp-core.ts';
import { type Extensions, type Values, leftOver } from './extensions.ts';
import {
  headerTaken,
  itemTaken,
  lineDraft,
  orderDraft,
  revisionOf,
} from './purchase-order-drafts.ts';
import {
  type ItemRow,
  type OrderRow,
  type ScheduleRow,
  usualHeader,
} from './purchase-order-rows.ts';

export class OrderWriting {
  readonly #core: ErpCore;
  readonly #extensions: Extensions;

  constructor(core: ErpCore, extensions: Extensions) {
    this.#core = core;
    this.#extensions = extensions;
  }

  create(body: Body, context: Context): OrderRow {
    const order = this.#core.purchaseOrders.create(orderDraft(body), context);
    const items = body.nested['to_PurchaseOrderItem'] ?? [];
    let lines: Record<string, Values> | undefined;
    for (const [index, item] of items.entries()) {
      const left = leftOver(item, itemTaken);
      if (left !== undefined) (lines ??= {})[order.lines[index]?.line ?? ''] = left;
    }
    const notes = body.nested['to_PurchaseOrderNote']?.map(({ values }) => values);
    const header = isUsual(body, order) ? undefined : leftOver(body, headerTaken);
    this.#extensions.put(order.number, { header, lines, notes });
    return { order, more: this.#extensions.get(order.number) };
  }

  changeHeader(order: PurchaseOrder, body: Body, context: Context): void {
    const { values } = body;
    this.#checkFixed(order, values);
    const { purchaseOrders } = this.#core;
    const reference = values['CorrespncExternalReference'];
    const terms = values['PaymentTerms'];
    this.#extensions.addHeader(order.number, leftOver(body, headerTaken));
    const change: PurchaseOrderChange = {
      ...(reference === undefined ? {} : { externalReference: String(reference) }),
      ...(terms === undefined || terms === '' ? {} : { paymentTerms: String(terms) }),
      ...this.#revision(order, revisionOf(values)),
    };
    purchaseOrders.change(order.number, change, context);
    const quotation = values['SupplierQuotationExternalID'];
    if (quotation !== undefined && quotation !== '' && quotation !== order.acknowledgement) {
      purchaseOrders.confirm(order.number, { number: String(quotation), lines: [] }, context);
    }
  }

  addItem(number: string, body: Body, context: Context): { order: PurchaseOrder; line: string } {
    const before = this.#core.purchaseOrders.get(number);
    const draft = lineDraft(body) as PurchaseOrderLineChange;
    const line = draft.line ?? nextLine(before);
    if (before.lines.some((each) => each.line === line)) {
      const message = `Item ${line} of purchase order ${number} already exists`;
      throw new BusinessError({ refusal: 'duplicate', rule: 'item-exists', message });
    }
    const change = { lines: [{ ...draft, line }], ...this.#revision(before, undefined) };
    const order = this.#core.purchaseOrders.change(number, change, context);
    this.#extensions.addLine(number, line, leftOver(body, itemTaken));
    return { order, line };
  }

  changeItem({ order, line }: ItemRow, body: Body, context: Context): void {
    const { line: _key, ...draft } = lineDraft(body, false);
    const change = { lines: [{ ...draft, line: line.line }], ...this.#revision(order, undefined) };
    this.#core.purchaseOrders.change(order.number, change, context);
    this.#extensions.addLine(order.number, line.line, leftOver(body, itemTaken));
  }

  /** The date and quantity that are ordered, or what the supplier committed to. */
  changeSchedule({ order, line, schedule }: ScheduleRow, { values }: Body, context: Context): void {
    const date = values['ScheduleLineDeliveryDate'] as CalendarDate | undefined;
    const quantity = values['ScheduleLineOrderQuantity'] as Decimal | undefined;
    if (date !== undefined || quantity !== undefined) {
      const scheduleLines = line.scheduleLines.map((each) =>
        each === schedule
          ? {
              ...each,
              deliveryDate: date ?? each.deliveryDate,
              quantity: quantity ?? each.quantity,
            }
          : each,
      );
      // The one schedule line is the item's quantity; several must add up to it.
      const whole = scheduleLines.length === 1 && quantity !== undefined ? { quantity } : {};
      const change = { line: line.line, scheduleLines, ...whole };
      const revision = this.#revision(order, undefined);
      this.#core.purchaseOrders.change(order.number, { lines: [change], ...revision }, context);
    }
    const committed = values['ScheduleLineCommittedQuantity'] as Decimal | undefined;
    if (committed === undefined) return;
    const { confirmedQuantity = '0', confirmedDate = schedule.deliveryDate } = schedule;
    const deliveryDate = (values['SchedLineStscDeliveryDate'] ?? confirmedDate) as CalendarDate;
    // A client that writes back all that it read has confirmed nothing.
    const isSame =
      committed === confirmedQuantity && (committed === '0' || deliveryDate === confirmedDate);
    if (isSame) return;
    const confirmed = {
      line: line.line,
      decision: 'accepted' as const,
      quantity: committed,
      unit: line.unit,
      deliveryDate,
    };
    // The vendor's confirmation category stands where the supplier's number is not known yet.
    const number = order.acknowledgement ?? 'AB';
    this.#core.purchaseOrders.confirm(order.number, { number, lines: [confirmed] }, context);
  }

  remove(order: PurchaseOrder, line: string | undefined, context: Context): void {
    this.#core.purchaseOrders.delete(
      order.number,
      context,
      line === undefined ? undefined : [line],
    );
  }

  /** A caller that counts revisions in "our reference" has them as it says; others get one more. */
  #revision(order: PurchaseOrder, given: number | undefined): { revision?: number } {
    if (given !== undefined) return { revision: given };
    const kept = this.#extensions.get(order.number)?.header ?? {};
    return revisionOf(kept) === undefined ? {} : { revision: order.revision };
  }

  /** Members that are there from the beginning and stay. */
  #checkFixed(order: PurchaseOrder, values: Values): void {
    const fixed = {
      CompanyCode: order.companyCode,
      Supplier: order.supplier,
      DocumentCurrency: order.currency,
    };
    for (const [name, value] of Object.entries(fixed)) {
      const given = values[name];
      if (given === undefined || given === value) continue;
      const message = `Field ${name} of purchase order ${order.number} cannot be changed`;
      throw new BusinessError({ refusal: 'conflict', rule: 'field-fixed', message });
    }
  }
}

/** Nothing but what every order shows that was given nothing else: then nothing needs to be kept. */
function isUsual({ values }: Body, { companyCode }: PurchaseOrder): boolean {
  const usual: Values = { ...usualHeader, PurchasingOrganization: companyCode };
  for (const name in values) {
    if (!headerTaken.has(name) && usual[name] !== values[name]) return false;
  }
  return true;
}

const nextLine = ({ lines }: PurchaseOrder): string =>
  String(Math.max(0, ...lines.map(({ line }) => Number(line))) + 10);
