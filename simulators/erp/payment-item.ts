/** What a payment run would pay of one open invoice, and whether it is time to. */
import { type CalendarDate, addDays } from '../../domain/calendar-date.ts';
import { roundAmount } from '../../domain/currency.ts';
import { isZero, negate, percentOf, subtract, zero } from '../../domain/decimal.ts';
import type { PaymentTerms } from '../../domain/master-data.ts';
import type { PaymentItem } from '../../domain/payment.ts';
import type { SupplierInvoice } from '../../domain/supplier-invoice.ts';
import { signOf } from './invoice-posting.ts';

/** The item, if it is due or its discount would be lost by the next run. Credits are due at once. */
export function paymentItem(
  invoice: SupplierInvoice,
  terms: PaymentTerms,
  runDate: CalendarDate,
  nextRun: CalendarDate,
): PaymentItem | undefined {
  const credit = signOf(invoice.kind) === -1;
  const discountUntil = addDays(invoice.documentDate, terms.discountDays);
  const discountable = !credit && !isZero(terms.discountPercent) && runDate <= discountUntil;
  const lastChance = discountable && nextRun > discountUntil;
  if (!credit && invoice.dueDate > runDate && !lastChance) return undefined;
  const discount = discountable
    ? roundAmount(percentOf(invoice.grossAmount, terms.discountPercent), invoice.currency)
    : zero;
  const paid = subtract(invoice.grossAmount, discount);
  return {
    invoice: `${invoice.year}/${invoice.number}`,
    supplierReference: invoice.supplierReference,
    grossAmount: credit ? negate(invoice.grossAmount) : invoice.grossAmount,
    discount,
    paidAmount: credit ? negate(paid) : paid,
  };
}
