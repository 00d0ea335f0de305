/**
 * Paying suppliers: the payment run clears due, unblocked items by supplier and currency, with the
 * discount of their terms; the bank statement then moves bank clearing to bank; a payment that the
 * bank rejects opens its items again. Discounts are posted gross, without correcting the input tax.
 */
import { type CalendarDate, addDays, timestamp } from '../../domain/calendar-date.ts';
import { type Decimal, isPositive, negate, sum, zero } from '../../domain/decimal.ts';
import type { Payment, PaymentItem } from '../../domain/payment.ts';
import type { SupplierInvoice } from '../../domain/supplier-invoice.ts';
import type { Collection } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import { paymentItem } from './payment-item.ts';
import type { PaymentRunDraft } from './drafts.ts';
import type { Foundation } from './foundation.ts';
import { roundingEntry } from './invoice-posting.ts';
import type { InvoiceVerification } from './invoice-verification.ts';
import type { Entry } from './ledger.ts';
import { nextPaymentNumber } from './number-ranges.ts';
import { refuse } from './refuse.ts';

interface DueItem {
  readonly id: string;
  readonly invoice: SupplierInvoice;
  /** Signed: a credit memo takes from the payment. */
  readonly item: PaymentItem;
}

export class PaymentRun {
  readonly documents: Collection<Payment>;
  readonly #base: Foundation;
  readonly #invoices: InvoiceVerification;

  constructor(base: Foundation, invoices: InvoiceVerification) {
    this.#base = base;
    this.#invoices = invoices;
    this.documents = base.store.collection('Payment');
  }

  /** Pays what is due by `runDate`; one payment per supplier and currency, none where credits outweigh. */
  run(draft: PaymentRunDraft, context: Context): Payment[] {
    const { store, masterData, settings, periods } = this.#base;
    return store.transaction(context, () => {
      masterData.companyCode(draft.companyCode);
      if (!settings.houseBanks.includes(draft.houseBank)) {
        const message = `House bank ${draft.houseBank} does not exist.`;
        refuse('invalid', 'unknown-house-bank', message, 'houseBank');
      }
      const year = periods.yearOf(draft.companyCode, draft.runDate);
      const groups = new Map<string, DueItem[]>();
      for (const due of this.#dueItems(draft)) {
        const key = `${due.invoice.supplier}/${due.invoice.currency}`;
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [due]);
        else group.push(due);
      }
      return [...groups.values()]
        .filter((items) => isPositive(sum(items.map((each) => each.item.paidAmount))))
        .map((items) => this.#pay(items, draft, year, context));
    });
  }

