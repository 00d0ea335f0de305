/** The landscape and the business that come with seatrial, for the commands that bring their own. */
import type { SystemFactory } from '../harness/system.ts';
import type { Workload } from '../harness/workload.ts';
import { procureToPay } from '../scenarios/workloads/procure-to-pay/procure-to-pay.ts';
import { erp, procurement, wms } from '../simulators/index.ts';

/** Procurement, ERP and warehouse, each in the plain dialect. */
export const landscapeSystems = (): Record<string, SystemFactory> => ({
  procurement: procurement(),
  erp: erp(),
  wms: wms(),
});

/** So many purchase orders, done in about so many milliseconds of trial time. */
export const business = (purchaseOrders: number, overMs: number): Workload =>
  procureToPay({ purchaseOrders, over: `${overMs}ms` });
