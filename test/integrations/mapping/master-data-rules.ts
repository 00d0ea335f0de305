/** Suppliers and materials out of the ERP into procurement and the warehouse. */
import type { Rule } from '../kit/rule.ts';

const copy = (kind: 'supplier' | 'material', target: 'procurement' | 'wms'): Rule => ({
  name: `${kind}-to-${target}`,
  from: 'erp',
  events: [`${kind}.created`, `${kind}.changed`],
  source: ({ erp }) => erp[`${kind}s`],
  copies: (ports) => ports[target][`${kind}s`],
  async sync(job, tools) {
    const record = await tools.source(job, tools.erp[`${kind}s`]);
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
