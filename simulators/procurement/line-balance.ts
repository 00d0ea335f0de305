/** Received and invoiced of an order line, added up from its receipts and invoices. */
import { type Decimal, negate, sum, zero } from '../../domain/decimal.ts';
import { receiptSign } from '../../domain/goods-receipt.ts';
import type { CapturedLine, Invoice, OrderLineBalance } from './documents.ts';
import { isLive } from './order-status.ts';
import { type ProcurementRecords, orderLineKey } from './procurement-records.ts';

/** +1 for an invoice, -1 for a credit memo; subsequent debits and credits alter value, not quantity. */
const invoiceSign = ({ kind }: Pick<Invoice, 'kind'>): 1 | -1 | 0 => {
  if (kind === 'invoice') return 1;
  return kind === 'creditMemo' ? -1 : 0;
};

/** The quantity with the sign its document gives it. */
export const signed = (sign: 1 | -1 | 0, quantity: Decimal): Decimal => {
  if (sign === 0) return zero;
  return sign === 1 ? quantity : negate(quantity);
};

/** What a live invoice adds to each order line it names. */
export const invoicedBy = (invoice: Invoice, line: CapturedLine): Decimal =>
  signed(invoiceSign(invoice), line.quantityInOrderUnit ?? zero);

/** The balance of one order line, from the documents; agrees with the running totals. */
export function addedUp(
  order: string,
  line: string,
  records: ProcurementRecords,
): OrderLineBalance {
  const key = orderLineKey(order, line);
  const isOfLine = (each: { purchaseOrder?: string; purchaseOrderLine?: string }): boolean =>
    each.purchaseOrder === order && each.purchaseOrderLine === line;
  const received = records.receiptsByOrderLine
    .find(key)
    .flatMap((receipt) => receipt.lines.filter(isOfLine))
    .map((each) => signed(receiptSign(each.movementType), each.quantityInOrderUnit ?? zero));
  const invoiced = records.invoicesByOrderLine
    .find(key)
    .filter(isLive)
    .flatMap((invoice) => invoice.lines.filter(isOfLine).map((each) => invoicedBy(invoice, each)));
  return { received: sum(received), invoiced: sum(invoiced) };
}
