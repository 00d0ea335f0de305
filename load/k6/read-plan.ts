/** The plan of the run, read once when k6 begins. */
import { type LoadPlan, planFormat } from '../plan.ts';

/** Throws when there is none, or one of another version. */
export function readPlan(): LoadPlan {
  const path = __ENV['SEATRIAL_LOAD_PLAN'];
  if (path === undefined)
    throw new Error('SEATRIAL_LOAD_PLAN names no plan; see seatrial load --plan.');
  const plan = JSON.parse(open(path)) as LoadPlan;
  if (plan.format === planFormat) return plan;
  throw new Error(
    `${path} is a plan of format ${String(plan.format)}; this script reads ${planFormat}.`,
  );
}
