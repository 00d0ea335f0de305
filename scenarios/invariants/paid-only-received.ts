/** Nothing is paid that was not received: at the time of each payment the warehouse had counted as much. */
import type { Invariant } from '../../harness/invariant.ts';
import { judged, untouched } from './finding.ts';
import { askOfOrders, commitsOf } from './order-fold.ts';

export const paidOnlyReceived = (): Invariant =>
  askOfOrders({
    name: 'paid-only-received',
    promise: 'Nothing is paid that the warehouse did not receive.',
    family: '3W',
    interests: [
      commitsOf('wms', 'ReceiptConfirmation'),
      commitsOf('erp', 'SupplierInvoice'),
      commitsOf('erp', 'Payment'),
    ],
    end: ({ paid, overPayments }) => (paid.length === 0 ? untouched : judged(overPayments)),
  });
