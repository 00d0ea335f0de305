/**
 * The accounts payable clerk: decides on invoices that do not match, looks at some before they may be
 * paid, cancels wrong ones, takes blocks off. In the ERP he can only touch what the integration posted.
 */
import { isGreater } from '../../../domain/decimal.ts';
import type { SupplierInvoice } from '../../../domain/supplier-invoice.ts';
import type { Invoice } from '../../../simulators/procurement/documents.ts';
import type { Deed, Desk } from './desk.ts';
import { mix } from './mix.ts';
import type { OrderFile } from './order-file.ts';

/** Business days until a block that nobody planned is looked at. */
const lookAfterDays = 2;

export class ApClerk {
  readonly #desk: Desk;
  /** Invoices whose blocks have a plan of their own. */
  readonly #planned = new Set<string>();
  readonly #lookedAt = new Set<string>();

  constructor(desk: Desk) {
    this.#desk = desk;
    desk.watch('erp/SupplierInvoice/*', (data) => this.#takeNote(data as SupplierInvoice));
  }

  /** Keeps the clerk from releasing the invoice by himself: its plan says when. */
  reserve(invoice: string): void {
    this.#planned.add(invoice);
  }

  dispute(file: OrderFile, invoice: string): void {
    const { invoices } = this.#desk.procurement;
    const reason = 'price above the order';
    this.#desk.act(this.#deed(file, 'dispute invoice', invoice), (context) =>
      invoices.dispute(invoice, reason, context),
    );
  }

