/**
 * An invoice is within the price tolerance of the order that procurement sent, or it is blocked. An
 * order that reached the ERP with an old price makes the ERP's own check pass what it should not.
 */
import type { Invariant, Violation } from '../../harness/invariant.ts';
import { judged, untouched } from './finding.ts';
import { askOfOrders, commitsOf } from './order-fold.ts';
import { type InvoicedLine, type OrderInvoice, type OrderTruth, lineOf } from './order-truth.ts';

export interface PriceTolerance {
  /** Percent that an invoice's price may lie above the order's; default 2. */
  readonly upPercent?: number;
  /** Percent that it may lie below; default 10. */
  readonly downPercent?: number;
}

/** Rounding of a line to the currency's cents is nobody's fault. */
const roundingPerLine = 0.01;

export const invoiceWithinTolerance = (tolerance: PriceTolerance = {}): Invariant =>
  askOfOrders({
    name: 'invoice-within-tolerance',
    promise: 'An invoice keeps to the price of the order or is blocked for payment.',
    family: '3W',
    interests: [commitsOf('erp', 'SupplierInvoice')],
    end(truth) {
      const asked = truth.invoices.filter(({ sign }) => sign === 1);
      if (asked.length === 0 || truth.lines.length === 0) return untouched;
      return judged(asked.flatMap((invoice) => overpriced(truth, invoice, tolerance)));
    },
  });

function overpriced(
  truth: OrderTruth,
  invoice: OrderInvoice,
  tolerance: PriceTolerance,
): Violation[] {
  if (!invoice.stands || invoice.everBlocked) return [];
  const violations: Violation[] = [];
  for (const line of invoice.lines) {
    const ordered = lineOf(truth, line.line);
    if (ordered === undefined || ordered.unit !== line.unit) continue;
    if (ordered.prices.some((price) => within(line, price, tolerance))) continue;
    const due = ((ordered.prices.at(-1) as number) * Number(line.quantity)).toFixed(2);
    violations.push({
      keys: [truth.order, invoice.id],
      positions: [invoice.position],
      sentence: `Invoice ${invoice.id} asks ${line.amount} for ${line.quantity} ${line.unit} of ${truth.order} line ${line.line}, which at the order's price are ${due}, and is not blocked.`,
      expected: due,
      actual: line.amount,
    });
  }
  return violations;
}

function within(line: InvoicedLine, price: number, tolerance: PriceTolerance): boolean {
  const { upPercent = 2, downPercent = 10 } = tolerance;
  const due = price * Number(line.quantity);
  const difference = Number(line.amount) - due;
  const limit = (Math.abs(due) * (difference > 0 ? upPercent : downPercent)) / 100;
  return Math.abs(difference) <= limit + roundingPerLine;
}
