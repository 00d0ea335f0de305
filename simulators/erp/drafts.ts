/**
 * What callers hand to the ERP's commands. Shaped already (a dialect has parsed the wire); what the
 * values mean is for the core to check. Optional fields have the default that the comment names.
 */
import type { CalendarDate } from '../../domain/calendar-date.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { MovementType } from '../../domain/goods-receipt.ts';
import type {
  CompanyCode,
  Material,
  PaymentTerms,
  Plant,
  Supplier,
  TaxCode,
} from '../../domain/master-data.ts';
import type { AccountAssignment, ItemCategory, ScheduleLine } from '../../domain/purchase-order.ts';
import type { InvoiceKind } from '../../domain/supplier-invoice.ts';

/** Master data to load at once; everything is optional, so that a test seeds what it needs. */
export interface MasterDataSeed {
  readonly companyCodes?: readonly CompanyCode[];
  readonly plants?: readonly Plant[];
  readonly taxCodes?: readonly TaxCode[];
  readonly paymentTerms?: readonly PaymentTerms[];
  readonly suppliers?: readonly Supplier[];
  readonly materials?: readonly Material[];
}

export interface SeedOptions {
  /** Whether `supplier.created` and `material.created` are emitted; default `false`. */
  readonly emit?: boolean;
}

export type SupplierChange = Partial<Omit<Supplier, 'number'>>;
export type MaterialChange = Partial<Omit<Material, 'number'>>;

export interface PurchaseOrderDraft {
  /** At most 12 characters. */
  readonly externalReference?: string;
  readonly requisition?: string;
  readonly companyCode: string;
  readonly supplier: string;
  /** Default: the supplier's. */
  readonly currency?: string;
  /** Default: the supplier's. */
  readonly paymentTerms?: string;
  /** Default: the business date. */
  readonly orderDate?: CalendarDate;
  /** Default: who creates it. */
  readonly buyer?: string;
  /** The business version as the origin counts it; default 1. */
  readonly revision?: number;
  readonly lines: readonly PurchaseOrderLineDraft[];
}

export interface PurchaseOrderLineDraft {
  /** One to five digits; default 10, 20, 30, ... */
  readonly line?: string;
  /** Default `standard`. */
  readonly category?: ItemCategory;
  /** May be left out for a text line with an account assignment, a service or a limit. */
  readonly material?: string;
  /** Default: the material's. */
  readonly description?: string;
  readonly quantity: Decimal;
  /** Order unit; default: the material's order unit. */
  readonly unit?: string;
  readonly netPrice: Decimal;
  /** Default 1. */
  readonly priceQuantity?: Decimal;
  /** Default: the order unit. */
  readonly priceUnit?: string;
  /** Default: the material's. */
  readonly taxCode?: string;
  readonly plant: string;
  /** Default: the plant's first. */
  readonly storageLocation?: string;
  /** For a line with one schedule line; default: the order date. */
  readonly deliveryDate?: CalendarDate;
  /** Default: one schedule line over the whole quantity. */
  readonly scheduleLines?: readonly ScheduleLine[];
  readonly accountAssignment?: AccountAssignment;
  /** Default 0. */
  readonly overdeliveryTolerancePercent?: Decimal;
  /** Default 0. */
  readonly underdeliveryTolerancePercent?: Decimal;
  readonly unlimitedOverdelivery?: boolean;
  /** Default `true`, `false` for a limit line. */
  readonly goodsReceiptExpected?: boolean;
  /** Only with an account assignment; consignment is never valuated anyway. */
  readonly goodsReceiptNonValuated?: boolean;
  /** Default `true`, `false` for consignment. */
  readonly invoiceExpected?: boolean;
  /** Default `false`. */
  readonly goodsReceiptBasedInvoiceVerification?: boolean;
  readonly deliveryCompleted?: boolean;
  readonly finalInvoice?: boolean;
  /** Goods going back on an order of their own: received with 161, settled by a credit memo. */
  readonly returnsItem?: boolean;
}

/** Only what is to change. A line whose number the order does not have is added. */
export interface PurchaseOrderChange {
  readonly externalReference?: string;
  readonly paymentTerms?: string;
  readonly buyer?: string;
  /** Default: one more than before, when anything changes. Not checked: staleness is the caller's care. */
  readonly revision?: number;
  readonly lines?: readonly PurchaseOrderLineChange[];
}

