/** Suppliers and materials: the same on every wire. */
import { type Schema, count, decimal, flag, list, named, object, oneOf, text } from '../schema.ts';
import { currency, materialNumber, paymentTerms, supplierNumber, taxCode, unit } from './shared.ts';

const country: Schema = { type: 'string', pattern: '^[A-Z]{2}$' };

export const supplier: Schema = named(
  'Supplier',
  object({
    number: supplierNumber,
    name: text(120),
    country,
    city: text(80, 0),
    street: text(120, 0),
    postalCode: text(20, 0),
    email: text(254, 0),
    taxNumber: text(40, 0),
    currency,
    paymentTerms,
    bankAccount: text(40, 0),
    blocked: flag,
  }),
);

export const material: Schema = named(
  'Material',
  object({
    number: materialNumber,
    description: text(200),
    materialGroup: text(40, 0),
    baseUnit: unit,
    orderUnit: unit,
    alternativeUnits: list(
      named('AlternativeUnit', object({ unit, numerator: decimal, denominator: decimal })),
      50,
    ),
    valuation: oneOf('movingAverage', 'standard'),
    price: decimal,
    taxCode,
    batchManaged: flag,
    'shelfLifeDays?': count(1, 36_500),
    deleted: flag,
  }),
);
