/** Suppliers and items: the ERP's records in Coupa's words. */
import type { Copies } from '../../kit/ports.ts';
import type { CoupaClient } from './coupa-client.ts';
import { covers, present } from './coupa-values.ts';

const supplierBody = (supplier: any): object => ({
  number: supplier.number,
  name: supplier.name,
  status: supplier.blocked ? 'inactive' : 'active',
  'tax-id': supplier.taxNumber,
  'primary-contact': { email: supplier.email },
  'primary-address': {
    street1: supplier.street,
    city: supplier.city,
    'postal-code': supplier.postalCode,
    country: { code: supplier.country },
  },
  'payment-term': { code: supplier.paymentTerms },
  currency: { code: supplier.currency },
  'custom-fields': { 'bank-account': supplier.bankAccount },
});

const itemBody = (material: any): object => ({
  'item-number': material.number,
  name: material.description,
  description: material.description,
  active: !material.deleted,
  uom: { code: material.baseUnit },
  commodity: { name: material.materialGroup },
  'custom-fields': present({
    'order-uom': material.orderUnit,
    'alternative-uoms': material.alternativeUnits.map((each: any) => ({
      uom: each.unit,
      numerator: each.numerator,
      denominator: each.denominator,
    })),
    valuation: material.valuation,
    'standard-price': material.price,
    'tax-code': material.taxCode,
    'batch-managed': material.batchManaged,
    'shelf-life-days': material.shelfLifeDays,
  }),
});

const copies = (
  client: CoupaClient,
  resource: string,
  keyName: string,
  bodyOf: (record: any) => object,
): Copies => ({
  find: async (key, call) => {
    const body = await client.row(resource, keyName, key, call);
    return body === undefined ? undefined : { body, version: 0 };
  },
  put: async (record, known, call) => {
    const body = bodyOf(record);
    if (known === undefined) await client.send('POST', resource, body, call);
    else await client.send('PUT', `${resource}/${known.body.id}`, body, call);
  },
  agrees: (record, known) => covers(known, bodyOf(record)),
});

export const coupaSuppliers = (client: CoupaClient): Copies =>
  copies(client, 'suppliers', 'number', supplierBody);

export const coupaItems = (client: CoupaClient): Copies =>
  copies(client, 'items', 'item-number', itemBody);
