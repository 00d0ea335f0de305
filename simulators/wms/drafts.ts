/**
 * What the warehouse's commands take in: the shapes that dialects parse their wire into and that
 * actors fill. They are right by type; whether they mean something the core decides.
 */
import type { CalendarDate, Timestamp } from '../../domain/calendar-date.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { Material, Plant, Supplier } from '../../domain/master-data.ts';
import type { ReceivedCondition, StockQuant } from '../../domain/warehouse.ts';

/** Master data to start with; the fields of a landscape's data that a warehouse cares about. */
export interface WmsSeed {
  readonly suppliers: readonly Supplier[];
  readonly materials: readonly Material[];
  readonly plants: readonly Plant[];
}

export interface ExpectedReceiptDraft {
  /** The purchase order's number in the procurement suite; one expected receipt each. */
  readonly purchaseOrder: string;
  /** Revision of the order that it reflects; 1 when not given. */
  readonly revision?: number;
  readonly supplier: string;
  readonly plant: string;
  readonly lines: readonly ExpectedReceiptLineDraft[];
}

export interface ExpectedReceiptLineDraft {
  /** The line's number in the purchase order. */
  readonly line: string;
  readonly material: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly expectedOn: CalendarDate;
  /** Percent of the quantity that may come above it; 0 when not given. */
  readonly overdeliveryTolerancePercent?: Decimal;
  readonly cancelled?: boolean;
}

/**
 * A change of an expected receipt. What is left out stays; lines are matched by `line`, and a line
 * that is new must be complete. The warehouse takes any revision: that an older one must not
 * overwrite a newer one is the integration's business.
 */
export interface ExpectedReceiptChange {
  readonly revision?: number;
  readonly supplier?: string;
  readonly plant?: string;
  readonly lines?: readonly ExpectedReceiptLineChange[];
}

export type ExpectedReceiptLineChange = Pick<ExpectedReceiptLineDraft, 'line'> &
  Partial<Omit<ExpectedReceiptLineDraft, 'line'>>;

export interface ShipNoticeDraft {
  readonly number: string;
  readonly supplier: string;
  readonly shippedAt: Timestamp;
  readonly estimatedArrival: CalendarDate;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly plant: string;
  readonly lines: readonly ShipNoticeLineDraft[];
}

export interface ShipNoticeLineDraft {
  readonly line: string;
  readonly purchaseOrder: string;
  readonly purchaseOrderLine: string;
  readonly material: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly lot?: string;
  readonly expiresOn?: CalendarDate;
}

/** A time window at a dock, for a delivery that is announced or at least ordered. */
export interface AppointmentDraft {
  readonly plant: string;
  readonly dock: string;
  readonly date: CalendarDate;
  /** Hour of the day that the window begins at, 0 to 23; one delivery per dock and hour. */
  readonly hour: number;
  readonly shipNotice?: string;
  readonly purchaseOrder?: string;
}

/** A reserved window at a dock and what came of it. */
export interface DockAppointment extends AppointmentDraft {
  readonly number: string;
  readonly status: 'scheduled' | 'arrived' | 'cancelled';
  readonly arrivedAt?: Timestamp;
}

export interface ReceivingDraft {
  /** The order that the goods came for; with `withoutOrder` whatever the papers say, or nothing. */
  readonly purchaseOrder: string;
  /** Counting against a ship notice; without one the count is blind. */
  readonly shipNotice?: string;
  readonly dock: string;
  /** Day of the count; the business day when not given, never later. */
  readonly receivedOn?: CalendarDate;
  /** More of this delivery is still to be counted: nothing is short yet, the ship notice stays open. */
  readonly partial?: boolean;
  /** Goods that no expected receipt is known for; needs `plant`, and their stock is blocked. */
  readonly withoutOrder?: boolean;
  readonly plant?: string;
  readonly lines: readonly ReceivingLineDraft[];
}

export interface ReceivingLineDraft {
  /** Line of the order; left out or empty for goods that are on no line of it. */
  readonly purchaseOrderLine?: string;
  readonly material: string;
  /** What was counted. */
  readonly quantity: Decimal;
  readonly unit: string;
  readonly condition: ReceivedCondition;
  /** Needed for batch-managed material and refused for other. */
  readonly lot?: string;
  /** Of the lot; from the material's shelf life when not given. */
  readonly expiresOn?: CalendarDate;
  readonly finalDelivery?: boolean;
}

/** One stock of one material: where it lies, in which lot (empty when not batch-managed) and status. */
export interface StockPlace {
  readonly material: string;
  readonly plant: string;
  readonly location: string;
  readonly lot?: string;
  /** `available` when not given. */
  readonly status?: StockQuant['status'];
}

/** Moves stock between two locations of a plant; bins need no setting up and hold anything. */
export interface PutAwayDraft {
  readonly material: string;
  readonly plant: string;
  readonly from: string;
  readonly to: string;
  readonly lot?: string;
  readonly status?: StockQuant['status'];
  readonly quantity: Decimal;
  readonly unit: string;
}

export interface StockAdjustmentDraft extends StockPlace {
  /** Signed: what there is more (or less) than the books say. */
  readonly quantity: Decimal;
  readonly unit: string;
  readonly reason: string;
}

export interface StatusChangeDraft extends StockPlace {
  readonly to: StockQuant['status'];
  readonly quantity: Decimal;
  readonly unit: string;
  readonly reason: string;
}

/** A cycle count of a location: what was found there. */
export interface StockCountDraft {
  readonly plant: string;
  readonly location: string;
  /** What is in the books at the location and not counted is not there; else it is left alone. */
  readonly complete?: boolean;
  readonly reason?: string;
  readonly lines: readonly StockCountLineDraft[];
}

export interface StockCountLineDraft {
  readonly material: string;
  readonly lot?: string;
  readonly status?: StockQuant['status'];
  /** Zero is a count too. */
  readonly quantity: Decimal;
  readonly unit: string;
}

/** Why stock changed without goods coming or going: the paper behind the movements it names. */
export interface StockAdjustment {
  readonly number: string;
  readonly kind: 'adjustment' | 'count' | 'statusChange';
  readonly reason: string;
  readonly plant: string;
  readonly at: Timestamp;
  readonly by: string;
  readonly lines: readonly StockAdjustmentLine[];
}

export interface StockAdjustmentLine {
  readonly material: string;
  readonly location: string;
  readonly lot: string;
  readonly status: StockQuant['status'];
  /** Base unit: what the books said before, and what was added to them (signed). */
  readonly bookQuantity: Decimal;
  readonly difference: Decimal;
  readonly unit: string;
}
