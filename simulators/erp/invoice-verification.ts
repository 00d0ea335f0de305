/**
 * Logistics invoice verification: invoices, credit memos, subsequent debits and credits, parked or
 * posted, blocked for payment beyond tolerance, released, cancelled.
 */
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { timestamp } from '../../domain/calendar-date.ts';
import type { PurchaseOrder } from '../../domain/purchase-order.ts';
import type { SupplierInvoice } from '../../domain/supplier-invoice.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { SupplierInvoiceDraft } from './drafts.ts';
import type { MaterialDocument } from './erp-documents.ts';
import type { Foundation } from './foundation.ts';
import { checkBalance } from './invoice-amounts.ts';
import { blocksOf, recheckedInvoice } from './invoice-blocks.ts';
import {
  type ResolvedInvoice,
  draftOf,
  invoiceDocument,
  resolveInvoice,
} from './invoice-document.ts';
import { checkCancellable, duplicateKey, ordersOf } from './invoice-keys.ts';
import { InvoicePoster, opposite } from './invoice-poster.ts';
import type { PostedInvoiceLine } from './invoice-posting.ts';
import { nextInvoiceNumber } from './number-ranges.ts';
import { saveStatus } from './order-progress.ts';
import { refuse } from './refuse.ts';

type ReceiptIndex = Index<MaterialDocument>;

export class InvoiceVerification {
  readonly documents: Collection<SupplierInvoice>;
  readonly byExternalReference: Index<SupplierInvoice>;
  readonly bySupplierReference: Index<SupplierInvoice>;
  readonly byPurchaseOrder: Index<SupplierInvoice>;
  /** Posted and unpaid, by company code. */
  readonly openItems: Index<SupplierInvoice>;
  readonly #base: Foundation;
  readonly #receipts: ReceiptIndex;
  readonly #poster: InvoicePoster;
  readonly #duplicates: Index<SupplierInvoice>;
  readonly #blockedByOrder: Index<SupplierInvoice>;

