/** The supplier's answer to an order (X12 855, EDIFACT ORDRSP, cXML ConfirmationRequest). */
import type { CalendarDate, Timestamp } from './calendar-date.ts';
import type { Decimal } from './decimal.ts';

export interface OrderAcknowledgement {
  readonly number: string;
  readonly purchaseOrder: string;
  /** The revision of the order that the supplier answers. */
  readonly orderRevision: number;
  readonly supplier: string;
  readonly acknowledgedAt: Timestamp;
  readonly lines: readonly AcknowledgementLine[];
}

export interface AcknowledgementLine {
  readonly line: string;
  readonly decision: 'accepted' | 'dateChanged' | 'quantityChanged' | 'backordered' | 'rejected';
  readonly quantity: Decimal;
  readonly unit: string;
  readonly deliveryDate: CalendarDate;
  readonly reason?: string;
}
