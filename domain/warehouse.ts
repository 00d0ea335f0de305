/** Documents of the warehouse: what is expected in, what was received, and what lies where. */
import type { CalendarDate, Timestamp } from './calendar-date.ts';
import type { Decimal } from './decimal.ts';

export type ExpectedReceiptStatus = 'open' | 'receiving' | 'received' | 'closed' | 'cancelled';

/** An inbound order that the warehouse waits for: the purchase order as the WMS knows it. */
export interface ExpectedReceipt {
  readonly number: string;
  /** The purchase order's number in the procurement suite. */
  readonly purchaseOrder: string;
  /** The revision of the order that it reflects. */
  readonly revision: number;
  readonly supplier: string;
  readonly plant: string;
  readonly status: ExpectedReceiptStatus;
  readonly lines: readonly ExpectedReceiptLine[];
  readonly createdAt: Timestamp;
  readonly changedAt: Timestamp;
}

export interface ExpectedReceiptLine {
  readonly line: string;
  readonly material: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly expectedOn: CalendarDate;
  readonly overdeliveryTolerancePercent: Decimal;
  readonly receivedQuantity: Decimal;
  readonly cancelled: boolean;
}

export type ReceivedCondition = 'good' | 'damaged' | 'wrongItem';
export type ReceiptDiscrepancy = 'short' | 'over' | 'damaged' | 'wrongItem' | 'noOrder';

/** What was counted at the dock, confirmed upstream once. A correction is a document of its own. */
export interface ReceiptConfirmation {
  /** At most 16 characters, so that it fits the ERP's reference field. */
  readonly number: string;
  readonly purchaseOrder: string;
  readonly shipNotice?: string;
  readonly plant: string;
  readonly dock: string;
  readonly receivedOn: CalendarDate;
  readonly receivedAt: Timestamp;
  readonly receivedBy: string;
  readonly lines: readonly ReceiptConfirmationLine[];
  readonly discrepancies: readonly ReceiptDiscrepancyLine[];
  /** The confirmation that this one takes back in full. */
  readonly reverses?: string;
}

export interface ReceiptConfirmationLine {
  readonly line: string;
  readonly purchaseOrderLine: string;
  readonly material: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly condition: ReceivedCondition;
  readonly lot?: string;
  readonly expiresOn?: CalendarDate;
  /** No more is to come for the order line. */
  readonly finalDelivery: boolean;
}

export interface ReceiptDiscrepancyLine {
  readonly purchaseOrderLine: string;
  readonly kind: ReceiptDiscrepancy;
  readonly quantity: Decimal;
  readonly unit: string;
}

/** Stock of one material at one storage bin in one lot and condition, in the base unit. */
export interface StockQuant {
  readonly material: string;
  readonly plant: string;
  readonly location: string;
  readonly lot: string;
  readonly status: 'available' | 'quality' | 'blocked';
  readonly quantity: Decimal;
  readonly unit: string;
}

/** Any change of stock in the warehouse: the journal that quants are the sum of. */
export interface StockMovement {
  readonly number: string;
  readonly reason:
    'receipt' | 'receiptReversal' | 'putAway' | 'adjustment' | 'count' | 'statusChange';
  readonly material: string;
  readonly plant: string;
  readonly location: string;
  readonly lot: string;
  readonly status: StockQuant['status'];
  /** Signed, in the base unit. */
  readonly quantity: Decimal;
  readonly unit: string;
  readonly at: Timestamp;
  readonly by: string;
  /** The confirmation, count or adjustment that caused it. */
  readonly reference: string;
}