  constructor(base: Foundation, receipts: ReceiptIndex) {
    this.#base = base;
    this.#receipts = receipts;
    this.#poster = new InvoicePoster(base);
    this.documents = base.store.collection('SupplierInvoice');
    this.byExternalReference = this.documents.index((invoice) => invoice.externalReference);
    this.bySupplierReference = this.documents.index((invoice) => invoice.supplierReference);
    this.byPurchaseOrder = this.documents.index(ordersOf);
    this.openItems = this.documents.index((invoice) =>
      invoice.status === 'posted' ? invoice.companyCode : undefined,
    );
    this.#duplicates = this.documents.index((invoice) =>
      invoice.status === 'posted' || invoice.status === 'paid' ? duplicateKey(invoice) : undefined,
    );
    this.#blockedByOrder = this.documents.index((invoice) =>
      invoice.status === 'posted' && invoice.paymentBlocks.length > 0
        ? ordersOf(invoice)
        : undefined,
    );
  }

  /** Keeps an invoice without posting it; it may be out of balance and is not looked at for duplicates. */
  park(draft: SupplierInvoiceDraft, context: Context): SupplierInvoice {
    return this.#base.store.transaction(context, () => {
      const resolved = this.#resolve(draft, context);
      const year = resolved.postingDate.slice(0, 4);
      const number = nextInvoiceNumber(this.#base.store, year);
      const parked = invoiceDocument(resolved, number, year, this.#base, context);
      this.documents.put(`${year}/${number}`, parked);
      return parked;
    });
  }

  /**
   * Posts a new invoice, or a parked one by `year/number`. Beyond a tolerance it posts with payment
   * blocks; out of balance, a duplicate or against the rules it is refused.
   */
  post(invoice: SupplierInvoiceDraft | string, context: Context): SupplierInvoice {
    return this.#base.store.transaction(context, () => {
      if (typeof invoice !== 'string') return this.#post(invoice, undefined, context);
      const parked = this.get(invoice);
      if (parked.status !== 'draft') {
        refuse('conflict', 'not-parked', `Invoice ${invoice} is ${parked.status}, not parked.`);
      }
      return this.#post(draftOf(parked), parked, context);
    });
  }

  /**
   * Cancels a posted, unpaid invoice by a document that turns it round and returns that document; a
   * parked one is given up without a posting and returned itself.
   */
  cancel(
    year: string,
    number: string,
    postingDate: CalendarDate | undefined,
    context: Context,
  ): SupplierInvoice {
    return this.#base.store.transaction(context, () => {
      const id = `${year}/${number}`;
      const original = this.get(id);
      checkCancellable(id, original);
      if (original.status === 'draft') {
        return this.#save({ ...original, status: 'cancelled' }, 'supplier-invoice.cancelled');
      }
      for (const order of ordersOf(original)) this.#base.locks.check(order, context.by);
      const on = postingDate ?? (context.today as CalendarDate);
      const cancellation = this.#cancellation(original, on, context);
      const cancelled: SupplierInvoice = {
        ...original,
        status: 'cancelled',
        paymentBlocks: [],
        cancelledBy: `${cancellation.year}/${cancellation.number}`,
      };
      this.#save(cancelled, 'supplier-invoice.cancelled');
      this.#progress(original);
      return cancellation;
    });
  }

  /** Takes all payment blocks off, by a person's decision. */
  release(year: string, number: string, context: Context): SupplierInvoice {
    return this.#base.store.transaction(context, () => {
      const invoice = this.#posted(`${year}/${number}`);
      if (invoice.paymentBlocks.length === 0) {
        refuse('conflict', 'not-blocked', `Invoice ${year}/${number} is not blocked for payment.`);
      }
      const released: SupplierInvoice = { ...invoice, paymentBlocks: [], match: 'approved' };
      return this.#save(released, 'supplier-invoice.released');
    });
  }

  /** Blocks a posted invoice for payment by hand. */
  block(year: string, number: string, block: 'manual', context: Context): SupplierInvoice {
    return this.#base.store.transaction(context, () => {
      const invoice = this.#posted(`${year}/${number}`);
      if (invoice.paymentBlocks.includes(block)) return invoice;
      const paymentBlocks = [...invoice.paymentBlocks, block];
      return this.#save({ ...invoice, paymentBlocks }, 'supplier-invoice.blocked');
    });
  }

  /** The invoice by `year/number`, or a refusal. */
  get(id: string): SupplierInvoice {
    const message = `Supplier invoice ${id} does not exist.`;
    return (
      this.documents.get(id) ?? refuse('notFound', 'unknown-invoice', message, undefined, { id })
    );
  }

  /** What an invoice did to its order lines: signed quantities in the order unit, values in company currency. */
  postedLines(id: string): readonly PostedInvoiceLine[] {
    return this.#poster.linesOf(id);
  }

  /** Takes blocks off invoices of the order whose cause is gone. Needs a transaction. */
  recheckBlocks(order: PurchaseOrder): void {
    for (const invoice of this.#blockedByOrder.find(order.number)) {
      const after = recheckedInvoice(invoice, this.#base);
      if (after === undefined) continue;
      const released = after.paymentBlocks.length === 0;
      this.#save(after, released ? 'supplier-invoice.released' : undefined);
    }
  }

  #resolve(draft: SupplierInvoiceDraft, context: Context): ResolvedInvoice {
    const materialDocuments = this.#base.store.collection<MaterialDocument>('MaterialDocument');
    const receipts = { receipts: this.#receipts, materialDocuments };
    return resolveInvoice(draft, this.#base, receipts, context);
  }

  #post(
    draft: SupplierInvoiceDraft,
    parked: SupplierInvoice | undefined,
    context: Context,
  ): SupplierInvoice {
    const { store, periods, masterData, settings } = this.#base;
    const resolved = this.#resolve(draft, context);
    const { companyCode, postingDate, amounts, currency, lines } = resolved;
    const documents = lines.map((each) => each.document);
    checkBalance(amounts, draft, documents, currency, masterData, settings.tolerances.BD);
    const year = periods.yearOf(companyCode, postingDate);
    const number = parked?.number ?? nextInvoiceNumber(store, year);
    const id = `${year}/${number}`;
    const document = invoiceDocument(resolved, number, year, this.#base, context);
    this.#checkDuplicate(document);
    const accountingDocument = this.#poster.post(id, resolved, context);
    const { blocks, match } = blocksOf(document, this.#base);
    const posted: SupplierInvoice = {
      ...document,
      status: 'posted',
      paymentBlocks: blocks,
      match,
      ...(accountingDocument === undefined ? {} : { accountingDocument }),
    };
    this.#save(posted, 'supplier-invoice.posted');
    if (blocks.length > 0) this.#emit('supplier-invoice.blocked', posted);
    this.#progress(posted);
    return posted;
  }

  #checkDuplicate(invoice: SupplierInvoice): void {
    if (this.#base.settings.duplicateInvoiceCheck !== 'error') return;
    const other = this.#duplicates.first(duplicateKey(invoice));
    if (other === undefined) return;
    const id = `${other.year}/${other.number}`;
    const message = `Invoice ${invoice.supplierReference} of supplier ${invoice.supplier} was entered already as ${id}.`;
    refuse('duplicate', 'duplicate-invoice', message, 'supplierReference', { invoice: id });
  }

  #cancellation(
    original: SupplierInvoice,
    postingDate: CalendarDate,
    context: Context,
  ): SupplierInvoice {
    const year = this.#base.periods.yearOf(original.companyCode, postingDate);
    const number = nextInvoiceNumber(this.#base.store, year);
    const accountingDocument = this.#poster.undo(
      `${year}/${number}`,
      original,
      postingDate,
      context,
    );
    // The external reference stays with the original: one document per invoice of the other system.
    const { externalReference: _theirs, ...rest } = original;
    const cancellation: SupplierInvoice = {
      ...rest,
      number,
      year,
      kind: opposite[original.kind],
      status: 'cancelled',
      postingDate,
      documentDate: postingDate,
      dueDate: postingDate,
      paymentBlocks: [],
      createdAt: timestamp(context.at),
      createdBy: context.by,
      cancels: `${original.year}/${original.number}`,
      ...(accountingDocument === undefined ? {} : { accountingDocument }),
    };
    this.documents.put(`${year}/${number}`, cancellation);
    if (accountingDocument !== undefined && original.accountingDocument !== undefined) {
      this.#base.ledger.clear(original.accountingDocument, accountingDocument);
      this.#base.ledger.clear(accountingDocument, accountingDocument);
    }
    return cancellation;
  }

  #posted(id: string): SupplierInvoice {
    const invoice = this.get(id);
    if (invoice.status !== 'posted') {
      refuse('conflict', 'not-open', `Invoice ${id} is ${invoice.status}, not open for payment.`);
    }
    return invoice;
  }

  /** Orders and other invoices of theirs follow what this invoice changed. */
  #progress(invoice: SupplierInvoice): void {
    const orders = this.#base.store.collection<PurchaseOrder>('PurchaseOrder');
    for (const number of ordersOf(invoice)) {
      const order = orders.get(number);
      if (order !== undefined) this.recheckBlocks(saveStatus(order, this.#base));
    }
  }

  #save(invoice: SupplierInvoice, event: string | undefined): SupplierInvoice {
    this.documents.put(`${invoice.year}/${invoice.number}`, invoice);
    if (event !== undefined) this.#emit(event, invoice);
    return invoice;
  }

  #emit(type: string, data: SupplierInvoice): void {
    const key = `${data.year}/${data.number}`;
    const version = this.documents.entry(key)?.version ?? 1;
    this.#base.store.emit({ type, document: 'SupplierInvoice', key, version, data });
  }
}
