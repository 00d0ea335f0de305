/** How one company set its procurement suite up: who approves what, where, and which tolerances count. */
import type { Decimal } from '../../domain/decimal.ts';
import type { CompanyCode, PaymentTerms, Plant, TaxCode } from '../../domain/master-data.ts';
import type { MatchTolerances } from '../../domain/three-way-match.ts';

/** One rung of the approval ladder. */
export interface ApproverStep {
  readonly approver: string;
  /** Largest amount this approver may decide alone, in the requisition's currency; none is unlimited. */
  readonly limit?: Decimal;
}

export interface ProcurementSettings {
  readonly companyCodes: readonly CompanyCode[];
  readonly plants: readonly Plant[];
  readonly taxCodes: readonly TaxCode[];
  readonly paymentTerms: readonly PaymentTerms[];
  /**
   * From the lowest rung up. A requisition climbs until a limit covers its amount, that rung
   * included. An amount that no rung covers cannot be submitted.
   */
  readonly approvers: readonly ApproverStep[];
  /** Up to this amount a submitted requisition is approved at once. */
  readonly autoApproveUpTo?: Decimal;
  readonly matchTolerances: MatchTolerances;
  /** How far an invoice's stated amounts may lie from the computed ones, in its currency. */
  readonly smallDifference: Decimal;
  /** Whether a supplier's second invoice with the same reference is refused or captured. */
  readonly duplicateInvoices: 'refuse' | 'capture';
}

/** Settings beside the company's structure, for those who do not care. */
export const usualProcurementRules = {
  approvers: [
    { approver: 'team-lead', limit: '5000' as Decimal },
    { approver: 'department-head', limit: '50000' as Decimal },
    { approver: 'cfo' },
  ],
  matchTolerances: {
    price: { upper: { percent: '2' as Decimal }, lower: { percent: '10' as Decimal } },
    quantity: { upper: { percent: '0' as Decimal }, lower: {} },
  },
  smallDifference: '0.05' as Decimal,
  duplicateInvoices: 'refuse',
} as const satisfies Partial<ProcurementSettings>;
