/**
 * An integration without wires, for tests of the actors: it carries every event straight through
 * the cores, in order, and makes no mistake.
 */
import type { Material, Supplier } from '../../../../domain/master-data.ts';
import type { PurchaseOrder } from '../../../../domain/purchase-order.ts';
import type { ReceiptConfirmation } from '../../../../domain/warehouse.ts';
import type { SupplierInvoice } from '../../../../domain/supplier-invoice.ts';
import type { Payment } from '../../../../domain/payment.ts';
import type { AdvanceShipNotice } from '../../../../domain/advance-ship-notice.ts';
import type { OrderAcknowledgement } from '../../../../domain/order-acknowledgement.ts';
import type { Context } from '../../../../harness/context.ts';
import type { PublishedEvent } from '../../../../harness/system.ts';
import type { Stage } from '../../../../harness/workload.ts';
import type { ErpCore } from '../../../../simulators/erp/erp-core.ts';
import type { Invoice } from '../../../../simulators/procurement/documents.ts';
import type { ProcurementCore } from '../../../../simulators/procurement/procurement-core.ts';
import type { WmsCore } from '../../../../simulators/wms/wms-core.ts';
import {
  erpInvoiceDraft,
  erpOrderChange,
  erpOrderDraft,
  expectedLines,
  goodLines,
  paymentNews,
} from './copies.ts';

export class PerfectIntegration {
  /** What a system refused, for tests to look at. */
  readonly refused: string[] = [];
  /** Events that it took and has not carried yet. */
  inFlight = 0;
  readonly #stage: Stage;
  readonly #erp: ErpCore;
  readonly #procurement: ProcurementCore;
  readonly #wms: WmsCore;
  #exchanges = 0;

  /** `latencyMs`: trial time from an event to what comes of it. */
  constructor(stage: Stage, latencyMs = 0) {
    this.#stage = stage;
    this.#erp = stage.system('erp').core as ErpCore;
    this.#procurement = stage.system('procurement').core as ProcurementCore;
    this.#wms = stage.system('wms').core as WmsCore;
    for (const name of ['procurement', 'erp', 'wms']) {
      stage.system(name).onMessage(({ event }) => {
        const carry = (): void => {
          this.inFlight--;
          this.#carry(`${name} ${event.type}`, event);
        };
        this.inFlight++;
        if (latencyMs === 0) carry();
        else stage.world.clock.after(latencyMs, carry);
      });
    }
  }

