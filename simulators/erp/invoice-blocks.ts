/**
 * Payment blocks by tolerance: an invoice beyond a limit is posted all the same, but not paid until
 * somebody releases it or the cause goes.
 */
import { type Decimal, isGreater, isZero, zero } from '../../domain/decimal.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../domain/purchase-order.ts';
import type {
  InvoiceLine,
  MatchStatus,
  PaymentBlock,
  SupplierInvoice,
} from '../../domain/supplier-invoice.ts';
import { withinTolerance } from '../../domain/tolerance.ts';
import { convertQuantity } from '../../domain/unit-of-measure.ts';
import type { Foundation } from './foundation.ts';
import { orderValue } from './order-line.ts';

/** The blocks that an invoice deserves as things stand, and how well it matches. */
export function blocksOf(
  invoice: Pick<SupplierInvoice, 'kind' | 'lines'>,
  base: Foundation,
): { blocks: readonly PaymentBlock[]; match: MatchStatus } {
  const blocks = new Set<PaymentBlock>();
  let pending = false;
  if (invoice.kind !== 'invoice') return { blocks: [], match: 'matched' };
  for (const line of invoice.lines) {
    const found = orderOf(line, base);
    if (found === undefined) {
      const { AN } = base.settings.tolerances;
      if (AN !== undefined && isGreater(line.amount, AN)) blocks.add('amount');
      continue;
    }
    if (isPriceOff(line, found, base)) blocks.add('price');
    const quantity = quantityOff(found, base);
    if (quantity !== 'within') blocks.add('quantity');
    if (quantity === 'pending') pending = true;
  }
  if (blocks.size === 0) return { blocks: [], match: 'matched' };
  const onlyPending = pending && blocks.size === 1;
  return { blocks: [...blocks], match: onlyPending ? 'pendingReceipt' : 'exception' };
}

interface Ordered {
  readonly order: PurchaseOrder;
  readonly line: PurchaseOrderLine;
}

function orderOf(
  { purchaseOrder, purchaseOrderLine }: InvoiceLine,
  base: Foundation,
): Ordered | undefined {
  if (purchaseOrder === undefined) return undefined;
  const order = base.store.collection<PurchaseOrder>('PurchaseOrder').get(purchaseOrder);
  const line = order?.lines.find((each) => each.line === purchaseOrderLine);
  return order && line ? { order, line } : undefined;
}

/** PP, or LA for the whole of a limit line. */
function isPriceOff(invoiced: InvoiceLine, { order, line }: Ordered, base: Foundation): boolean {
  const { tolerances } = base.settings;
  const material = base.masterData.materials.get(line.material);
  if (line.category === 'limit') {
    const local = base.masterData.companyCode(order.companyCode).currency;
    const limit = orderValue(line, line.quantity, order.currency, material);
    const { invoicedValue } = base.balances.line(order.number, line.line);
    const most = base.exchange.convert(limit, order.currency, local);
    return !withinTolerance(most, invoicedValue, tolerances.LA);
  }
  const quantity = convertQuantity(invoiced.quantity, invoiced.unit, line.unit, material);
  const expected = orderValue(line, quantity ?? invoiced.quantity, order.currency, material);
  return !withinTolerance(expected, invoiced.amount, tolerances.PP);
}

/** DQ and DW: what all invoices of the line ask for, against what was received (or ordered, two-way). */
function quantityOff({ order, line }: Ordered, base: Foundation): 'within' | 'beyond' | 'pending' {
  if (line.category === 'limit' || line.goodsReceiptBasedInvoiceVerification) return 'within';
  const { DQ, DW } = base.settings.tolerances;
  const { received, invoiced } = base.balances.line(order.number, line.line);
  const basis = line.goodsReceiptExpected ? received : line.quantity;
  if (!isGreater(invoiced, basis)) return 'within';
  const material = base.masterData.materials.get(line.material);
  const value = (quantity: Decimal): Decimal =>
    orderValue(line, quantity, order.currency, material);
  if (isZero(basis)) {
    return DW === undefined || withinTolerance(zero, value(invoiced), DW) ? 'within' : 'pending';
  }
  return withinTolerance(value(basis), value(invoiced), DQ) ? 'within' : 'beyond';
}

/**
 * The invoice without the blocks whose cause is gone; `undefined` when none went. A recheck never
 * adds a block: what was posted unblocked stays so.
 */
export function recheckedInvoice(
  invoice: SupplierInvoice,
  base: Foundation,
): SupplierInvoice | undefined {
  const { blocks, match } = blocksOf(invoice, base);
  const left = invoice.paymentBlocks.filter(
    (block) => block === 'manual' || blocks.includes(block),
  );
  if (left.length === invoice.paymentBlocks.length && match === invoice.match) return undefined;
  return { ...invoice, paymentBlocks: left, match: left.length === 0 ? 'matched' : match };
}
