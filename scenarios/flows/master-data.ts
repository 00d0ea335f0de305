/** Suppliers and materials: the ERP owns them, procurement and the warehouse keep copies. */
import { type Flow, defineFlow } from '../../harness/flow.ts';

const fields = {
  Supplier: ['name', 'currency', 'blocked'],
  Material: ['description', 'baseUnit', 'orderUnit', 'deleted'],
} as const;

const copy = (document: keyof typeof fields, system: string, name: string): Flow =>
  defineFlow({
    name,
    from: { system: 'erp', document },
    to: { system, document },
    key: { from: (record) => record.number, to: (record) => record.number },
    agree: fields[document],
    order: 'version',
    owner: 'erp',
    pattern: 'data-consistency',
    dataClass: 'master',
    criticality: 'medium',
    within: '5m',
  });

export const supplierToProcurement = copy('Supplier', 'procurement', 'supplier-to-procurement');
export const supplierToWms = copy('Supplier', 'wms', 'supplier-to-wms');
export const materialToProcurement = copy('Material', 'procurement', 'material-to-procurement');
export const materialToWms = copy('Material', 'wms', 'material-to-wms');