  #carry(type: string, event: PublishedEvent): void {
    const { data } = event;
    const order = data as PurchaseOrder;
    switch (type) {
      case 'procurement purchase-order.issued':
        return this.#issue(event, order);
      case 'procurement purchase-order.changed':
        return this.#change(event, order);
      case 'procurement purchase-order.cancelled':
        return this.#cancel(event, order);
      case 'procurement order-acknowledgement.received':
        return this.#acknowledge(event, data as OrderAcknowledgement);
      case 'procurement ship-notice.created':
        return this.#to('wms', event, (context) =>
          this.#wms.shipNotices.create(data as AdvanceShipNotice, context),
        );
      case 'wms receipt.confirmed':
        return this.#receive(event, data as ReceiptConfirmation);
      case 'wms receipt.reversed':
        return this.#reverse(event, data as ReceiptConfirmation);
      case 'procurement invoice.captured':
      case 'procurement invoice.matched':
      case 'procurement invoice.approved':
        return this.#post(event, (data as Invoice).number);
      case 'procurement invoice.voided':
        return this.#cancelInvoice(event, (data as Invoice).number);
      case 'erp supplier-invoice.posted':
      case 'erp supplier-invoice.blocked':
      case 'erp supplier-invoice.released':
      case 'erp supplier-invoice.cancelled':
        return this.#tell(event, data as SupplierInvoice);
      case 'erp payment.issued':
      case 'erp payment.rejected':
        return this.#tellPayment(event, data as Payment);
      default:
        return this.#copyMasterData(type, event);
    }
  }

  #copyMasterData(type: string, event: PublishedEvent): void {
    const { data } = event;
    if (type.startsWith('erp supplier.')) {
      this.#copy(event, (core, context) => core.suppliers.upsert(data as Supplier, context));
    } else if (type.startsWith('erp material.')) {
      this.#copy(event, (core, context) => core.materials.upsert(data as Material, context));
    }
  }

  #copy(
    event: PublishedEvent,
    put: (core: ProcurementCore | WmsCore, context: Context) => unknown,
  ): void {
    this.#to('procurement', event, (context) => put(this.#procurement, context));
    this.#to('wms', event, (context) => put(this.#wms, context));
  }

  #to(
    system: 'erp' | 'procurement' | 'wms',
    event: PublishedEvent,
    work: (context: Context) => unknown,
  ): void {
    const { clock, calendar } = this.#stage.world;
    const at = clock.now();
    const exchange = `x${++this.#exchanges}`;
    const context = {
      at,
      today: calendar.today(at),
      by: 'integration',
      exchange,
      correlationId: event.correlationId,
    };
    try {
      this.#stage.system(system).store.transaction(context, () => work(context));
    } catch (error) {
      this.refused.push(`${system} ${event.type} ${event.key}: ${(error as Error).message}`);
    }
  }

  #erpOrder(number: string): PurchaseOrder {
    return this.#erp.purchaseOrders.byExternalReference.first(number) as PurchaseOrder;
  }

  #issue(event: PublishedEvent, order: PurchaseOrder): void {
    const { number: purchaseOrder, revision, supplier } = order;
    this.#to('erp', event, (context) =>
      this.#erp.purchaseOrders.create(erpOrderDraft(order), context),
    );
    const lines = expectedLines(order);
    if (lines.length === 0) return;
    const expected = {
      purchaseOrder,
      revision,
      supplier,
      plant: order.lines[0]?.plant ?? '',
      lines,
    };
    this.#to('wms', event, (context) => this.#wms.expectedReceipts.create(expected, context));
  }

  #change(event: PublishedEvent, order: PurchaseOrder): void {
    const change = erpOrderChange(order);
    this.#to('erp', event, (context) =>
      this.#erp.purchaseOrders.change(this.#erpOrder(order.number).number, change, context),
    );
    const lines = expectedLines(order);
    if (lines.length === 0) return;
    this.#to('wms', event, (context) =>
      this.#wms.expectedReceipts.change(order.number, { revision: order.revision, lines }, context),
    );
  }

  #cancel(event: PublishedEvent, order: PurchaseOrder): void {
    this.#to('erp', event, (context) =>
      this.#erp.purchaseOrders.delete(this.#erpOrder(order.number).number, context),
    );
    if (this.#wms.expectedReceipts.byPurchaseOrder.first(order.number) === undefined) return;
    this.#to('wms', event, (context) => this.#wms.expectedReceipts.cancel(order.number, context));
  }

  #acknowledge(event: PublishedEvent, answer: OrderAcknowledgement): void {
    const number = answer.purchaseOrder;
    this.#to('erp', event, (context) =>
      this.#erp.purchaseOrders.confirm(this.#erpOrder(number).number, answer, context),
    );
    const expected = this.#wms.expectedReceipts.byPurchaseOrder.first(number);
    if (expected?.status !== 'open') return;
    const lines = answer.lines
      .filter(
        ({ line, decision }) =>
          decision !== 'rejected' && expected.lines.some((each) => each.line === line),
      )
      .map(({ line, deliveryDate }) => ({ line, expectedOn: deliveryDate }));
    if (lines.length === 0) return;
    this.#to('wms', event, (context) =>
      this.#wms.expectedReceipts.change(number, { lines }, context),
    );
  }

  #receive(event: PublishedEvent, confirmation: ReceiptConfirmation): void {
    const { number: externalReference, purchaseOrder, receivedOn: documentDate } = confirmation;
    const good = goodLines(confirmation);
    if (good.length === 0) return;
    const erpOrder = this.#erpOrder(purchaseOrder).number;
    const movements = good.map(
      (line) => ({ ...line, movementType: '101', purchaseOrder: erpOrder }) as const,
    );
    this.#to('erp', event, (context) =>
      this.#erp.goodsMovements.post({ externalReference, documentDate, lines: movements }, context),
    );
    const lines = good.map((line) => ({ ...line, purchaseOrder }));
    this.#to('procurement', event, (context) =>
      this.#procurement.receipts.create({ externalReference, documentDate, lines }, context),
    );
  }

  #reverse(event: PublishedEvent, { number, reverses = '' }: ReceiptConfirmation): void {
    const posted = this.#erp.goodsMovements.byExternalReference.first(reverses);
    if (posted) {
      const { year, number: document } = posted;
      this.#to('erp', event, (context) =>
        this.#erp.goodsMovements.cancel(year, document, undefined, context, {
          externalReference: number,
        }),
      );
    }
    const receipt = this.#procurement.receipts.byExternalReference.first(reverses);
    if (!receipt) return;
    const draft = { reason: 'counted again', externalReference: number };
    this.#to('procurement', event, (context) =>
      this.#procurement.receipts.void(receipt.number, draft, context),
    );
  }

  #post(event: PublishedEvent, number: string): void {
    const invoice = this.#procurement.invoices.documents.get(number) as Invoice;
    const owed =
      invoice.status === 'matched' && (invoice.match === 'matched' || invoice.match === 'approved');
    if (!owed || this.#erp.invoices.byExternalReference.first(number)) return;
    const referred = this.#erp.invoices.byExternalReference.first(invoice.refersTo ?? '');
    const draft = erpInvoiceDraft(invoice, (order) => this.#erpOrder(order).number, referred);
    this.#to('erp', event, (context) => this.#erp.invoices.post(draft, context));
  }

  #tell(
    event: PublishedEvent,
    { externalReference, status, paymentBlocks, cancels, year, number }: SupplierInvoice,
  ): void {
    if (externalReference === undefined || cancels !== undefined) return;
    if (status !== 'posted' && status !== 'cancelled') return;
    const told = this.#procurement.invoices.documents.get(externalReference)?.status;
    // It was voided there: its own news comes back.
    if (told === 'cancelled') return;
    const update = { status, erpNumber: `${year}/${number}`, paymentBlocks } as const;
    this.#to('procurement', event, (context) =>
      this.#procurement.invoices.updateStatus(externalReference, update, context),
    );
  }

  #cancelInvoice(event: PublishedEvent, number: string): void {
    const posted = this.#erp.invoices.byExternalReference.first(number);
    if (posted === undefined || posted.status === 'cancelled') return;
    this.#to('erp', event, (context) =>
      this.#erp.invoices.cancel(posted.year, posted.number, undefined, context),
    );
  }

  #tellPayment(event: PublishedEvent, payment: Payment): void {
    const referenceOf = (invoice: string): string | undefined =>
      this.#erp.invoices.documents.get(invoice)?.externalReference;
    for (const [reference, update] of paymentNews(payment, referenceOf)) {
      this.#to('procurement', event, (context) =>
        this.#procurement.invoices.updateStatus(reference, update, context),
      );
    }
  }
}
