/** The purchase order as every system around it means it: header, lines, schedule lines, accounts. */
import type { CalendarDate, Timestamp } from './calendar-date.ts';
import type { CanonicalState } from './canonical-state.ts';
import type { Decimal } from './decimal.ts';

export interface PurchaseOrder {
  /** The number in the system that holds this document. */
  readonly number: string;
  /** The number of the same order in the system it came from; at most 12 characters, so that it fits S/4's CorrespncExternalReference. */
  readonly externalReference?: string;
  readonly requisition?: string;
  readonly status: CanonicalState;
  /** The business version: 1 when issued, one more with each change order. */
  readonly revision: number;
  readonly companyCode: string;
  readonly supplier: string;
  readonly currency: string;
  readonly paymentTerms: string;
  readonly orderDate: CalendarDate;
  readonly buyer: string;
  readonly lines: readonly PurchaseOrderLine[];
  /** While false the order takes no receipt (release strategy). */
  readonly released: boolean;
  readonly createdAt: Timestamp;
  readonly changedAt: Timestamp;
  readonly changes: readonly ChangeRecord[];
  readonly acknowledgement?: string;
}

/**
 * How a line is bought. `standard` covers stock and account-assigned goods; `consignment` is owned by
 * the supplier until withdrawn; `limit` has no quantity to receive (two-way match).
 */
export type ItemCategory =
  'standard' | 'consignment' | 'subcontracting' | 'thirdParty' | 'service' | 'limit';

export interface PurchaseOrderLine {
  readonly line: string;
  readonly category: ItemCategory;
  readonly material: string;
  readonly description: string;
  readonly quantity: Decimal;
  /** Order unit. */
  readonly unit: string;
  /** Price of `priceQuantity` price units, in the order's currency. */
  readonly netPrice: Decimal;
  readonly priceQuantity: Decimal;
  readonly priceUnit: string;
  readonly taxCode: string;
  readonly plant: string;
  readonly storageLocation: string;
  readonly scheduleLines: readonly ScheduleLine[];
  readonly accountAssignment?: AccountAssignment;
  readonly overdeliveryTolerancePercent: Decimal;
  readonly underdeliveryTolerancePercent: Decimal;
  readonly unlimitedOverdelivery: boolean;
  readonly goodsReceiptExpected: boolean;
  readonly goodsReceiptNonValuated: boolean;
  readonly invoiceExpected: boolean;
  /** Invoice lines refer to receipts (and cannot come before them). */
  readonly goodsReceiptBasedInvoiceVerification: boolean;
  readonly deliveryCompleted: boolean;
  readonly finalInvoice: boolean;
  readonly deleted: boolean;
}

export interface ScheduleLine {
  readonly scheduleLine: string;
  readonly deliveryDate: CalendarDate;
  readonly quantity: Decimal;
  /** What the supplier confirmed, when it has. */
  readonly confirmedQuantity?: Decimal;
  readonly confirmedDate?: CalendarDate;
}

/** Where the cost of a line goes when it is not stock. */
export interface AccountAssignment {
  readonly category: 'costCenter' | 'order' | 'asset' | 'project';
  readonly object: string;
  readonly glAccount: string;
}

export interface ChangeRecord {
  readonly at: Timestamp;
  readonly by: string;
  readonly field: string;
  readonly old: string;
  readonly new: string;
}
