/** The making of an invoice as it is captured: its lines in the order's terms, its amounts proved. */
import { addDays } from '../../domain/calendar-date.ts';
import { currencyDecimals, roundAmount } from '../../domain/currency.ts';
import {
  type Decimal,
  absolute,
  add,
  divide,
  isGreater,
  multiply,
  one,
  percentOf,
  round,
  subtract,
  sum,
  zero,
} from '../../domain/decimal.ts';
import { lineAmount } from '../../domain/line-amount.ts';
import type { Material } from '../../domain/master-data.ts';
import type { PurchaseOrderLine } from '../../domain/purchase-order.ts';
import type { Context } from '../../harness/context.ts';
import type { CapturedLine, Invoice, LineMatch } from './documents.ts';
import type { InvoiceDraft, InvoiceLineDraft } from './drafts.ts';
import {
  checkAmount,
  checkCurrency,
  checkPriceQuantity,
  checkQuantity,
  checkReference,
  converted,
  numbered,
} from './input-checks.ts';
import { invoicedOrderLine, checkReceiptReference } from './invoice-references.ts';
import { withoutQuantity } from './line-matching.ts';
import { type ProcurementRecords, timeOf, todayOf } from './procurement-records.ts';
import { refusal } from './refusal.ts';

/** Prices in another unit than the order's are compared to this many decimals. */
const priceDecimals = 6;

/** The invoice as a draft that nothing was matched of yet; without a number. */
export function capturedInvoice(
  draft: InvoiceDraft,
  records: ProcurementRecords,
  context: Context,
): Invoice {
  const supplier = checkHeader(draft, records);
  const kind = draft.kind ?? 'invoice';
  const lines = numbered(draft.lines).map((each) => capturedLine(each, draft, records));
  const terms = records.paymentTerms(draft.paymentTerms ?? supplier.paymentTerms);
  const postingDate = draft.postingDate ?? todayOf(context);
  return {
    number: '',
    year: postingDate.slice(0, 4),
    kind,
    status: 'draft',
    supplierReference: draft.supplierReference,
    companyCode: draft.companyCode,
    supplier: draft.supplier,
    currency: draft.currency,
    documentDate: draft.documentDate,
    postingDate,
    ...provenAmounts(draft, lines, records),
    paymentTerms: terms.code,
    dueDate: addDays(draft.documentDate, terms.netDays),
    lines,
    lineMatches: lines.map((line) => firstMatch(line, { kind })),
    match: 'pendingReceipt',
    paymentBlocks: [],
    payments: [],
    paidAmount: zero,
    createdAt: timeOf(context),
    createdBy: context.by,
    ...(draft.refersTo === undefined ? {} : { refersTo: draft.refersTo }),
  };
}

function checkHeader(draft: InvoiceDraft, records: ProcurementRecords) {
  checkReference(draft.supplierReference, 'supplierReference');
  records.companyCode(draft.companyCode);
  checkCurrency(draft.currency);
  return records.supplier(draft.supplier);
}

/** Only lines on an order wait for a match with it. */
const firstMatch = (line: CapturedLine, invoice: Pick<Invoice, 'kind'>): LineMatch =>
  line.purchaseOrder === undefined || invoice.kind !== 'invoice'
    ? withoutQuantity(invoice, line)
    : { line: line.line, status: 'pendingReceipt', exceptions: [] };

interface NumberedDraft {
  readonly draft: InvoiceLineDraft;
  readonly line: string;
  readonly at: string;
}

function capturedLine(
  each: NumberedDraft,
  header: InvoiceDraft,
  records: ProcurementRecords,
): CapturedLine {
  const { draft, line, at } = each;
  const priceQuantity = draft.priceQuantity ?? one;
  checkAmount(draft.netPrice, header.currency, `${at}.netPrice`);
  checkPriceQuantity(priceQuantity, `${at}.priceQuantity`);
  const ordered = invoicedOrderLine(draft, at, header, records);
  if (ordered === undefined) return chargeLine(each, priceQuantity, header, records);
  const material = records.material(ordered.material, `${at}.material`);
  const unit = draft.unit ?? ordered.unit;
  checkQuantity(draft.quantity, unit, material, at);
  checkReceiptReference(draft, at, records);
  const taxCode = draft.taxCode ?? ordered.taxCode;
  records.taxCode(taxCode, `${at}.taxCode`);
  return {
    ...draft,
    line,
    description: draft.description ?? ordered.description,
    unit,
    priceQuantity,
    amount: provenLineAmount(draft, priceQuantity, at, header, records),
    taxCode,
    quantityInOrderUnit: converted(draft.quantity, unit, ordered.unit, material, `${at}.unit`),
    comparablePrice: comparablePrice({ ...draft, unit, priceQuantity }, ordered, material, at),
  };
}

