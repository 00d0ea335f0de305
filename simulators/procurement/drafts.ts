/**
 * What people and partners hand into the procurement suite: the inputs of its commands. They are
 * already shaped by type (a dialect has parsed the wire); whether they make sense is the core's to say.
 */
import type { CalendarDate, Timestamp } from '../../domain/calendar-date.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { Material, Supplier } from '../../domain/master-data.ts';
import type { AcknowledgementLine } from '../../domain/order-acknowledgement.ts';
import type { AccountAssignment, ItemCategory } from '../../domain/purchase-order.ts';
import type { InvoiceKind, PaymentBlock } from '../../domain/supplier-invoice.ts';

export interface RequisitionDraft {
  /** Taken from the context when missing. */
  readonly requester?: string;
  readonly companyCode: string;
  readonly supplier: string;
  readonly currency: string;
  readonly lines: readonly RequisitionLineDraft[];
}

export interface RequisitionLineDraft {
  /** `1`, `2`, ... when missing. */
  readonly line?: string;
  readonly material: string;
  readonly description?: string;
  readonly quantity: Decimal;
  /** The material's order unit when missing. */
  readonly unit?: string;
  /** Per one unit. */
  readonly estimatedPrice: Decimal;
  readonly plant: string;
  readonly requiredOn: CalendarDate;
  readonly accountAssignment?: AccountAssignment;
}

export interface OrderDraft {
  /** An approved requisition that this order is made of; its lines are not copied, the draft's count. */
  readonly requisition?: string;
  readonly companyCode: string;
  readonly supplier: string;
  readonly currency: string;
  /** The supplier's when missing. */
  readonly paymentTerms?: string;
  /** The context's business date when missing. */
  readonly orderDate?: CalendarDate;
  /** Taken from the context when missing. */
  readonly buyer?: string;
  readonly lines: readonly OrderLineDraft[];
}

export interface OrderLineDraft {
  /** `1`, `2`, ... when missing. */
  readonly line?: string;
  readonly category?: ItemCategory;
  readonly material: string;
  readonly description?: string;
  readonly quantity: Decimal;
  /** The material's order unit when missing. */
  readonly unit?: string;
  readonly netPrice: Decimal;
  /** 1 when missing. */
  readonly priceQuantity?: Decimal;
  /** The order unit when missing. */
  readonly priceUnit?: string;
  /** The material's when missing. */
  readonly taxCode?: string;
  readonly plant: string;
  /** The plant's first when missing. */
  readonly storageLocation?: string;
  readonly deliveryDate: CalendarDate;
  /** Splits the quantity over dates; must add up to it. One schedule line when missing. */
  readonly schedule?: readonly {
    readonly deliveryDate: CalendarDate;
    readonly quantity: Decimal;
  }[];
  readonly accountAssignment?: AccountAssignment;
  readonly overdeliveryTolerancePercent?: Decimal;
  readonly underdeliveryTolerancePercent?: Decimal;
  readonly unlimitedOverdelivery?: boolean;
  /** `false` makes the invoice match two-way; false by itself for category `limit`. */
  readonly goodsReceiptExpected?: boolean;
  readonly goodsReceiptNonValuated?: boolean;
  /** False by itself for category `consignment`. */
  readonly invoiceExpected?: boolean;
  readonly goodsReceiptBasedInvoiceVerification?: boolean;
}

/** A change order. What is not named stays. */
export interface OrderChange {
  readonly paymentTerms?: string;
  readonly lines?: readonly OrderLineChange[];
  readonly addLines?: readonly OrderLineDraft[];
}

export interface OrderLineChange {
  readonly line: string;
  readonly quantity?: Decimal;
  readonly netPrice?: Decimal;
  readonly deliveryDate?: CalendarDate;
  readonly plant?: string;
  readonly storageLocation?: string;
  readonly description?: string;
  /** Takes the line out of the order; there is no way back. */
  readonly deleted?: true;
}

export interface AcknowledgementDraft {
  /** The supplier's own; given by the suite when missing. */
  readonly number?: string;
  readonly purchaseOrder: string;
  readonly orderRevision: number;
  readonly supplier: string;
  readonly lines: readonly AcknowledgementLine[];
}