export type PurchaseOrderLineChange = Partial<Omit<PurchaseOrderLineDraft, 'line'>> & {
  readonly line: string;
  /** `true` sets the deletion flag, `false` takes it back. */
  readonly deleted?: boolean;
};

/** What the order confirmation brings; an `OrderAcknowledgement` of domain/ fits. */
export interface AcknowledgementDraft {
  readonly number: string;
  readonly lines: readonly {
    readonly line: string;
    readonly decision: 'accepted' | 'dateChanged' | 'quantityChanged' | 'backordered' | 'rejected';
    readonly quantity: Decimal;
    readonly unit: string;
    readonly deliveryDate: CalendarDate;
  }[];
}

export interface GoodsMovementDraft {
  /** At most 16 characters; not checked for duplicates, as in a real ERP. */
  readonly externalReference?: string;
  readonly deliveryNote?: string;
  /** Default: the posting date. */
  readonly documentDate?: CalendarDate;
  /** Default: the business date. */
  readonly postingDate?: CalendarDate;
  readonly lines: readonly GoodsMovementLineDraft[];
}

export interface GoodsMovementLineDraft {
  /** Default 1, 2, 3, ... */
  readonly line?: string;
  readonly movementType: MovementType;
  /** For 101, 103, 161, and 122 without a receipt line. */
  readonly purchaseOrder?: string;
  readonly purchaseOrderLine?: string;
  /** Default: the order line's; given, it must be the same. */
  readonly material?: string;
  readonly plant?: string;
  readonly storageLocation?: string;
  readonly lot?: string;
  /** Always positive. Default, for a reversal: all that is left of the line it takes back. */
  readonly quantity?: Decimal;
  /** Default: the order unit, else the base unit. */
  readonly unit?: string;
  /** External value in company currency, for 561. */
  readonly amount?: Decimal;
  readonly deliveryCompleted?: boolean;
  /** For 201. */
  readonly costCenter?: string;
  readonly reason?: string;
  /** The line that a 102, 105 or 122 refers to, as `year/number/line` (or `number/line`). */
  readonly reversesLine?: string;
  /** For 301: where to. */
  readonly receivingPlant?: string;
  /** For 301 and 311: where to. */
  readonly receivingStorageLocation?: string;
}

export interface CancelOptions {
  readonly externalReference?: string;
  readonly reason?: string;
}

export interface SupplierInvoiceDraft {
  /** Default `invoice`. All amounts are positive, whatever the kind. */
  readonly kind?: InvoiceKind;
  readonly externalReference?: string;
  /** The supplier's own number; at most 16 characters. */
  readonly supplierReference: string;
  readonly companyCode: string;
  readonly supplier: string;
  /** Default: the supplier's. */
  readonly currency?: string;
  readonly documentDate: CalendarDate;
  /** Default: the business date. */
  readonly postingDate?: CalendarDate;
  readonly grossAmount: Decimal;
  /** Default: what the tax codes give. */
  readonly taxAmount?: Decimal;
  /** Default: the order's, else the supplier's. */
  readonly paymentTerms?: string;
  /** The invoice that a credit memo refers to, as `year/number`. */
  readonly refersTo?: string;
  readonly lines: readonly InvoiceLineDraft[];
}

export interface InvoiceLineDraft {
  /** Default 1, 2, 3, ... */
  readonly line?: string;
  readonly purchaseOrder?: string;
  readonly purchaseOrderLine?: string;
  /** For goods-receipt-based lines: `year/number/line` (or `number/line`). May be left out when only one receipt is open. */
  readonly goodsReceipt?: string;
  readonly description?: string;
  /** Needed for lines with an order; default 1 without. */
  readonly quantity?: Decimal;
  /** Default: the order unit. */
  readonly unit?: string;
  /** Net amount of the line. */
  readonly amount: Decimal;
  /** Default: the order line's. */
  readonly taxCode?: string;
  /** For lines without an order. */
  readonly glAccount?: string;
}

export interface PaymentRunDraft {
  readonly companyCode: string;
  readonly runDate: CalendarDate;
  readonly houseBank: string;
  /** A discount that would be lost by then is taken now; default: the day after `runDate`. */
  readonly nextRunDate?: CalendarDate;
}
