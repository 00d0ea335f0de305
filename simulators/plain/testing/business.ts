/** Some ordinary business with each system over its `plain` wire: requests that succeed, one by one. */
import type { Act, Keyed } from './business-words.ts';
import { erpBusiness } from './erp-business.ts';
import type { PlainBench } from './plain-bench.ts';
import { procurementBusiness } from './procurement-business.ts';
import { wmsBusiness } from './wms-business.ts';

export interface Step {
  readonly method: string;
  /** As in the contract. */
  readonly path: string;
  readonly target: string;
  readonly body?: unknown;
}

const businessOf: Readonly<Record<string, (act: Act) => void>> = {
  erp: erpBusiness,
  procurement: procurementBusiness,
  wms: wmsBusiness,
};

/** Runs the business and answers the steps it took; `seen` gets each one with its status. */
export function business(bench: PlainBench, seen: (step: Step, status: number) => void): Step[] {
  const steps: Step[] = [];
  businessOf[bench.system.name]?.((method, path, params, body) => {
    let index = 0;
    const target = path.replaceAll(/\{\w+\}/g, () => params[index++] ?? '');
    const step = { method, path, target, ...(body === undefined ? {} : { body }) };
    const answered = bench.call(method, target, body === undefined ? {} : { body });
    steps.push(step);
    seen(step, answered.status);
    return answered.json as Keyed;
  });
  return steps;
}
