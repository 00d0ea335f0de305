/** The supplier's billing: what he wants to be paid, dated as he likes, sent twice by mistake, credited. */
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { type Decimal, isPositive, multiply, one, subtract } from '../../../domain/decimal.ts';
import type { Invoice } from '../../../simulators/procurement/documents.ts';
import type { InvoiceDraft, InvoiceLineDraft } from '../../../simulators/procurement/drafts.ts';
import { lineAmount } from '../../../domain/line-amount.ts';
import type { Desk } from './desk.ts';
import { atLeastACoin } from './market.ts';
import type { OrderFile, Portion, Shipment } from './order-file.ts';
import type { Pace } from './pace.ts';
import type { InvoicePlan } from './plan.ts';

/** By how much an invoice that is to be blocked for its price is too high; beyond every tolerance. */
const excess = '1.06' as Decimal;

export class SupplierBilling {
  readonly #desk: Desk;
  readonly #pace: Pace;

  constructor(desk: Desk, pace: Pace) {
    this.#desk = desk;
    this.#pace = pace;
  }

  /** Invoices what was counted as good (or shipped, when it is early). `again` after a cancelled one. */
  invoice(
    shipment: Shipment,
    portions: readonly Portion[],
    plan: InvoicePlan,
    again: boolean,
  ): Invoice | undefined {
    const draft = this.#draft(shipment, portions, plan, again);
    if (draft === undefined) return undefined;
    const captured = this.#capture(shipment.file, 'send invoice', draft);
    if (captured !== undefined && plan.twice && !again) {
      const intent = { what: 'invoices to come', example: shipment.file.number };
      this.#desk.later(this.#desk.gapMs, intent, () => {
        this.#capture(shipment.file, 'send invoice twice', draft);
      });
    }
    return captured;
  }

  /** Gives back by a subsequent credit what the invoice asked beyond the order's prices. */
  creditExcess(file: OrderFile, invoice: Invoice): Invoice | undefined {
    const order = this.#desk.procurement.orders.documents.get(file.number);
    const lines = invoice.lines.flatMap((line): InvoiceLineDraft[] => {
      const agreed = order?.lines.find((each) => each.line === line.purchaseOrderLine);
      if (agreed === undefined || agreed.netPrice === line.netPrice) return [];
      const { purchaseOrder = '', purchaseOrderLine = '', quantity, unit, priceQuantity } = line;
      const netPrice = subtract(line.netPrice, agreed.netPrice);
      return [{ purchaseOrder, purchaseOrderLine, quantity, unit, netPrice, priceQuantity }];
    });
    if (!isWorthACoin(lines, invoice.currency)) return undefined;
    const { supplier, companyCode, currency, paymentTerms } = invoice;
    return this.#capture(file, 'credit excess price', {
      kind: 'subsequentCredit',
      supplierReference: `${invoice.supplierReference.slice(0, 14)}CR`,
      supplier,
      companyCode,
      currency,
      paymentTerms,
      lines,
      refersTo: invoice.number,
      documentDate: this.#desk.world.calendar.today() as CalendarDate,
    });
  }

  #draft(
    { file, batch, part }: Shipment,
    portions: readonly Portion[],
    plan: InvoicePlan,
    again: boolean,
  ): InvoiceDraft | undefined {
    const order = file.standing(this.#desk.procurement);
    if (order === undefined) return undefined;
    const raised = plan.block?.reason === 'price' && (again || plan.cancelled === undefined);
    const lines = portions.flatMap(({ line, quantity, unit }): InvoiceLineDraft[] => {
      const ordered = order.lines.find((each) => each.line === line && !each.deleted);
      if (ordered === undefined) return [];
      const { netPrice, priceQuantity } = ordered;
      const asked = raised ? atLeastACoin(multiply(netPrice, excess), order.currency) : netPrice;
      return [
        {
          purchaseOrder: order.number,
          purchaseOrderLine: line,
          quantity,
          unit,
          netPrice: asked,
          priceQuantity,
        },
      ];
    });
    if (!isWorthACoin(lines, order.currency)) return undefined;
    const { supplier, companyCode, currency, paymentTerms } = order;
    const serial = `${order.number.replace(/\D/g, '')}-${(batch.lines[0] as number) + 1}-${part + 1}`;
    return {
      supplierReference: again ? `${serial}C` : serial,
      supplier,
      companyCode,
      currency,
      paymentTerms,
      lines,
      documentDate: this.#date(file, plan),
    };
  }

  /** As planned, but never in the future. */
  #date({ orderedAt }: OrderFile, { datedAfter }: InvoicePlan): CalendarDate {
    const { calendar } = this.#desk.world;
    const at = Math.min(this.#desk.now, orderedAt + this.#pace.ms(datedAfter));
    return calendar.today(at) as CalendarDate;
  }

  #capture(file: OrderFile, action: string, draft: InvoiceDraft): Invoice | undefined {
    const actor = `supplier ${draft.supplier}`;
    const { name: subject, correlationId } = file;
    return this.#desk.act(
      { actor, action, system: 'procurement', subject, correlationId },
      (context) => this.#desk.procurement.invoices.capture(draft, context),
      (invoice) => invoice.number,
    );
  }
}

/** Nobody sends paper about less than the smallest coin. */
const isWorthACoin = (lines: readonly InvoiceLineDraft[], currency: string): boolean =>
  lines.some(({ quantity, netPrice, priceQuantity = one }) =>
    isPositive(lineAmount(quantity, netPrice, priceQuantity, currency)),
  );
