/**
 * The suite's own documents where they say more than the domain's: why a requisition was turned
 * down, what is odd about a receipt or ship notice, how each invoice line matched, what was paid.
 */
import type { AdvanceShipNotice } from '../../domain/advance-ship-notice.ts';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { GoodsReceipt } from '../../domain/goods-receipt.ts';
import type { PurchaseRequisition } from '../../domain/purchase-requisition.ts';
import type { InvoiceLine, SupplierInvoice } from '../../domain/supplier-invoice.ts';
import type { MatchException } from '../../domain/three-way-match.ts';

export interface Requisition extends PurchaseRequisition {
  readonly rejectionReason?: string;
}

/** A quantity beyond what the order line still allowed; accepted and flagged. */
export interface QuantityException {
  readonly kind: 'overReceipt' | 'overShipment';
  /** Line of the document that is flagged. */
  readonly line: string;
  readonly purchaseOrder: string;
  readonly purchaseOrderLine: string;
  /** How much is beyond the tolerance, in the order unit. */
  readonly excess: Decimal;
}

export interface ShipNotice extends AdvanceShipNotice {
  /** The revision of each order when the notice came, by order number. */
  readonly orderRevisions: Readonly<Record<string, number>>;
  readonly exceptions: readonly QuantityException[];
}

/**
 * A receiving transaction. Voiding makes a document of its own (movement 102, `reverses` set) and
 * notes it on the first one (`reversedBy`).
 */
export interface Receipt extends GoodsReceipt {
  readonly shipNotice?: string;
  readonly exceptions: readonly QuantityException[];
  readonly voidReason?: string;
}

/** `charge`: not on any order, so nothing to match with; it needs approval. */
export type LineMatchException = MatchException | 'charge';

export interface LineMatch {
  readonly line: string;
  readonly status: 'matched' | 'pendingReceipt' | 'exception';
  readonly exceptions: readonly LineMatchException[];
}

export interface InvoicePayment {
  readonly payment: string;
  readonly amount: Decimal;
  readonly on: CalendarDate;
  readonly status: 'paid' | 'rejected';
  readonly reason?: string;
}

/** An invoice line with what it comes to in the terms of its order line. */
export interface CapturedLine extends InvoiceLine {
  /** Missing for a charge that is on no order. */
  readonly quantityInOrderUnit?: Decimal;
  /** The price in the order's price unit and quantity; missing for a charge. */
  readonly comparablePrice?: Decimal;
}

/**
 * An invoice in the suite. `status` is where it is in its life; `match` is what the three-way match
 * says now, and may fall back (a voided receipt) while the status, by the table of moves, may not.
 */
export interface Invoice extends SupplierInvoice {
  readonly lines: readonly CapturedLine[];
  readonly lineMatches: readonly LineMatch[];
  readonly erpNumber?: string;
  /** Why it is blocked, rejected or voided, in words. */
  readonly reason?: string;
  readonly payments: readonly InvoicePayment[];
}

/** How far one order line is, in the order unit. */
export interface OrderLineBalance {
  /** Receipts minus voids. */
  readonly received: Decimal;
  /** Live invoices minus live credit memos. */
  readonly invoiced: Decimal;
}

/** Kinds that carry an exported flag. */
export type ExportedKind =
  | 'Requisition'
  | 'PurchaseOrder'
  | 'OrderAcknowledgement'
  | 'AdvanceShipNotice'
  | 'Receipt'
  | 'Invoice';

export interface ExportFlag {
  readonly kind: ExportedKind;
  readonly number: string;
  readonly exported: boolean;
  /** Trial time in milliseconds. */
  readonly lastExportedAt?: number;
}
