/** Flows less the fields that an integration does not carry, and need not. */
import type { Flow } from '../../harness/flow.ts';
import { SeatrialError } from '../../harness/seatrial-error.ts';

/**
 * `names` are fields as violations name them: `lines[].storageLocation` in every flow that has it, or
 * `order-to-erp/lines[].storageLocation` in one. Throws `flow.unknown-field` for one that no flow has.
 */
export function withoutFields(flows: readonly Flow[], names: readonly string[]): readonly Flow[] {
  if (names.length === 0) return flows;
  const left = new Set(names);
  const isNamed = (flow: Flow, field: string): boolean => {
    const found = [field, `${flow.name}/${field}`].filter((name) => names.includes(name));
    for (const name of found) left.delete(name);
    return found.length > 0;
  };
  const carried = flows.map((flow) => ({
    ...flow,
    agree: flow.agree.filter(({ field }) => !isNamed(flow, field)),
  }));
  const [unknown] = left;
  if (unknown === undefined) return carried;
  const all = flows.flatMap(({ name, agree }) => agree.map(({ field }) => `${name}/${field}`));
  throw new SeatrialError({
    code: 'flow.unknown-field',
    task: 'leave out fields that are not carried',
    reason: `no flow compares "${unknown}"`,
    hint: `They compare ${all.join(', ')}.`,
  });
}
