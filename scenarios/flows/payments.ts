/** What was paid, told back to where the invoice was captured. */
import { type FlowDocument, defineFlow } from '../../harness/flow.ts';

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
  ],
  unique: false,
  owner: 'erp',
  pattern: 'data-consistency',
  dataClass: 'transactional',
  criticality: 'medium',
  within: '5m',
});
