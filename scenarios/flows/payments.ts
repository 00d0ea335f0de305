/** What was paid, told back to where the invoice was captured. */
import { type FlowDocument, defineFlow } from '../../harness/flow.ts';

/** What was given back by the bank may be paid by another payment meanwhile. */
const stillPaid = (payment: FlowDocument, invoice: FlowDocument): boolean =>
  payment.status !== 'rejected' && invoice.status === 'paid';

/** By the payment's own number, or by that of the accounting document that it is. */
const isNamed = (
  { number, accountingDocument }: FlowDocument,
  { payment }: FlowDocument,
): boolean => {
  const posted: string = accountingDocument?.split('/').at(-1) ?? '';
  return payment?.includes(number) === true || (posted !== '' && payment?.includes(posted));
};

/** Less the discount; or the whole, where the wire does not tell of discounts. */
const isAmount = (
  { items }: FlowDocument,
  { supplierReference, paidAmount }: FlowDocument,
): boolean => {
  const item = items.find((each: FlowDocument) => each.supplierReference === supplierReference);
  if (item === undefined) return true;
  const told = Math.abs(Number(paidAmount));
  return [item.paidAmount, item.grossAmount].some((each) => Math.abs(Number(each)) === told);
};

export const paymentBack = defineFlow({
  name: 'payment-back',
  from: {
    system: 'erp',
    document: 'Payment',
    when: ({ status }) => status !== 'rejected',
    known: () => true,
  },
  to: { system: 'procurement', document: 'Invoice', where: ({ status }) => status === 'paid' },
  // Payments name the supplier's own number of the invoice, which both systems know.
  key: {
    from: (payment) =>
      payment.items.map((item: FlowDocument) => `${payment.supplier} ${item.supplierReference}`),
    to: (invoice) => `${invoice.supplier} ${invoice.supplierReference}`,
  },
  agree: [
    {
      field: 'paid',
      from: ({ status }) => status !== 'rejected',
      to: ({ status }) => status === 'paid',
    },
    {
      field: 'payment',
      from: ({ number }) => number,
      to: ({ payment }) => payment,
      asked: stillPaid,
      same: isNamed,
    },
    {
      field: 'paidAmount',
      from: ({ items }) => items.map((item: FlowDocument) => item.paidAmount).join(' '),
      to: ({ paidAmount }) => paidAmount,
      asked: stillPaid,
      same: isAmount,
    },
  ],
  unique: false,
  owner: 'erp',
  pattern: 'data-consistency',
  dataClass: 'transactional',
  criticality: 'medium',
  within: '5m',
});
