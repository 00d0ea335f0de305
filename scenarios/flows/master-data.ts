/** Suppliers and materials: the ERP owns them, procurement and the warehouse keep copies. */
import { type FieldRule, type Flow, type FlowDocument, defineFlow } from '../../harness/flow.ts';

const units = ({ alternativeUnits: all = [] }: FlowDocument): string =>
  all
    .map((each: FlowDocument) => `1 ${each.unit} = ${each.numerator}/${each.denominator}`)
    .toSorted()
    .join(', ');

const alternativeUnits: FieldRule = { field: 'alternativeUnits', from: units, to: units };

const fields = {
  Supplier: [
    'name',
    'country',
    'city',
    'street',
    'postalCode',
    'email',
    'taxNumber',
    'currency',
    'paymentTerms',
    'bankAccount',
    'blocked',
  ],
  Material: [
    'description',
    'materialGroup',
    'baseUnit',
    'orderUnit',
    alternativeUnits,
    'batchManaged',
    'deleted',
  ],
} as const satisfies Readonly<Record<string, readonly (string | FieldRule)[]>>;

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