function chargeLine(
  { draft, line, at }: NumberedDraft,
  priceQuantity: Decimal,
  header: InvoiceDraft,
  records: ProcurementRecords,
): CapturedLine {
  const taxCode = draft.taxCode ?? '';
  records.taxCode(taxCode, `${at}.taxCode`);
  if (!isGreater(draft.quantity, zero)) {
    const message = `Quantity ${draft.quantity} is not above zero.`;
    throw refusal('invalid', 'quantity-not-positive', message, `${at}.quantity`);
  }
  const amount = provenLineAmount(draft, priceQuantity, at, header, records);
  const description = draft.description ?? 'charge';
  return { ...draft, line, description, unit: draft.unit ?? 'C62', priceQuantity, amount, taxCode };
}

function provenLineAmount(
  draft: InvoiceLineDraft,
  priceQuantity: Decimal,
  at: string,
  { currency }: InvoiceDraft,
  records: ProcurementRecords,
): Decimal {
  const computed = lineAmount(draft.quantity, draft.netPrice, priceQuantity, currency);
  if (draft.amount === undefined) return computed;
  checkAmount(draft.amount, currency, `${at}.amount`);
  if (differs(draft.amount, computed, records)) {
    const message = `Line amount ${draft.amount} is not quantity × price, ${computed}.`;
    throw refusal('invalid', 'line-amount', message, `${at}.amount`);
  }
  return draft.amount;
}

/** The invoice's price per the order's price quantity and price unit. */
function comparablePrice(
  invoiced: { quantity: Decimal; unit: string; netPrice: Decimal; priceQuantity: Decimal },
  ordered: PurchaseOrderLine,
  material: Material,
  at: string,
): Decimal {
  const { quantity, unit, netPrice, priceQuantity } = invoiced;
  if (unit === ordered.priceUnit) {
    if (priceQuantity === ordered.priceQuantity) return netPrice;
    return round(divide(multiply(netPrice, ordered.priceQuantity), priceQuantity), priceDecimals);
  }
  const priced = converted(quantity, unit, ordered.priceUnit, material, `${at}.unit`);
  const value = divide(multiply(quantity, netPrice), priceQuantity);
  return round(divide(multiply(value, ordered.priceQuantity), priced), priceDecimals);
}

function provenAmounts(
  draft: InvoiceDraft,
  lines: readonly CapturedLine[],
  records: ProcurementRecords,
) {
  const taxAmount = draft.taxAmount ?? computedTax(draft.currency, lines, records);
  checkAmount(taxAmount, draft.currency, 'taxAmount');
  const computed = add(sum(lines.map(({ amount }) => amount)), taxAmount);
  const grossAmount = draft.grossAmount ?? computed;
  checkAmount(grossAmount, draft.currency, 'grossAmount');
  if (differs(grossAmount, computed, records)) {
    const message = `Gross ${grossAmount} is not lines plus tax, ${computed}.`;
    throw refusal('invalid', 'gross-not-balanced', message, 'grossAmount');
  }
  return { grossAmount, taxAmount };
}

/** Tax by code on the sum of the code's lines, rounded once a code: line by line the cents would add up. */
function computedTax(
  currency: string,
  lines: readonly CapturedLine[],
  records: ProcurementRecords,
): Decimal {
  const bases = new Map<string, Decimal>();
  for (const { taxCode, amount } of lines)
    bases.set(taxCode, add(bases.get(taxCode) ?? zero, amount));
  const taxes = [...bases].map(([code, base]) =>
    roundAmount(percentOf(base, records.taxCode(code, 'taxCode').ratePercent), currency),
  );
  return round(sum(taxes), currencyDecimals(currency));
}

const differs = (stated: Decimal, computed: Decimal, { settings }: ProcurementRecords): boolean =>
  isGreater(absolute(subtract(stated, computed)), settings.smallDifference);
