/** What the supplier says is on its way (X12 856, EDIFACT DESADV). */
import type { CalendarDate, Timestamp } from './calendar-date.ts';
import type { Decimal } from './decimal.ts';

export interface AdvanceShipNotice {
  readonly number: string;
  readonly supplier: string;
  readonly shippedAt: Timestamp;
  readonly estimatedArrival: CalendarDate;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly plant: string;
  readonly status: 'inTransit' | 'arrived' | 'closed' | 'cancelled';
  readonly lines: readonly ShipNoticeLine[];
}

export interface ShipNoticeLine {
  readonly line: string;
  readonly purchaseOrder: string;
  readonly purchaseOrderLine: string;
  readonly material: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly lot?: string;
  readonly expiresOn?: CalendarDate;
}
