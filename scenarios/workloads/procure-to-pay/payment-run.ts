/**
 * The treasurer's payment run: each business day on which something may be due, and the bank statement
 * the day after. He sleeps while nothing is open and wakes when an invoice is posted or released.
 */
import { type CalendarDate, addDays, instantOf } from '../../../domain/calendar-date.ts';
import { isZero } from '../../../domain/decimal.ts';
import type { Payment } from '../../../domain/payment.ts';
import type { SupplierInvoice } from '../../../domain/supplier-invoice.ts';
import type { Owed } from '../../../harness/workload.ts';
import type { Desk } from './desk.ts';
import type { Market } from './market.ts';
import { mix } from './mix.ts';

const dayMs = 86_400_000;
/** The run starts at six in the morning. */
const runAt = 0.25;

export class PaymentRun {
  readonly #desk: Desk;
  readonly #market: Market;
  /** Invoices that are posted and not paid, by `year/number`. */
  readonly #open = new Map<string, SupplierInvoice>();
  readonly #toClear = new Set<string>();
  /** Share of payments that the bank gives back, and invoices whose payment it gave back: once each. */
  readonly #returned: number;
  readonly #givenBack = new Set<string>();
  /** Business time of the next run, and which of the timers is the one that counts. */
  #next = Number.POSITIVE_INFINITY;
  #timer = 0;

  constructor(desk: Desk, market: Market, returned: number = mix.paymentReturned) {
    this.#returned = returned;
    this.#desk = desk;
    this.#market = market;
    desk.watch('erp/SupplierInvoice/*', (data) => this.#takeInvoice(data as SupplierInvoice));
    desk.watch('erp/Payment/*', (data) => this.#takePayment(data as Payment));
  }

  pending(): Owed[] {
    const [example] = this.#open.values();
    if (example === undefined) return [];
    const name = example.externalReference ?? `${example.year}/${example.number}`;
    return [{ what: 'invoices to be paid', count: this.#open.size, example: name }];
  }

  #takeInvoice(invoice: SupplierInvoice): void {
    const id = `${invoice.year}/${invoice.number}`;
    const debt = invoice.kind === 'invoice' || invoice.kind === 'subsequentDebit';
    // Credits are owed by the supplier: they wait for the next payment, however long it takes.
    if (debt && invoice.status === 'posted' && invoice.cancels === undefined) {
      this.#open.set(id, invoice);
      this.#wakeFor([invoice]);
    } else this.#open.delete(id);
  }

  #takePayment(payment: Payment): void {
    const id = `${payment.year}/${payment.number}`;
    if (payment.status !== 'issued' || this.#toClear.has(id)) return;
    this.#toClear.add(id);
    const returned = this.#isReturned(payment);
    const { calendar } = this.#desk.world;
    const delayMs = Math.max(this.#desk.gapMs, calendar.trialMs(1));
    this.#desk.later(delayMs, { what: 'payments to clear', example: id }, () => {
      const deed = { actor: 'bank', system: 'erp', subject: id } as const;
      const { payments } = this.#desk.erp;
      if (returned) {
        this.#desk.act({ ...deed, action: 'give payment back' }, (context) =>
          payments.reject(id, 'account closed', context),
        );
      } else {
        this.#desk.act({ ...deed, action: 'clear payment' }, (context) =>
          payments.clear(id, context),
        );
      }
    });
  }

  /** Whether the bank gives it back. What is paid again arrives. */
  #isReturned({ supplier, items }: Payment): boolean {
    const references = items.map((item) => `${supplier} ${item.supplierReference}`);
    const [first = ''] = references;
    if (references.some((each) => this.#givenBack.has(each))) return false;
    if (!this.#desk.world.random.chance(this.#returned, 'payment-returned', first)) return false;
    for (const each of references) this.#givenBack.add(each);
    return true;
  }

  /** Schedules the run of the first day on which something may be paid, unless an earlier one is. */
  #wakeFor(invoices: Iterable<SupplierInvoice>): void {
    const { calendar } = this.#desk.world;
    const now = calendar.businessTime();
    const today = calendar.today() as CalendarDate;
    let first = Number.POSITIVE_INFINITY;
    for (const invoice of invoices) {
      if (invoice.paymentBlocks.length > 0) continue;
      first = Math.min(first, instantOf(this.#payableOn(invoice, today)) + runAt * dayMs);
    }
    if (first === Number.POSITIVE_INFINITY) return;
    // One run a day: when this morning's is over, the next is tomorrow's.
    const morning = instantOf(today) + runAt * dayMs;
    const at = Math.max(first, now < morning ? morning : morning + dayMs);
    if (at >= this.#next) return;
    this.#next = at;
    const timer = ++this.#timer;
    this.#desk.quietly(Math.max(1, calendar.trialMs((at - now) / dayMs)), () => {
      if (timer === this.#timer) this.#run();
    });
  }

  /** The last day on which the discount can be taken, else the due date. */
  #payableOn(invoice: SupplierInvoice, today: CalendarDate): CalendarDate {
    const terms = this.#market.terms.find((each) => each.code === invoice.paymentTerms);
    if (terms === undefined || isZero(terms.discountPercent)) return invoice.dueDate;
    const discountUntil = addDays(invoice.documentDate, terms.discountDays);
    return today <= discountUntil && discountUntil < invoice.dueDate
      ? discountUntil
      : invoice.dueDate;
  }

  #run(): void {
    this.#next = Number.POSITIVE_INFINITY;
    const { erp, world } = this.#desk;
    const runDate = world.calendar.today() as CalendarDate;
    const houseBank = erp.settings.houseBanks[0] ?? '';
    for (const companyCode of new Set([...this.#open.values()].map((each) => each.companyCode))) {
      const subject = `${companyCode}/${runDate}`;
      const deed = {
        actor: 'payment-run',
        action: 'pay due invoices',
        system: 'erp',
        subject,
      } as const;
      this.#desk.act(deed, (context) =>
        erp.payments.run({ companyCode, runDate, houseBank }, context),
      );
    }
    this.#wakeFor(this.#open.values());
  }
}
