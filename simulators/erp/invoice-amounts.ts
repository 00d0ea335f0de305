/** Tax and balance of an invoice, in its own currency. */
import { roundAmount } from '../../domain/currency.ts';
import {
  type Decimal,
  absolute,
  add,
  isGreater,
  isPositive,
  percentOf,
  subtract,
  sum,
  zero,
} from '../../domain/decimal.ts';
import type { InvoiceLine } from '../../domain/supplier-invoice.ts';
import { checkAmount } from './checks.ts';
import type { SupplierInvoiceDraft } from './drafts.ts';
import type { MasterData } from './master-data.ts';
import { refuse } from './refuse.ts';

export interface InvoiceAmounts {
  readonly taxAmount: Decimal;
  readonly taxByCode: ReadonlyMap<string, Decimal>;
  /** Gross minus lines minus tax: absorbed as a small difference, or the invoice is out of balance. */
  readonly difference: Decimal;
}

export function invoiceAmounts(
  draft: SupplierInvoiceDraft,
  lines: readonly InvoiceLine[],
  currency: string,
  masterData: MasterData,
): InvoiceAmounts {
  checkAmount(draft.grossAmount, currency, 'grossAmount');
  if (!isPositive(draft.grossAmount)) {
    refuse('invalid', 'amount-not-positive', 'The gross amount is not above zero.', 'grossAmount');
  }
  const taxByCode = new Map<string, Decimal>();
  for (const [code, net] of netByCode(lines)) {
    const tax = roundAmount(percentOf(net, masterData.taxCode(code).ratePercent), currency);
    taxByCode.set(code, tax);
  }
  const computed = sum(taxByCode.values());
  const taxAmount = draft.taxAmount ?? computed;
  checkAmount(taxAmount, currency, 'taxAmount');
  spreadDifference(taxByCode, subtract(taxAmount, computed));
  const net = sum(lines.map((line) => line.amount));
  return { taxAmount, taxByCode, difference: subtract(draft.grossAmount, add(net, taxAmount)) };
}

function netByCode(lines: readonly InvoiceLine[]): Map<string, Decimal> {
  const nets = new Map<string, Decimal>();
  for (const { taxCode, amount } of lines)
    nets.set(taxCode, add(nets.get(taxCode) ?? zero, amount));
  return nets;
}

/** The invoice's own tax counts; what it differs by goes to the code that has the most tax. */
function spreadDifference(taxByCode: Map<string, Decimal>, difference: Decimal): void {
  let [most] = taxByCode.keys();
  for (const [code, tax] of taxByCode) {
    if (isGreater(tax, taxByCode.get(most ?? code) ?? zero)) most = code;
  }
  if (most !== undefined) taxByCode.set(most, add(taxByCode.get(most) ?? zero, difference));
}

/** Refuses an invoice that is out of balance, or whose tax the codes do not give, beyond `limit`. */
export function checkBalance(
  { taxAmount, difference }: InvoiceAmounts,
  draft: SupplierInvoiceDraft,
  lines: readonly InvoiceLine[],
  currency: string,
  masterData: MasterData,
  limit: Decimal,
): void {
  if (isGreater(absolute(difference), limit)) {
    const message = `The invoice is out of balance by ${difference} ${currency}; it can only be parked.`;
    refuse('invalid', 'not-balanced', message, 'grossAmount', { difference });
  }
  if (draft.taxAmount === undefined) return;
  const { taxAmount: _given, ...withoutTax } = draft;
  const computed = invoiceAmounts(withoutTax, lines, currency, masterData).taxAmount;
  if (isGreater(absolute(subtract(taxAmount, computed)), limit)) {
    const message = `Tax ${taxAmount} differs from the ${computed} that the tax codes give.`;
    refuse('invalid', 'tax-mismatch', message, 'taxAmount', { computed });
  }
}
