/**
 * The plan of one purchase order: its whole intended story, drawn before anything happens. Actors
 * follow it; the realism check counts it. Nothing in it depends on what else is ordered.
 *
 * Times named `...After` are business days since the order's creation (negative: before it).
 */
import type { Decimal } from '../../../domain/decimal.ts';

/** How invoices of an item are verified, in the published log's four classes. */
export type MatchCategory = 'beforeReceipt' | 'afterReceipt' | 'consignment' | 'twoWay';

export interface OrderPlan {
  readonly index: number;
  /** Rank of the supplier by business volume, as a share in [0, 1): 0 is the largest. */
  readonly supplierRank: number;
  /** Business days since the first midnight of the period; the fraction is the time of day. */
  readonly createdAt: number;
  /** Missing when the buyer orders directly. */
  readonly requisition?: RequisitionPlan;
  readonly acknowledgedAfter: number;
  readonly lines: readonly LinePlan[];
  readonly batches: readonly BatchPlan[];
}

export interface RequisitionPlan {
  /** Business days from the request to the order. */
  readonly leadDays: number;
  readonly delegated: boolean;
  /** Share of the lead that the first approver lets it lie. */
  readonly stall: number;
}

/** What is bought; shares are turned into a material of the landscape by the buyer. */
export interface LinePlan {
  /** In [0, 1): which material. */
  readonly material: number;
  /** Whole, at least 1. */
  readonly quantity: Decimal;
  /** Added where the material's unit has decimals: below 1, at most three places. */
  readonly fraction: Decimal;
  /** On the material's price. */
  readonly priceFactor: Decimal;
}

/** Lines of one order that share a story: same category, same trucks, same invoices. */
export interface BatchPlan {
  readonly category: MatchCategory;
  /** Indexes into the order's lines. */
  readonly lines: readonly number[];
  /** When the buyer records the confirmation; missing for most, whose answer no log shows. */
  readonly confirmedAfter?: number;
  readonly answer: 'accepted' | 'dateChanged' | 'quantityChanged' | 'rejected';
  readonly changes: readonly ChangePlan[];
  readonly shipments: readonly ShipmentPlan[];
}

/** `withdrawn` takes the lines out of the order; nothing happens to them any more. */
export interface ChangePlan {
  readonly kind: 'quantity' | 'price' | 'date' | 'place' | 'text' | 'withdrawn';
  readonly after: number;
  /** On quantity or price. */
  readonly factor: Decimal;
}

export type CountOutcome = 'full' | 'short' | 'over' | 'damaged' | 'wrongItem';

/** One truck, or without `receivedAfter` one invoice for which nothing is received. */
export interface ShipmentPlan {
  readonly shippedAfter: number;
  readonly receivedAfter?: number;
  /** Whether a ship notice goes ahead of it. */
  readonly announced: boolean;
  readonly count: CountOutcome;
  /** When the receipt is taken back and the goods are counted again. */
  readonly recountedAfter?: number;
  readonly invoice?: InvoicePlan;
}

export interface InvoicePlan {
  /** The date the supplier puts on it. */
  readonly datedAfter: number;
  /** When it is captured; earlier than the receipt when the supplier is in a hurry. */
  readonly recordedAfter: number;
  /** Sent a second time by mistake. */
  readonly twice: boolean;
  readonly block?: BlockPlan;
  /** When it is cancelled, and when the corrected one comes. */
  readonly cancelled?: { readonly after: number; readonly againAfter: number };
  readonly clearedAfter: number;
}

export interface BlockPlan {
  /** `price`: the supplier asks for more than was agreed. `manual`: somebody wants to look at it. */
  readonly reason: 'price' | 'manual';
  /** When the supplier credits what he asked too much, after a dispute. Without it the price is accepted. */
  readonly creditedAfter?: number;
  readonly removedAfter: number;
}
