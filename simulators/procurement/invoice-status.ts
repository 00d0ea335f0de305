/**
 * What the ERP reports about an invoice: posted, blocked, paid, payment returned. Reports arrive
 * late and out of order; one that the table of moves does not allow is refused, not believed.
 */
import { invoiceMoves, mayMove } from '../../domain/canonical-state.ts';
import { zero } from '../../domain/decimal.ts';
import type { Context } from '../../harness/context.ts';
import type { Invoice, InvoicePayment } from './documents.ts';
import type { InvoiceStatusUpdate } from './drafts.ts';
import { checkAmount } from './input-checks.ts';
import { todayOf } from './procurement-records.ts';
import { refusal, required } from './refusal.ts';

/** The invoice after the report; the very same when it tells nothing new. */
export function updatedInvoice(
  invoice: Invoice,
  update: InvoiceStatusUpdate,
  context: Context,
): Invoice {
  const isReturned = invoice.status === 'paid' && update.status === 'posted';
  const reported = isReturned ? returned(invoice, update) : moved(invoice, update, context);
  const after: Invoice = {
    ...reported,
    ...(update.erpNumber === undefined ? {} : { erpNumber: update.erpNumber }),
    ...(update.reason === undefined ? {} : { reason: update.reason }),
    paymentBlocks:
      reported.status === 'paid' ? [] : (update.paymentBlocks ?? reported.paymentBlocks),
  };
  return JSON.stringify(after) === JSON.stringify(invoice) ? invoice : after;
}

function moved(invoice: Invoice, update: InvoiceStatusUpdate, context: Context): Invoice {
  if (!mayMove(invoiceMoves, invoice.status, update.status)) {
    const rule =
      invoice.status === 'draft' && update.status === 'paid' ? 'not-posted' : 'illegal-move';
    const message = `Invoice ${invoice.number} is ${invoice.status}, it cannot be ${update.status}.`;
    throw refusal('conflict', rule, message, 'status');
  }
  if (update.status === 'paid') return paid(invoice, update, context);
  return { ...invoice, status: update.status };
}

function paid(invoice: Invoice, update: InvoiceStatusUpdate, context: Context): Invoice {
  const payment = required(update.payment, () =>
    refusal('invalid', 'payment-required', 'A paid invoice names its payment.', 'payment'),
  );
  if (invoice.status === 'paid') {
    if (invoice.payment === payment) return invoice;
    const message = `Invoice ${invoice.number} was paid by ${invoice.payment}, not by ${payment}.`;
    throw refusal('conflict', 'already-paid', message, 'payment');
  }
  if (invoice.payments.some((each) => each.payment === payment)) {
    const message = `Payment ${payment} was returned by the bank.`;
    throw refusal('conflict', 'payment-returned', message, 'payment');
  }
  const amount = update.paidAmount ?? invoice.grossAmount;
  checkAmount(amount, invoice.currency, 'paidAmount');
  const on = update.paidOn ?? todayOf(context);
  const payments: InvoicePayment[] = [...invoice.payments, { payment, amount, on, status: 'paid' }];
  return { ...invoice, status: 'paid', payment, paidAmount: amount, payments };
}

/** The only way back from paid: the bank gave the money back. */
function returned({ payment, ...invoice }: Invoice, update: InvoiceStatusUpdate): Invoice {
  const reason = required(update.paymentRejection, () =>
    refusal(
      'conflict',
      'payment-not-rejected',
      `Invoice ${invoice.number} is paid; only a rejected payment takes that back.`,
      'paymentRejection',
    ),
  );
  if (update.payment !== undefined && update.payment !== payment) {
    const message = `Invoice ${invoice.number} was paid by ${payment}, not by ${update.payment}.`;
    throw refusal('conflict', 'unknown-payment', message, 'payment');
  }
  const payments = invoice.payments.map((each): InvoicePayment =>
    each.payment === payment ? { ...each, status: 'rejected', reason } : each,
  );
  return { ...invoice, status: 'posted', paidAmount: zero, payments };
}
