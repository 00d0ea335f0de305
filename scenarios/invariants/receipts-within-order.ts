/** Receipts never exceed the order and its tolerance, unless they are flagged as over-receipts. */
import type { Invariant } from '../../harness/invariant.ts';
import { judged, untouched } from './finding.ts';
import { askOfOrders, commitsOf } from './order-fold.ts';

export const receiptsWithinOrder = (): Invariant =>
  askOfOrders({
    name: 'receipts-within-order',
    promise: 'Receipts stay within the order and its tolerance, or are flagged.',
    family: '3W',
    interests: [commitsOf('erp', 'MaterialDocument'), commitsOf('procurement', 'Receipt')],
    end: ({ receipts, lines, overReceipts }) =>
      receipts === 0 || lines.length === 0 ? untouched : judged(overReceipts),
  });
