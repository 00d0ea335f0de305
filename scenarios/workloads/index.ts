/** Workloads: seeded business for landscapes, and the check that it is realistic. */
export { type ProcureToPayOptions, procureToPay } from './procure-to-pay/procure-to-pay.ts';
export { type PlanOptions, planOrder, planOrders } from './procure-to-pay/plan-order.ts';
export type { BatchPlan, OrderPlan, ShipmentPlan } from './procure-to-pay/plan.ts';
export { type RealismRow, realismScore, realismTable } from './procure-to-pay/realism.ts';
export { describeRealism } from './procure-to-pay/realism-text.ts';
