/** What accounts payable and the bank do. */
import type { CalendarDate } from '../../domain/calendar-date.ts';
import type { Action } from './action.ts';
import { body, date, key, text } from './fields.ts';

interface OfInvoice {
  readonly invoice: string;
}

const approveInvoice: Action = {
  name: 'approve-invoice',
  summary: 'Accounts payable accepts an invoice that does not match.',
  actor: 'ap-clerk',
  system: 'procurement',
  body: body('ApproveInvoice', { invoice: key() }),
  perform: (stage, { invoice }: OfInvoice, context) => {
    const data = stage.procurement.invoices.approve(invoice, context);
    return { document: 'Invoice', id: invoice, data };
  },
};

const disputeInvoice: Action = {
  name: 'dispute-invoice',
  summary: 'Accounts payable holds an invoice back.',
  actor: 'ap-clerk',
  system: 'procurement',
  body: body('DisputeInvoice', { invoice: key(), reason: text(200) }),
  perform: (stage, { invoice, reason }: OfInvoice & { reason: string }, context) => {
    const data = stage.procurement.invoices.dispute(invoice, reason, context);
    return { document: 'Invoice', id: invoice, data };
  },
};

const releaseInvoice: Action = {
  name: 'release-invoice',
  summary: "Accounts payable takes the payment blocks off an ERP's invoice.",
  actor: 'ap-clerk',
  system: 'erp',
  body: body('ReleaseInvoice', { year: key(4), number: key(20) }),
  perform: (stage, { year, number }: { year: string; number: string }, context) => {
    const data = stage.erp.invoices.release(year, number, context);
    return { document: 'SupplierInvoice', id: `${year}/${number}`, data };
  },
};

const runPayments: Action = {
  name: 'run-payments',
  summary: 'The payment run pays what is due by the day; default today, and the first company.',
  actor: 'payment-run',
  system: 'erp',
  body: body('RunPayments', { 'companyCode?': key(10), 'runDate?': date, 'houseBank?': key(20) }),
  perform: (stage, input: PaymentInput, context) => {
    const { settings, payments } = stage.erp;
    const companyCode = input.companyCode ?? settings.organisation.companyCodes[0]?.code ?? '';
    const runDate = input.runDate ?? (context.today as CalendarDate);
    const houseBank = input.houseBank ?? settings.houseBanks[0] ?? '';
    const data = payments.run({ companyCode, runDate, houseBank }, context);
    return { document: 'Payment', id: `${companyCode}/${runDate}`, data };
  },
};

interface PaymentInput {
  readonly companyCode?: string;
  readonly runDate?: CalendarDate;
  readonly houseBank?: string;
}

const clearPayment: Action = {
  name: 'clear-payment',
  summary: 'The bank statement shows a payment.',
  actor: 'bank',
  system: 'erp',
  body: body('ClearPayment', { payment: text(40) }),
  perform: (stage, { payment }: { payment: string }, context) => {
    const data = stage.erp.payments.clear(payment, context);
    return { document: 'Payment', id: payment, data };
  },
};

export const accountingActions: readonly Action[] = [
  approveInvoice,
  disputeInvoice,
  releaseInvoice,
  runPayments,
  clearPayment,
];
