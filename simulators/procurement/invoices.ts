/**
 * Supplier invoices in the suite: captured at the supplier portal or by accounts payable, matched,
 * approved or disputed by people, and told by the ERP what became of them.
 */
import { invoiceMoves, mayMove } from '../../domain/canonical-state.ts';
import { type Decimal, negate, zero } from '../../domain/decimal.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Invoice } from './documents.ts';
import type { InvoiceDraft, InvoiceStatusUpdate } from './drafts.ts';
import { checkReason } from './input-checks.ts';
import { capturedInvoice } from './invoice-capture.ts';
import { type InvoiceMatching, type OrderLineName, withMatches } from './invoice-matching.ts';
import { checkCredit, checkDuplicate, creditMemosOf } from './invoice-references.ts';
import { updatedInvoice } from './invoice-status.ts';
import { invoicedBy } from './line-balance.ts';
import { overallMatch } from './line-matching.ts';
import { isLive, settleStatus } from './order-status.ts';
import type { ProcurementRecords } from './procurement-records.ts';
import { found, refusal } from './refusal.ts';

export class Invoices {
  readonly documents: Collection<Invoice>;
  readonly byOrder: Index<Invoice>;
  readonly bySupplierReference: Index<Invoice>;
  readonly #records: ProcurementRecords;
  readonly #matching: InvoiceMatching;

  constructor(records: ProcurementRecords, matching: InvoiceMatching) {
    this.#records = records;
    this.#matching = matching;
    this.documents = records.invoices;
    this.byOrder = records.invoicesByOrder;
    this.bySupplierReference = records.invoicesBySupplierReference;
  }

