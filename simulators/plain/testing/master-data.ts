/** A little master data that all three systems agree on. */
import { decimal } from '../../../domain/decimal.ts';
import type { Material, Supplier } from '../../../domain/master-data.ts';

export const supplierOf = (number: string): Supplier => ({
  number,
  name: `Supplier ${number}`,
  country: 'DE',
  city: 'Kiel',
  street: 'Hafen 1',
  postalCode: '24103',
  email: 'orders@example.com',
  taxNumber: 'DE1',
  currency: 'EUR',
  paymentTerms: 'NT30',
  bankAccount: 'DE02',
  blocked: false,
});

const materialOf = (number: string): Material => ({
  number,
  description: `Material ${number}`,
  materialGroup: 'G',
  baseUnit: 'C62',
  orderUnit: 'C62',
  alternativeUnits: [{ unit: 'BX', numerator: decimal(24), denominator: decimal(1) }],
  valuation: 'movingAverage',
  price: decimal('5'),
  taxCode: 'V1',
  batchManaged: false,
  deleted: false,
});

export const masterData = {
  suppliers: [supplierOf('100001'), supplierOf('100002')],
  materials: [materialOf('M-1'), materialOf('M-2'), materialOf('M-3')],
};
