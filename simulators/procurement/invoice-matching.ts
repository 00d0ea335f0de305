/** Keeps the match of every invoice current: re-evaluated when a receipt, a void or a change order touches a line. */
import { type Decimal, isPositive, zero } from '../../domain/decimal.ts';
import { receiptSign } from '../../domain/goods-receipt.ts';
import type { Invoice, LineMatch } from './documents.ts';
import { matchOrderLine, overallMatch } from './line-matching.ts';
import { isLive } from './order-status.ts';
import { type ProcurementRecords, orderLineKey } from './procurement-records.ts';

/** An order's number and one of its lines. */
export type OrderLineName = readonly [order: string, line: string];

export class InvoiceMatching {
  readonly #records: ProcurementRecords;

  constructor(records: ProcurementRecords) {
    this.#records = records;
  }

  /**
   * Matches all invoices on these order lines again and returns the numbers of those that became
   * `matched` by it. Needs a transaction.
   */
  rematch(names: Iterable<OrderLineName>): string[] {
    const found = new Map<string, Map<string, LineMatch>>();
    const lines = new Map([...names].map((name) => [orderLineKey(...name), name]));
    for (const name of lines.values()) this.#matchLine(name, found);
    return [...found].flatMap(([number, matches]) => (this.#apply(number, matches) ? number : []));
  }

  /** Tells the world that these invoices match now. Needs a transaction. */
  announce(numbers: Iterable<string>): void {
    for (const number of numbers) {
      const entry = this.#records.invoices.entry(number);
      if (entry === undefined) continue;
      const { version, data } = entry;
      this.#records.store.emit({
        type: 'invoice.matched',
        document: 'Invoice',
        key: number,
        version,
        data,
      });
    }
  }

  #matchLine([order, number]: OrderLineName, found: Map<string, Map<string, LineMatch>>): void {
    const records = this.#records;
    const line = records.orders.get(order)?.lines.find((each) => each.line === number);
    const invoices = records.invoicesByOrderLine.find(orderLineKey(order, number)).filter(isLive);
    if (line === undefined || invoices.length === 0) return;
    const { received } = records.balances.of(order, number);
    const { matchTolerances: tolerances } = records.settings;
    const receivedBy = (receipt: string): Decimal => receiptLineQuantity(receipt, records);
    for (const each of matchOrderLine({
      order,
      line,
      received,
      receivedBy,
      invoices,
      tolerances,
    })) {
      const ofInvoice = found.get(each.invoice) ?? new Map<string, LineMatch>();
      found.set(each.invoice, ofInvoice.set(each.match.line, each.match));
    }
  }

  /** Writes the new line matches; true when the invoice became `matched` by them. */
  #apply(number: string, matches: ReadonlyMap<string, LineMatch>): boolean {
    const before = this.#records.invoices.get(number);
    if (before === undefined) return false;
    const lineMatches = before.lineMatches.map((each) => matches.get(each.line) ?? each);
    const after = withMatches(before, lineMatches);
    if (
      JSON.stringify([before.lineMatches, before.match]) ===
      JSON.stringify([lineMatches, after.match])
    ) {
      return false;
    }
    this.#records.invoices.put(number, after);
    this.#records.flags.reset('Invoice', number);
    return after.match === 'matched' && before.match !== 'matched';
  }
}

/**
 * The invoice with these line matches. A dispute and an approval are people's decisions and stand;
 * a first match moves a draft on.
 */
export function withMatches(invoice: Invoice, lineMatches: readonly LineMatch[]): Invoice {
  const decided = invoice.match === 'disputed' || invoice.match === 'approved';
  const match = decided ? invoice.match : overallMatch(lineMatches);
  const status = invoice.status === 'draft' && match === 'matched' ? 'matched' : invoice.status;
  return { ...invoice, lineMatches, match, status };
}

/** What a receipt line, named `number/line`, counts for: nothing once it was voided. */
function receiptLineQuantity(name: string, records: ProcurementRecords): Decimal {
  const cut = name.indexOf('/');
  const receipt = records.receipts.get(name.slice(0, cut));
  const line = receipt?.lines.find((each) => each.line === name.slice(cut + 1));
  if (line === undefined || receipt?.reversedBy !== undefined) return zero;
  const quantity = line.quantityInOrderUnit ?? zero;
  return receiptSign(line.movementType) === 1 && isPositive(quantity) ? quantity : zero;
}