  /** Takes an invoice, credit memo or subsequent debit or credit in and matches it. */
  capture(draft: InvoiceDraft, context: Context): Invoice {
    const draftInvoice = capturedInvoice(draft, this.#records, context);
    checkDuplicate(draftInvoice, this.#records);
    checkCredit(draftInvoice, this.#records);
    return this.#records.store.transaction(context, () => {
      const number = this.#records.nextNumber('IV');
      const invoice = withMatches({ ...draftInvoice, number }, draftInvoice.lineMatches);
      this.#save(invoice);
      const matched = this.#recount(invoice, 1, context).filter((each) => each !== number);
      const captured = this.#existing(number);
      this.#emit('invoice.captured', captured);
      this.#matching.announce(matched);
      return captured;
    });
  }

  /** Accepts an exception, or settles a dispute in the supplier's favour: match `approved`. */
  approve(number: string, context: Context): Invoice {
    const invoice = this.#live(number);
    if (invoice.match !== 'exception' && invoice.match !== 'disputed') {
      const rule = invoice.match === 'pendingReceipt' ? 'receipt-pending' : 'nothing-to-approve';
      throw refusal('conflict', rule, `Invoice ${number} is ${invoice.match}.`);
    }
    const status =
      invoice.status === 'draft' || invoice.status === 'disputed' ? 'matched' : invoice.status;
    const { disputeReason: _, ...undisputed } = invoice;
    return this.#decide('invoice.approved', { ...undisputed, status, match: 'approved' }, context);
  }

  /** Holds the invoice back until the dispute is settled; a paid one can no longer be. */
  dispute(number: string, reason: string, context: Context): Invoice {
    const invoice = this.#live(number);
    checkReason(reason);
    if (invoice.match === 'disputed') {
      throw refusal('conflict', 'already-disputed', `Invoice ${number} is disputed already.`);
    }
    this.#checkMove(invoice, 'disputed');
    const disputed = {
      ...invoice,
      status: 'disputed',
      match: 'disputed',
      disputeReason: reason,
    } as const;
    return this.#decide('invoice.disputed', disputed, context);
  }

  /** Takes a dispute back; refused while the lines do not match. */
  resolveDispute(number: string, context: Context): Invoice {
    const invoice = this.#live(number);
    if (invoice.match !== 'disputed') {
      throw refusal('conflict', 'not-disputed', `Invoice ${number} is ${invoice.match}.`);
    }
    if (overallMatch(invoice.lineMatches) !== 'matched') {
      throw refusal(
        'conflict',
        'dispute-stands',
        `The lines of invoice ${number} still do not match.`,
      );
    }
    const status = invoice.status === 'disputed' ? 'matched' : invoice.status;
    const { disputeReason: _, ...undisputed } = invoice;
    return this.#decide('invoice.matched', { ...undisputed, status, match: 'matched' }, context);
  }

  /** Takes the invoice out of the books of the suite; refused once paid or credited. */
  void(number: string, reason: string, context: Context): Invoice {
    const invoice = this.#live(number);
    checkReason(reason);
    this.#checkMove(invoice, 'cancelled');
    this.#checkUncredited(number);
    return this.#records.store.transaction(context, () => {
      const voided = this.#save({ ...invoice, status: 'cancelled', reason });
      const matched = this.#recount(voided, -1, context);
      this.#emit('invoice.voided', voided);
      this.#matching.announce(matched);
      return voided;
    });
  }

  /**
   * Notes what the ERP tells about the invoice. Such news is not exported again, and the same news
   * twice changes nothing.
   */
  updateStatus(number: string, update: InvoiceStatusUpdate, context: Context): Invoice {
    const before = this.#existing(number);
    const after = updatedInvoice(before, update, context);
    if (after === before) return before;
    const dropped = isLive(before) && !isLive(after);
    if (dropped) this.#checkUncredited(number);
    return this.#records.store.transaction(context, () => {
      this.documents.put(number, after);
      if (dropped) this.#matching.announce(this.#recount(after, -1, context));
      else this.#settleOrders(after, context);
      return this.#existing(number);
    });
  }

  #existing(number: string): Invoice {
    return found(this.documents.get(number), 'Invoice', number);
  }

  #live(number: string): Invoice {
    const invoice = this.#existing(number);
    if (!isLive(invoice)) {
      throw refusal(
        'conflict',
        `invoice-${invoice.status}`,
        `Invoice ${number} is ${invoice.status}.`,
      );
    }
    return invoice;
  }

  #checkMove(invoice: Invoice, to: Invoice['status']): void {
    if (mayMove(invoiceMoves, invoice.status, to)) return;
    const rule = invoice.status === 'paid' ? 'invoice-paid' : 'illegal-move';
    throw refusal(
      'conflict',
      rule,
      `Invoice ${invoice.number} is ${invoice.status}, it cannot be ${to}.`,
    );
  }

  #checkUncredited(number: string): void {
    const [memo] = creditMemosOf(number, this.#records);
    if (memo !== undefined) {
      throw refusal(
        'conflict',
        'invoice-credited',
        `Credit memo ${memo.number} refers to ${number}.`,
      );
    }
  }

  #decide(type: string, invoice: Invoice, context: Context): Invoice {
    return this.#records.store.transaction(context, () => {
      this.#save(invoice);
      this.#settleOrders(invoice, context);
      this.#emit(type, invoice);
      return invoice;
    });
  }

  /** Counts the invoice in (1) or out (-1), matches its lines again; gives the invoices that match by it. */
  #recount(invoice: Invoice, direction: 1 | -1, context: Context): string[] {
    const names: OrderLineName[] = [];
    for (const line of invoice.lines) {
      if (line.purchaseOrder === undefined || line.purchaseOrderLine === undefined) continue;
      const quantity: Decimal = invoicedBy(invoice, line);
      const counted = direction === 1 ? quantity : negate(quantity);
      if (counted !== zero) {
        this.#records.balances.add(line.purchaseOrder, line.purchaseOrderLine, 'invoiced', counted);
      }
      names.push([line.purchaseOrder, line.purchaseOrderLine]);
    }
    const matched = this.#matching.rematch(names);
    this.#settleOrders(invoice, context);
    return matched;
  }

  #settleOrders({ lines }: Invoice, context: Context): void {
    const orders = new Set(lines.flatMap(({ purchaseOrder }) => purchaseOrder ?? []));
    for (const order of orders) settleStatus(order, this.#records, context);
  }

  #save(invoice: Invoice): Invoice {
    this.documents.put(invoice.number, invoice);
    this.#records.flags.reset('Invoice', invoice.number);
    return invoice;
  }

  #emit(type: string, data: Invoice): void {
    const version = this.documents.entry(data.number)?.version ?? 1;
    this.#records.store.emit({ type, document: 'Invoice', key: data.number, version, data });
  }
}
