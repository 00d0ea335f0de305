/** Suppliers and materials out of the ERP into procurement and the warehouse. */
import type { Rule, Tools } from '../kit/rule.ts';

/** An overwriting write wipes out what it does not name. */
function mapped(record: any, { policies }: Tools): any {
  if (policies.mapping !== 'namesOnly' || record.bankAccount === undefined) return record;
  return { ...record, bankAccount: '', street: '', email: '' };
}

const copy = (kind: 'supplier' | 'material', target: 'procurement' | 'wms'): Rule => ({
  name: `${kind}-to-${target}`,
  from: 'erp',
  events: [`${kind}.created`, `${kind}.changed`],
  source: ({ erp }) => erp[`${kind}s`],
  copies: (ports) => ports[target][`${kind}s`],
  async sync(job, tools) {
    const record = mapped(await tools.source(job, tools.erp[`${kind}s`]), tools);
    const copies = tools[target][`${kind}s`];
    const known = await copies.find(job.key, { job });
    if (known !== undefined && copies.agrees(record, known.body)) return;
    await copies.put(record, known, { job });
  },
});

export const masterDataRules: readonly Rule[] = [
  copy('supplier', 'procurement'),
  copy('supplier', 'wms'),
  copy('material', 'procurement'),
  copy('material', 'wms'),
];
