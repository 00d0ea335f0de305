/**
 * The three-way match of one order line with all invoices on it, in the order they were captured.
 * A credit memo that names its invoice makes that invoice smaller; one that names none lowers what
 * counts as invoiced before the next.
 */
import {
  type Decimal,
  add,
  isZero,
  maximum,
  minimum,
  subtract,
  sum,
  zero,
} from '../../domain/decimal.ts';
import type { PurchaseOrderLine } from '../../domain/purchase-order.ts';
import type { MatchStatus } from '../../domain/supplier-invoice.ts';
import { type MatchTolerances, matchLine } from '../../domain/three-way-match.ts';
import type { CapturedLine, Invoice, LineMatch, LineMatchException } from './documents.ts';

export interface LineFacts {
  readonly order: string;
  readonly line: PurchaseOrderLine;
  /** Receipts minus voids, in the order unit. */
  readonly received: Decimal;
  /** What one receipt line, named `number/line`, still counts for in the order unit. */
  readonly receivedBy: (receipt: string) => Decimal;
  /** Live invoices and credit memos on the line, oldest first. */
  readonly invoices: readonly Invoice[];
  readonly tolerances: MatchTolerances;
}

export interface MatchedLine {
  readonly invoice: string;
  readonly match: LineMatch;
}

/** How every invoice line on this order line matches. */
export function matchOrderLine(facts: LineFacts): MatchedLine[] {
  const credited = creditsByInvoice(facts);
  const byReceipt = new Map<string, Decimal>();
  let before = zero;
  return facts.invoices.flatMap((invoice) => {
    const lines = linesOn(invoice, facts);
    if (invoice.kind !== 'invoice') {
      const unreferenced = invoice.kind === 'creditMemo' && !isReferring(invoice, facts);
      if (unreferenced) before = subtract(before, quantityOf(lines));
      return lines.map((line) => ({
        invoice: invoice.number,
        match: withoutQuantity(invoice, line),
      }));
    }
    const nets = netQuantities(lines, credited.get(invoice.number) ?? zero);
    return lines.map((line, index) => {
      const net = nets[index] ?? zero;
      const match = matchInvoiceLine(facts, line, net, before, byReceipt);
      before = add(before, net);
      return { invoice: invoice.number, match };
    });
  });
}

/** The whole invoice by its lines: an exception beats a pending receipt beats a match. */
export function overallMatch(lines: readonly LineMatch[]): MatchStatus {
  if (lines.some(({ status }) => status === 'exception')) return 'exception';
  return lines.some(({ status }) => status === 'pendingReceipt') ? 'pendingReceipt' : 'matched';
}

/** The match of a line that is on no order, or that alters value and not quantity. */
export function withoutQuantity(
  { kind }: Pick<Invoice, 'kind'>,
  { line }: Pick<CapturedLine, 'line'>,
): LineMatch {
  // What lowers the debt needs nobody's approval; what raises it without an order does.
  const lowers = kind === 'creditMemo' || kind === 'subsequentCredit';
  return lowers
    ? { line, status: 'matched', exceptions: [] }
    : { line, status: 'exception', exceptions: ['charge'] };
}

function matchInvoiceLine(
  facts: LineFacts,
  line: CapturedLine,
  net: Decimal,
  before: Decimal,
  byReceipt: Map<string, Decimal>,
): LineMatch {
  const input = {
    orderedQuantity: facts.line.quantity,
    orderPrice: facts.line.netPrice,
    invoiceQuantity: net,
    invoicePrice: line.comparablePrice ?? line.netPrice,
    receiptRequired: facts.line.goodsReceiptExpected,
  };
  const whole = matchLine(
    { ...input, receivedQuantity: facts.received, previouslyInvoiced: before },
    facts.tolerances,
  );
  if (line.goodsReceipt === undefined) return { line: line.line, ...whole };
  const earlier = byReceipt.get(line.goodsReceipt) ?? zero;
  byReceipt.set(line.goodsReceipt, add(earlier, net));
  const ofReceipt = matchLine(
    {
      ...input,
      receivedQuantity: facts.receivedBy(line.goodsReceipt),
      previouslyInvoiced: earlier,
    },
    facts.tolerances,
  );
  return worse(line.line, whole, ofReceipt);
}

type Result = Pick<LineMatch, 'status'> & { readonly exceptions: readonly LineMatchException[] };

function worse(line: string, a: Result, b: Result): LineMatch {
  const exceptions = [...new Set([...a.exceptions, ...b.exceptions])];
  if (exceptions.length > 0) return { line, status: 'exception', exceptions };
  const pending = a.status === 'pendingReceipt' || b.status === 'pendingReceipt';
  return { line, status: pending ? 'pendingReceipt' : 'matched', exceptions };
}

const linesOn = (invoice: Invoice, { order, line }: LineFacts): CapturedLine[] =>
  invoice.lines.filter(
    (each) => each.purchaseOrder === order && each.purchaseOrderLine === line.line,
  );

const quantityOf = (lines: readonly CapturedLine[]): Decimal =>
  sum(lines.map(({ quantityInOrderUnit }) => quantityInOrderUnit ?? zero));

const isReferring = ({ refersTo }: Invoice, { invoices }: LineFacts): boolean =>
  refersTo !== undefined && invoices.some(({ number }) => number === refersTo);

function creditsByInvoice(facts: LineFacts): ReadonlyMap<string, Decimal> {
  const credits = new Map<string, Decimal>();
  for (const memo of facts.invoices) {
    if (memo.kind !== 'creditMemo' || memo.refersTo === undefined) continue;
    const so = credits.get(memo.refersTo) ?? zero;
    credits.set(memo.refersTo, add(so, quantityOf(linesOn(memo, facts))));
  }
  return credits;
}

/** Quantities after the credit, which is taken from the last lines first. */
function netQuantities(lines: readonly CapturedLine[], credit: Decimal): Decimal[] {
  let rest = credit;
  const fromLast = lines.toReversed().map((line) => {
    const quantity = line.quantityInOrderUnit ?? zero;
    if (isZero(rest)) return quantity;
    const taken = minimum(quantity, rest);
    rest = subtract(rest, taken);
    return maximum(subtract(quantity, taken), zero);
  });
  return fromLast.toReversed();
}
