/** What the supplier wants to be paid: invoice, credit memo, subsequent debit and credit. */
import type { CalendarDate, Timestamp } from './calendar-date.ts';
import type { CanonicalState } from './canonical-state.ts';
import type { Decimal } from './decimal.ts';

export type InvoiceKind = 'invoice' | 'creditMemo' | 'subsequentDebit' | 'subsequentCredit';

/**
 * Why an invoice is blocked for payment; the letters are those of SAP's invoice verification.
 * `verification` is for those who only hear that verification blocked it, and not why.
 */
export type PaymentBlock =
  'price' | 'quantity' | 'date' | 'inspection' | 'manual' | 'amount' | 'verification';

export const paymentBlockLetters: Readonly<Record<PaymentBlock, string>> = {
  price: 'P',
  quantity: 'M',
  date: 'T',
  inspection: 'I',
  manual: 'A',
  amount: 'G',
  verification: 'R',
};

export interface SupplierInvoice {
  readonly number: string;
  readonly year: string;
  /** The number of the same invoice in the procurement suite. */
  readonly externalReference?: string;
  readonly kind: InvoiceKind;
  readonly status: CanonicalState;
  /** The supplier's own invoice number; at most 16 characters (S/4's SupplierInvoiceIDByInvcgParty). */
  readonly supplierReference: string;
  readonly companyCode: string;
  readonly supplier: string;
  readonly currency: string;
  readonly documentDate: CalendarDate;
  readonly postingDate: CalendarDate;
  readonly grossAmount: Decimal;
  readonly taxAmount: Decimal;
  readonly paymentTerms: string;
  readonly dueDate: CalendarDate;
  readonly lines: readonly InvoiceLine[];
  readonly paymentBlocks: readonly PaymentBlock[];
  readonly match: MatchStatus;
  readonly createdAt: Timestamp;
  readonly createdBy: string;
  /** The invoice that a credit memo or cancellation refers to. */
  readonly refersTo?: string;
  readonly cancelledBy?: string;
  readonly cancels?: string;
  readonly accountingDocument?: string;
  readonly payment?: string;
  readonly paidAmount: Decimal;
  readonly disputeReason?: string;
}

export type MatchStatus = 'pendingReceipt' | 'matched' | 'exception' | 'disputed' | 'approved';

export interface InvoiceLine {
  readonly line: string;
  readonly purchaseOrder?: string;
  readonly purchaseOrderLine?: string;
  /** The receipt that the line invoices, for goods-receipt-based verification, as `number/line`. */
  readonly goodsReceipt?: string;
  readonly description: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly netPrice: Decimal;
  readonly priceQuantity: Decimal;
  readonly amount: Decimal;
  readonly taxCode: string;
  readonly glAccount?: string;
}
