/** Parts that the documents of all systems have in common, as the `plain` dialect shows them. */
import { type Schema, date, decimal, key, named, object, oneOf, text } from '../schema.ts';

/** Most lines that a document may have; the published maximum of an order is 429. */
export const mostLines = 1000;

export const lineNumber = key(10);
export const supplierNumber = key(10);
export const materialNumber = key(40);
export const companyCode = key(4);
export const plantCode = key(4);
export const storageLocation = key(16);
export const currency: Schema = { type: 'string', pattern: '^[A-Z]{3}$' };
export const unit = key(8);
export const taxCode = key(4);
export const paymentTerms = key(8);
export const orderNumber = key(20);
/** Number of the same document in another system, at most so long as the ERP's field. */
export const reference = key(16);
export const user = text(60);
export const reason = text(255);

export const canonicalState = oneOf(
  'draft',
  'approved',
  'transmitted',
  'acknowledged',
  'shipped',
  'partiallyReceived',
  'fullyReceived',
  'matched',
  'disputed',
  'posted',
  'paid',
  'cancelled',
  'rejected',
);

export const accountAssignment: Schema = named(
  'AccountAssignment',
  object({
    category: oneOf('costCenter', 'order', 'asset', 'project'),
    object: key(24),
    glAccount: key(10),
  }),
  'Where the cost of a line goes when it is not stock.',
);

export const scheduleLine: Schema = named(
  'ScheduleLine',
  object({
    scheduleLine: lineNumber,
    deliveryDate: date,
    quantity: decimal,
    'confirmedQuantity?': decimal,
    'confirmedDate?': date,
  }),
);
