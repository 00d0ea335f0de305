/**
 * Posting periods: a posting date must lie in an open one. The fiscal year is the calendar year. A
 * period that nobody opened or closed is as the settings say.
 */
import { type CalendarDate, postingPeriodOf } from '../../domain/calendar-date.ts';
import type { Collection } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import type { PostingPeriod } from './erp-documents.ts';
import { refuse } from './refuse.ts';

export class Periods {
  readonly documents: Collection<PostingPeriod>;
  readonly #store: Store;
  readonly #openByDefault: boolean;

  constructor(store: Store, openByDefault: boolean) {
    this.#store = store;
    this.#openByDefault = openByDefault;
    this.documents = store.collection('PostingPeriod');
  }

  /** Opens a period; year and period as text, e.g. `2026`, `07`. */
  open(companyCode: string, year: string, period: string, context: Context): void {
    this.#set(companyCode, year, period, true, context);
  }

  close(companyCode: string, year: string, period: string, context: Context): void {
    this.#set(companyCode, year, period, false, context);
  }

  isOpen(companyCode: string, year: string, period: string): boolean {
    return this.documents.get(`${companyCode}/${year}/${period}`)?.open ?? this.#openByDefault;
  }

  /** The fiscal year of a posting date; refuses when its period is closed. */
  yearOf(companyCode: string, postingDate: CalendarDate): string {
    const { year, period } = postingPeriodOf(postingDate);
    if (!this.isOpen(companyCode, year, period)) {
      const message = `Posting period ${period}/${year} is not open in company code ${companyCode}.`;
      refuse('invalid', 'period-closed', message, 'postingDate', { companyCode, year, period });
    }
    return year;
  }

  #set(companyCode: string, year: string, period: string, open: boolean, context: Context): void {
    if (!/^\d{4}$/.test(year) || !/^(?:0[1-9]|1[0-2])$/.test(period)) {
      refuse('invalid', 'period-invalid', `${period}/${year} is no posting period.`, 'period');
    }
    this.#store.transaction(context, () => {
      if (this.isOpen(companyCode, year, period) === open) return;
      this.documents.put(`${companyCode}/${year}/${period}`, { companyCode, year, period, open });
    });
  }
}
