/** Suppliers and materials out of the ERP into procurement and the warehouse. */
import type { Rule } from '../kit/rule.ts';

const copy = (kind: 'supplier' | 'material', target: 'procurement' | 'wms'): Rule => ({
  name: `${kind}-to-${target}`,
  from: 'erp',
  events: [`${kind}.created`, `${kind}.changed`],
  async sync(job, tools) {
    const record = await tools.source(job, tools.erp, `/${kind}s/${job.key}`);
    const path = `/${kind}s/${job.key}`;
    const known = await tools[target].find(path, { job });
    if (JSON.stringify(known?.body) === JSON.stringify(record)) return;
    await tools[target].call(path, {
      method: 'PUT',
      body: record,
      job,
      // A write that comes late must not undo a newer one.
      ifMatch: known?.etag,
    });
  },
  list: { path: `/${kind}s`, key: (record) => record.number },
});

export const masterDataRules: readonly Rule[] = [
  copy('supplier', 'procurement'),
  copy('supplier', 'wms'),
  copy('material', 'procurement'),
  copy('material', 'wms'),
];
