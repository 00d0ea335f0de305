/**
 * Three-way match over what really happened: an invoice that the ERP lets go for payment lies within
 * what procurement ordered and the warehouse counted. A receipt posted twice makes room in the ERP's
 * own match that the goods never filled; here it does not.
 */
import type { Invariant, Violation } from '../../harness/invariant.ts';
import { judged, untouched } from './finding.ts';
import { fromMillionths } from './ledger-sums.ts';
import { askOfOrders, commitsOf } from './order-fold.ts';
import { type OrderTruth, invoicedQuantity, quantityTolerancePercent } from './order-truth.ts';
import { listed } from './wording.ts';

export const threeWayMatch = (): Invariant =>
  askOfOrders({
    name: 'three-way-match',
    promise: 'No invoice is released beyond what was ordered and received.',
    family: '3W',
    interests: [commitsOf('wms', 'ReceiptConfirmation'), commitsOf('erp', 'SupplierInvoice')],
    end: (truth) =>
      truth.invoices.length === 0 || truth.lines.length === 0
        ? untouched
        : judged(overInvoiced(truth)),
  });

function overInvoiced({ order, lines, invoices }: OrderTruth): Violation[] {
  const released = invoices.filter(({ stands, everBlocked }) => stands && !everBlocked);
  const violations: Violation[] = [];
  for (const line of lines) {
    const invoiced = invoicedQuantity(released, line);
    const basis = line.receiptExpected ? line.mostEverReceived : line.ordered;
    if (invoiced <= basis * (1 + quantityTolerancePercent / 100)) continue;
    const on = released.filter((each) => each.lines.some((one) => one.line === line.line));
    const ids = on.map(({ id }) => id);
    const [asked, there] = [fromMillionths(invoiced), fromMillionths(basis)];
    const what = line.receiptExpected ? 'received' : 'ordered';
    violations.push({
      keys: [order, ...ids],
      positions: on.map(({ position }) => position),
      sentence: `${order} line ${line.line}: ${asked} ${line.unit} were invoiced and released for payment (${listed(ids)}), and only ${there} ${line.unit} were ${what}.`,
      expected: there,
      actual: asked,
    });
  }
  return violations;
}
