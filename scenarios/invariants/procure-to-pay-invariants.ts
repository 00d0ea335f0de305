/** Every promise of procure-to-pay: those that the flows give, and those of the business. */
import type { Flow } from '../../harness/flow.ts';
import type { Invariant } from '../../harness/invariant.ts';
import { procureToPayFlows } from '../flows/procure-to-pay-flows.ts';
import { type RetryBounds, businessErrorsNotRetried } from './business-errors-not-retried.ts';
import { flowInvariants } from './flow-invariants.ts';
import { forgeriesRefused } from './forgeries-refused.ts';
import { grIrClears } from './gr-ir-clears.ts';
import { idempotencyKeyBoundToPayload } from './idempotency-key-bound-to-payload.ts';
import { type PriceTolerance, invoiceWithinTolerance } from './invoice-within-tolerance.ts';
import { ledgerBalanced } from './ledger-balanced.ts';
import { messagesTaken } from './messages-taken.ts';
import { noReceiptForCancelledOrder } from './no-receipt-for-cancelled-order.ts';
import { paidOnce } from './paid-once.ts';
import { paidOnlyReceived } from './paid-only-received.ts';
import { paymentsMatchInvoices } from './payments-match-invoices.ts';
import { quantitiesConserved } from './quantities-conserved.ts';
import { receiptsWithinOrder } from './receipts-within-order.ts';
import { receivedOnce } from './received-once.ts';
import { type ResumeBounds, resumesInTime } from './resumes-in-time.ts';
import { type RetryBudget, retryBudget } from './retry-budget.ts';
import {
  type SafeRetryOptions,
  safeRetryAfterUnknownOutcome,
} from './safe-retry-after-unknown-outcome.ts';
import { statusMoves } from './status-moves.ts';
import { stockEqualsMovements } from './stock-equals-movements.ts';
import { threeWayMatch } from './three-way-match.ts';
import { throttlingRespected } from './throttling-respected.ts';

export interface ProcureToPayInvariantOptions {
  readonly price?: PriceTolerance;
  readonly businessErrors?: RetryBounds;
  readonly retries?: RetryBudget;
  readonly resuming?: ResumeBounds;
  readonly safeRetry?: SafeRetryOptions;
}

/** All invariants over the flows given; each call makes its own. */
export const procureToPayInvariants = (
  flows: readonly Flow[] = procureToPayFlows,
  options: ProcureToPayInvariantOptions = {},
): Invariant[] => [
  ...flowInvariants(flows),
  receivedOnce('erp', 'MaterialDocument'),
  receivedOnce('procurement', 'Receipt'),
  quantitiesConserved('erp', 'MaterialDocument'),
  quantitiesConserved('procurement', 'Receipt'),
  receiptsWithinOrder(),
  noReceiptForCancelledOrder(),
  threeWayMatch(),
  invoiceWithinTolerance(options.price),
  ledgerBalanced(),
  grIrClears(),
  stockEqualsMovements(),
  paidOnce(),
  paidOnlyReceived(),
  paymentsMatchInvoices(),
  ...statusMoves(),
  businessErrorsNotRetried(options.businessErrors),
  throttlingRespected(),
  resumesInTime(options.resuming),
  retryBudget(options.retries),
  safeRetryAfterUnknownOutcome(options.safeRetry),
  idempotencyKeyBoundToPayload(),
  messagesTaken(),
  forgeriesRefused(),
];
