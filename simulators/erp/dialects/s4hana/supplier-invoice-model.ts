/** The model of API_SUPPLIERINVOICE_PROCESS_SRV: its fields, function imports and what they return. */
import type { ComplexType, FunctionImport, Property, ServiceModel } from '../../../odata/model.ts';
import { supplierInvoiceFields } from './fields/supplier-invoice-fields.ts';
import { serviceModel } from './s4-service.ts';

const member = (name: string, more: Partial<Property> = {}): Property => ({
  name,
  type: 'Edm.String',
  isKey: false,
  creatable: true,
  updatable: true,
  alpha: false,
  ...more,
});
const success = member('Success', { type: 'Edm.Boolean' });

const complexTypes: readonly ComplexType[] = [
  { name: 'PostInvoiceExportParameters', properties: [success] },
  { name: 'ReleaseInvoiceExportParameters', properties: [success] },
  {
    name: 'CancelInvoiceExportParameters',
    properties: [
      member('ReverseDocument', { maxLength: 10 }),
      member('FiscalYear', { maxLength: 4 }),
      success,
    ],
  },
];

const number = { name: 'SupplierInvoice', type: 'Edm.String', maxLength: 10 } as const;
const year = { name: 'FiscalYear', type: 'Edm.String', maxLength: 4 } as const;

const functions: readonly FunctionImport[] = [
  {
    name: 'Post',
    method: 'POST',
    parameters: [number, year],
    returns: { complex: 'PostInvoiceExportParameters' },
  },
  {
    name: 'Release',
    method: 'POST',
    parameters: [number, year, { name: 'DiscountDaysHaveToBeShifted', type: 'Edm.Boolean' }],
    returns: { complex: 'ReleaseInvoiceExportParameters' },
  },
  {
    name: 'Cancel',
    method: 'POST',
    parameters: [
      { name: 'PostingDate', type: 'Edm.DateTime' },
      { name: 'ReversalReason', type: 'Edm.String', maxLength: 2 },
      year,
      number,
    ],
    returns: { complex: 'CancelInvoiceExportParameters' },
  },
];

export const supplierInvoiceModel = (): ServiceModel =>
  serviceModel('API_SUPPLIERINVOICE_PROCESS_SRV', supplierInvoiceFields, {
    complexTypes,
    functions,
  });
