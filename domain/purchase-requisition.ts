/** What someone asked to be bought, before it is an order. */
import type { CalendarDate, Timestamp } from './calendar-date.ts';
import type { Decimal } from './decimal.ts';
import type { AccountAssignment } from './purchase-order.ts';

export type RequisitionStatus =
  'draft' | 'pendingApproval' | 'approved' | 'rejected' | 'ordered' | 'withdrawn';

export interface PurchaseRequisition {
  readonly number: string;
  readonly status: RequisitionStatus;
  readonly requester: string;
  readonly createdAt: Timestamp;
  readonly companyCode: string;
  readonly supplier: string;
  readonly currency: string;
  readonly lines: readonly RequisitionLine[];
  readonly approvals: readonly Approval[];
  /** The order made of it, once there is one. */
  readonly purchaseOrder?: string;
}

export interface RequisitionLine {
  readonly line: string;
  readonly material: string;
  readonly description: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly estimatedPrice: Decimal;
  readonly plant: string;
  readonly requiredOn: CalendarDate;
  readonly accountAssignment?: AccountAssignment;
}

/** One step of the approval chain. */
export interface Approval {
  readonly step: number;
  readonly approver: string;
  /** Who decides in the approver's place, when delegated. */
  readonly delegate?: string;
  readonly decision: 'pending' | 'approved' | 'rejected';
  readonly decidedBy?: string;
  readonly decidedAt?: Timestamp;
}