  /** The bank statement shows the payment: bank clearing moves to bank. `id` is `year/number`. */
  clear(id: string, context: Context): Payment {
    return this.#base.store.transaction(context, () => {
      const payment = this.#issued(id);
      const posted = this.#base.ledger.documents.get(payment.accountingDocument);
      const amount = sum(
        (posted?.lines ?? []).filter((line) => line.key === 'BNK').map((line) => line.amount),
      );
      const { companyCode } = payment;
      const on = context.today as CalendarDate;
      this.#base.periods.yearOf(companyCode, on);
      this.#base.ledger.post(
        {
          companyCode,
          currency: this.#local(companyCode),
          documentDate: on,
          postingDate: on,
          documentType: 'SA',
          source: `Payment ${id}`,
          entries: [
            { key: 'BNK', amount: negate(amount) },
            { key: 'BNK', amount, account: this.#base.settings.accounts.bank },
          ],
        },
        context,
      );
      return this.#save({ ...payment, status: 'cleared' }, 'payment.cleared');
    });
  }

  /** The bank refused the payment: its posting is reversed and its items are open again. */
  reject(id: string, reason: string, context: Context): Payment {
    return this.#base.store.transaction(context, () => {
      const payment = this.#issued(id);
      const { ledger, periods } = this.#base;
      const posted = ledger.documents.get(payment.accountingDocument);
      const on = context.today as CalendarDate;
      periods.yearOf(payment.companyCode, on);
      const entries = (posted?.lines ?? []).map(({ line: _line, clearedBy: _by, ...entry }) => ({
        ...entry,
        amount: negate(entry.amount),
      }));
      const reversal = ledger.post(
        {
          companyCode: payment.companyCode,
          currency: this.#local(payment.companyCode),
          documentDate: on,
          postingDate: on,
          documentType: 'ZP',
          source: `Payment ${id}`,
          reverses: payment.accountingDocument,
          entries,
        },
        context,
      );
      if (reversal !== undefined) ledger.clear(reversal, payment.accountingDocument);
      for (const item of payment.items) this.#reopen(item.invoice);
      const rejected = { ...payment, status: 'rejected' as const, rejectionReason: reason };
      return this.#save(rejected, 'payment.rejected');
    });
  }

  /** The payment by `year/number`, or a refusal. */
  get(id: string): Payment {
    const message = `Payment ${id} does not exist.`;
    return (
      this.documents.get(id) ?? refuse('notFound', 'unknown-payment', message, undefined, { id })
    );
  }

  *#dueItems(draft: PaymentRunDraft): Iterable<DueItem> {
    const nextRun = draft.nextRunDate ?? addDays(draft.runDate, 1);
    for (const invoice of this.#invoices.openItems.find(draft.companyCode)) {
      if (invoice.paymentBlocks.length > 0 || invoice.postingDate > draft.runDate) continue;
      if (this.#base.masterData.suppliers.get(invoice.supplier)?.blocked) continue;
      const terms = this.#base.masterData.terms(invoice.paymentTerms);
      const item = paymentItem(invoice, terms, draft.runDate, nextRun);
      if (item === undefined) continue;
      yield { id: item.invoice, invoice, item };
    }
  }

  #pay(items: readonly DueItem[], draft: PaymentRunDraft, year: string, context: Context): Payment {
    const [{ invoice: first }] = items as [DueItem, ...DueItem[]];
    const { companyCode, runDate, houseBank } = draft;
    const number = nextPaymentNumber(this.#base.store, year);
    const id = `${year}/${number}`;
    const amount = sum(items.map((each) => each.item.paidAmount));
    const accountingDocument = this.#account(id, items, amount, draft, context);
    const payment: Payment = {
      number,
      year,
      run: `${runDate}-${houseBank}`,
      status: 'issued',
      companyCode,
      supplier: first.supplier,
      currency: first.currency,
      houseBank,
      amount,
      valueDate: runDate,
      createdAt: timestamp(context.at),
      items: items.map((each) => each.item),
      accountingDocument,
    };
    for (const { id: invoiceId, invoice, item } of items) {
      const paidAmount = item.paidAmount.replace('-', '') as Decimal;
      this.#invoices.documents.put(invoiceId, {
        ...invoice,
        status: 'paid',
        payment: id,
        paidAmount,
      });
      this.#clearItem(invoice, accountingDocument);
    }
    this.#base.ledger.clear(accountingDocument, accountingDocument);
    return this.#save(payment, 'payment.issued');
  }

  #account(
    id: string,
    items: readonly DueItem[],
    amount: Decimal,
    draft: PaymentRunDraft,
    context: Context,
  ): string {
    const { exchange, ledger } = this.#base;
    const { companyCode, runDate } = draft;
    const currency = this.#local(companyCode);
    const [{ invoice: first }] = items as [DueItem, ...DueItem[]];
    const toLocal = (value: Decimal): Decimal => exchange.convert(value, first.currency, currency);
    const entries: Entry[] = items.flatMap(({ invoice, item }): Entry[] => [
      { key: 'KBS', amount: negate(this.#payable(invoice)), supplier: invoice.supplier },
      { key: 'SKE', amount: negate(toLocal(item.discount)), supplier: invoice.supplier },
    ]);
    entries.push({ key: 'BNK', amount: negate(toLocal(amount)) });
    const posted = ledger.post(
      {
        companyCode,
        currency,
        documentDate: runDate,
        postingDate: runDate,
        documentType: 'ZP',
        source: `Payment ${id}`,
        entries: [...entries, roundingEntry(entries)],
      },
      context,
    );
    return posted ?? '';
  }

  /** What the invoice stands for on the vendor's account, in company currency: a credit, so negative. */
  #payable(invoice: SupplierInvoice): Decimal {
    const document = this.#base.ledger.documents.get(invoice.accountingDocument ?? '');
    const lines = (document?.lines ?? []).filter((line) => line.key === 'KBS');
    return sum(lines.map((line) => line.amount));
  }

  #reopen(id: string): void {
    const { payment: _payment, ...invoice } = this.#invoices.get(id);
    this.#invoices.documents.put(id, { ...invoice, status: 'posted', paidAmount: zero });
    this.#clearItem(invoice, undefined);
  }

  #clearItem(invoice: SupplierInvoice, clearedBy: string | undefined): void {
    if (invoice.accountingDocument !== undefined) {
      this.#base.ledger.clear(invoice.accountingDocument, clearedBy);
    }
  }

  #issued(id: string): Payment {
    const payment = this.get(id);
    if (payment.status !== 'issued') {
      refuse(
        'conflict',
        `payment-${payment.status}`,
        `Payment ${id} is ${payment.status} already.`,
      );
    }
    return payment;
  }

  #local(companyCode: string): string {
    return this.#base.masterData.companyCode(companyCode).currency;
  }

  #save(payment: Payment, type: string): Payment {
    const key = `${payment.year}/${payment.number}`;
    const { version } = this.documents.put(key, payment);
    this.#base.store.emit({ type, document: 'Payment', key, version, data: payment });
    return payment;
  }
}