export interface ShipNoticeDraft {
  /** The supplier's own; given by the suite when missing. */
  readonly number?: string;
  readonly supplier: string;
  /** The context's time when missing. */
  readonly shippedAt?: Timestamp;
  readonly estimatedArrival: CalendarDate;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly plant: string;
  readonly lines: readonly ShipNoticeLineDraft[];
}

export interface ShipNoticeLineDraft {
  readonly line?: string;
  readonly purchaseOrder: string;
  readonly purchaseOrderLine: string;
  /** Must be the order line's when given. */
  readonly material?: string;
  readonly quantity: Decimal;
  /** The order unit when missing. */
  readonly unit?: string;
  readonly lot?: string;
  readonly expiresOn?: CalendarDate;
}

export interface ReceiptDraft {
  /** The number in the system that counted the goods, at most 16 characters. Not checked for duplicates. */
  readonly externalReference?: string;
  readonly deliveryNote?: string;
  readonly shipNotice?: string;
  /** The context's business date when missing. */
  readonly documentDate?: CalendarDate;
  readonly postingDate?: CalendarDate;
  readonly lines: readonly ReceiptLineDraft[];
}

export interface ReceiptLineDraft {
  readonly line?: string;
  readonly purchaseOrder: string;
  readonly purchaseOrderLine: string;
  /** Must be the order line's when given. */
  readonly material?: string;
  readonly quantity: Decimal;
  /** The order unit when missing. */
  readonly unit?: string;
  readonly storageLocation?: string;
  readonly lot?: string;
  /** No more is to come for the order line. */
  readonly deliveryCompleted?: boolean;
}

export interface VoidDraft {
  readonly reason: string;
  /** The number of the reversal in the system that counted the goods. */
  readonly externalReference?: string;
  readonly postingDate?: CalendarDate;
}

export interface InvoiceDraft {
  /** `invoice` when missing. */
  readonly kind?: InvoiceKind;
  /** The supplier's own number, at most 16 characters. */
  readonly supplierReference: string;
  readonly supplier: string;
  readonly companyCode: string;
  readonly currency: string;
  readonly documentDate: CalendarDate;
  readonly postingDate?: CalendarDate;
  /** The supplier's when missing. */
  readonly paymentTerms?: string;
  /** Lines plus tax when missing; must agree with them within the settings' limit when given. */
  readonly grossAmount?: Decimal;
  /** By the lines' tax codes when missing. */
  readonly taxAmount?: Decimal;
  readonly lines: readonly InvoiceLineDraft[];
  /** The suite's number of the invoice that a credit memo or subsequent debit/credit refers to. */
  readonly refersTo?: string;
}

export interface InvoiceLineDraft {
  readonly line?: string;
  /** Missing on both for a charge that is not on any order: it goes to approval. */
  readonly purchaseOrder?: string;
  readonly purchaseOrderLine?: string;
  /** Receipt of this suite that is invoiced, as `number/line`. */
  readonly goodsReceipt?: string;
  readonly description?: string;
  /** Always positive; the kind of the document gives the sign. */
  readonly quantity: Decimal;
  /** The order unit when missing. */
  readonly unit?: string;
  readonly netPrice: Decimal;
  /** 1 when missing. */
  readonly priceQuantity?: Decimal;
  /** Quantity × price when missing; must agree with it within the settings' limit when given. */
  readonly amount?: Decimal;
  /** The order line's when missing. */
  readonly taxCode?: string;
  readonly glAccount?: string;
}

/** What the ERP tells about an invoice. Telling the same again changes nothing. */
export interface InvoiceStatusUpdate {
  /** `posted` back from `paid` needs `paymentRejection`. */
  readonly status: 'posted' | 'paid' | 'rejected' | 'cancelled';
  readonly erpNumber?: string;
  /** The payment's number; required with `paid`. */
  readonly payment?: string;
  /** The gross amount when missing. */
  readonly paidAmount?: Decimal;
  readonly paidOn?: CalendarDate;
  /** All blocks that stand now; an empty list releases. */
  readonly paymentBlocks?: readonly PaymentBlock[];
  /** Why it is blocked or rejected, in words. */
  readonly reason?: string;
  /** Why the bank gave the payment back. */
  readonly paymentRejection?: string;
}

/** Master data to start with. */
export interface ProcurementSeed {
  readonly suppliers?: Iterable<Supplier>;
  readonly materials?: Iterable<Material>;
}
