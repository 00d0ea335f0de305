/** A payment of a payment run: one per supplier, currency and house bank, clearing open items. */
import type { CalendarDate, Timestamp } from './calendar-date.ts';
import type { Decimal } from './decimal.ts';

export interface Payment {
  readonly number: string;
  readonly year: string;
  readonly run: string;
  readonly status: 'issued' | 'cleared' | 'rejected';
  readonly companyCode: string;
  readonly supplier: string;
  readonly currency: string;
  readonly houseBank: string;
  readonly amount: Decimal;
  readonly valueDate: CalendarDate;
  readonly createdAt: Timestamp;
  readonly items: readonly PaymentItem[];
  readonly accountingDocument: string;
  readonly rejectionReason?: string;
}

export interface PaymentItem {
  readonly invoice: string;
  readonly supplierReference: string;
  readonly grossAmount: Decimal;
  readonly discount: Decimal;
  readonly paidAmount: Decimal;
}