  /** Accepts an invoice that does not match, once the goods are there and only the price is off. */
  approve(file: OrderFile, invoice: string, done: () => void): void {
    const { invoices } = this.#desk.procurement;
    const topics = [`procurement/Invoice/${invoice}`, `procurement/Receipt/${file.number}`];
    const wait = { what: 'invoices to approve', example: invoice, topics };
    const ready = (): boolean => this.#isApprovable(invoice);
    this.#desk.when({ ...wait, ready }, () => {
      const match = invoices.documents.get(invoice)?.match;
      if (match === 'exception' || match === 'disputed') {
        this.#desk.act(this.#deed(file, 'approve invoice', invoice), (context) =>
          invoices.approve(invoice, context),
        );
      }
      done();
    });
  }

  /** Calls `done` with the ERP's document when the integration has posted the invoice. */
  whenPosted(invoice: string, done: (posted: SupplierInvoice) => void): void {
    const topics = [`erp/SupplierInvoice/${invoice}`];
    const wait = { what: 'invoices to be posted in the ERP', example: invoice, topics };
    const ready = (): boolean => (this.#posted(invoice)?.status ?? 'draft') !== 'draft';
    this.#desk.when({ ...wait, ready }, () => done(this.#posted(invoice) as SupplierInvoice));
  }

  /** Blocks by hand, unless the ERP blocked it already. */
  block(file: OrderFile, invoice: string): void {
    const posted = this.#posted(invoice);
    if (posted?.status === 'posted' && posted.paymentBlocks.length === 0) this.#hold(file, posted);
  }

  #hold(file: OrderFile, posted: SupplierInvoice): void {
    const { year, number } = posted;
    this.#desk.act(this.#erpDeed(file, 'block invoice', posted), (context) =>
      this.#desk.erp.invoices.block(year, number, 'manual', context),
    );
  }

  /** Takes all blocks off, if there are any. */
  release(file: OrderFile, invoice: string): void {
    const posted = this.#posted(invoice);
    if (posted !== undefined) this.#release(posted, file.correlationId);
  }

  /** Cancels where he notices it, in the ERP or in procurement; `done` when the other has heard of it. */
  cancel(file: OrderFile, invoice: string, done: () => void): void {
    if (this.#desk.world.random.chance(mix.voided, 'voided', invoice))
      return this.#void(file, invoice, done);
    const posted = this.#posted(invoice);
    if (posted === undefined) return;
    const { year, number } = posted;
    const cancelled = this.#desk.act(this.#erpDeed(file, 'cancel invoice', posted), (context) =>
      this.#desk.erp.invoices.cancel(year, number, undefined, context),
    );
    if (cancelled === undefined) return;
    const { documents } = this.#desk.procurement.invoices;
    const topics = [`procurement/Invoice/${invoice}`];
    const wait = { what: 'cancellations to be told to procurement', example: invoice, topics };
    const ready = (): boolean => documents.get(invoice)?.status === 'cancelled';
    this.#desk.when({ ...wait, ready }, done);
  }

  #void(file: OrderFile, invoice: string, done: () => void): void {
    const posted = this.#posted(invoice);
    // What was paid before he noticed is for the supplier to give back.
    if (posted?.status !== 'posted') return;
    // The ERP's own block goes when its cause goes, and the news of the void may be on its way then.
    if (!posted.paymentBlocks.includes('manual')) this.#hold(file, posted);
    const { invoices } = this.#desk.procurement;
    const deed = this.#deed(file, 'void invoice', invoice);
    const voided = this.#desk.act(deed, (context) =>
      invoices.void(invoice, 'entered wrongly', context),
    );
    if (voided === undefined) return;
    const topics = [`erp/SupplierInvoice/${invoice}`];
    const wait = { what: 'cancellations to be carried to the ERP', example: invoice, topics };
    this.#desk.when({ ...wait, ready: () => this.#posted(invoice)?.status === 'cancelled' }, done);
  }

  #posted(invoice: string): SupplierInvoice | undefined {
    const found = this.#desk.erp.invoices.byExternalReference.find(invoice);
    return found.find((each) => each.cancels === undefined);
  }

  #isApprovable(number: string): boolean {
    const { invoices, orders } = this.#desk.procurement;
    const invoice = invoices.documents.get(number) as Invoice;
    if (invoice.match !== 'exception' && invoice.match !== 'disputed') return true;
    const priceOnly = invoice.lineMatches.every((each) =>
      each.exceptions.every((exception) => exception === 'price'),
    );
    return (
      priceOnly &&
      invoice.lines.every(({ purchaseOrder = '', purchaseOrderLine = '' }) => {
        const order = orders.documents.get(purchaseOrder);
        const line = order?.lines.find((each) => each.line === purchaseOrderLine);
        const { received, invoiced } = orders.lineBalance(purchaseOrder, purchaseOrderLine);
        return line?.goodsReceiptExpected === false || !isGreater(invoiced, received);
      })
    );
  }

  /** Somebody posted or changed an invoice: what is blocked without a plan gets looked at. */
  #takeNote(invoice: SupplierInvoice): void {
    const { externalReference = '', status, paymentBlocks, year, number } = invoice;
    const id = `${year}/${number}`;
    const known = this.#planned.has(externalReference) || this.#lookedAt.has(id);
    if (known || status !== 'posted' || paymentBlocks.length === 0) return;
    this.#lookedAt.add(id);
    this.#lookLater(id);
  }

  #lookLater(id: string): void {
    const delayMs = Math.max(this.#desk.gapMs, this.#desk.world.calendar.trialMs(lookAfterDays));
    this.#desk.later(delayMs, { what: 'payment blocks to release', example: id }, () => {
      const invoice = this.#desk.erp.invoices.documents.get(id);
      if (invoice?.status !== 'posted' || invoice.paymentBlocks.length === 0) return;
      if (this.#isReceived(invoice)) this.#release(invoice);
      else this.#lookLater(id);
    });
  }

  /** No more is invoiced than came, as far as anything is to come. */
  #isReceived({ lines }: SupplierInvoice): boolean {
    const { purchaseOrders } = this.#desk.erp;
    return lines.every(({ purchaseOrder, purchaseOrderLine = '' }) => {
      const order = purchaseOrders.documents.get(purchaseOrder ?? '');
      const line = order?.lines.find((each) => each.line === purchaseOrderLine);
      if (order === undefined || line?.goodsReceiptExpected !== true) return true;
      const { received, invoiced } = purchaseOrders.lineBalance(order.number, purchaseOrderLine);
      return !isGreater(invoiced, received);
    });
  }

  #release(posted: SupplierInvoice, correlationId?: string): void {
    if (posted.status !== 'posted' || posted.paymentBlocks.length === 0) return;
    const { year, number } = posted;
    const deed = this.#erpDeed(
      correlationId === undefined ? {} : { correlationId },
      'release invoice',
      posted,
    );
    this.#desk.act(deed, (context) => this.#desk.erp.invoices.release(year, number, context));
  }

  #deed(
    { correlationId }: Pick<OrderFile, 'correlationId'>,
    action: string,
    subject: string,
  ): Deed {
    return { actor: 'ap-clerk', action, system: 'procurement', subject, correlationId };
  }

  #erpDeed(
    file: { readonly correlationId?: string },
    action: string,
    { year, number }: SupplierInvoice,
  ): Deed {
    const { correlationId } = file;
    const deed = {
      actor: 'ap-clerk',
      action,
      system: 'erp',
      subject: `${year}/${number}`,
    } as const;
    return correlationId === undefined ? deed : { ...deed, correlationId };
  }
}
