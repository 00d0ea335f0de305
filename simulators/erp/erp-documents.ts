/**
 * Documents that only the ERP has, and what it adds to the shared ones. Ids: a material document and
 * an invoice `year/number`, an accounting document `companyCode/year/number`, stock
 * `material/plant/storageLocation`, a valuation `material/plant`.
 */
import type { CalendarDate, Timestamp } from '../../domain/calendar-date.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { GoodsReceipt, GoodsReceiptLine } from '../../domain/goods-receipt.ts';
import type { PurchaseOrderLine } from '../../domain/purchase-order.ts';

/** Stock of a material at a storage location, in the base unit. */
export interface StockBalance {
  readonly material: string;
  readonly plant: string;
  readonly storageLocation: string;
  readonly unit: string;
  /** Unrestricted stock on hand: what the company owns and what it holds on consignment. */
  readonly quantity: Decimal;
  /** How much of `quantity` the supplier still owns; never valuated. */
  readonly consignment: Decimal;
  /** Goods-receipt blocked stock (103), not part of `quantity` and not valuated. */
  readonly blocked: Decimal;
}

/** What the company's own stock of a material is worth in a plant, in company currency. */
export interface MaterialValuation {
  readonly material: string;
  readonly plant: string;
  readonly currency: string;
  readonly control: 'movingAverage' | 'standard';
  readonly quantity: Decimal;
  readonly value: Decimal;
  /** Price per base unit: value / quantity, or the standard price; kept when the stock is empty. */
  readonly movingAverage: Decimal;
}

export interface PostingPeriod {
  readonly companyCode: string;
  readonly year: string;
  readonly period: string;
  readonly open: boolean;
}

export interface MaterialDocumentLine extends GoodsReceiptLine {
  /** Where a 301 or 311 brings it. */
  readonly receivingPlant?: string;
  readonly receivingStorageLocation?: string;
  /** Not stock: consumed at once by the account assignment. Then `storageLocation` is empty. */
  readonly consumed?: boolean;
  /** Supplier-owned stock. */
  readonly consignment?: boolean;
}

/** A goods movement as the ERP keeps it; amounts are in company currency. */
export interface MaterialDocument extends GoodsReceipt {
  readonly lines: readonly MaterialDocumentLine[];
}

/** What was received and invoiced for an order line: quantities in the order unit, values in company currency. */
export interface OrderLineBalance {
  readonly received: Decimal;
  readonly invoiced: Decimal;
  /** What receipts credited to GR/IR clearing. */
  readonly receivedValue: Decimal;
  /** What invoices debited to GR/IR clearing. */
  readonly invoicedValue: Decimal;
  /** In goods-receipt blocked stock (103), not yet received. */
  readonly blocked: Decimal;
}

/** One entry of an order's history: category E for receipts, Q for invoices. */
export interface OrderHistoryEntry {
  readonly category: 'E' | 'Q';
  /** `year/number`. */
  readonly document: string;
  readonly line: string;
  readonly purchaseOrderLine: string;
  /** Movement type, or the kind of invoice. */
  readonly type: string;
  readonly postingDate: CalendarDate;
  /** Positive adds to what was received or invoiced, negative takes back; in the order unit. */
  readonly quantity: Decimal;
  readonly amount: Decimal;
  readonly currency: string;
  readonly at: Timestamp;
}

/** An order line as the ERP keeps it. */
export interface ErpOrderLine extends PurchaseOrderLine {
  /** Goods going back: received with 161, settled by a credit memo; its balance lives below zero. */
  readonly returnsItem?: boolean;
}

/** Whether the line returns goods to the supplier. */
export const returnsGoods = (line: PurchaseOrderLine): boolean =>
  (line as ErpOrderLine).returnsItem === true;
