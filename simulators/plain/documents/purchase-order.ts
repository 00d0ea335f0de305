/** The purchase order, which the ERP and the procurement suite both hold. */
import {
  type Schema,
  count,
  date,
  decimal,
  flag,
  key,
  list,
  named,
  object,
  oneOf,
  text,
  timestamp,
} from '../schema.ts';
import {
  accountAssignment,
  canonicalState,
  companyCode,
  currency,
  lineNumber,
  materialNumber,
  mostLines,
  orderNumber,
  paymentTerms,
  plantCode,
  reference,
  scheduleLine,
  storageLocation,
  supplierNumber,
  taxCode,
  unit,
  user,
} from './shared.ts';

export const itemCategory = oneOf(
  'standard',
  'consignment',
  'subcontracting',
  'thirdParty',
  'service',
  'limit',
);

export const purchaseOrderLineShape: Schema = object({
  line: lineNumber,
  category: itemCategory,
  material: { ...materialNumber, pattern: '^[!-~]*$' },
  description: text(200, 0),
  quantity: decimal,
  unit,
  netPrice: decimal,
  priceQuantity: decimal,
  priceUnit: unit,
  taxCode,
  plant: plantCode,
  storageLocation: { ...storageLocation, pattern: '^[!-~]*$' },
  scheduleLines: list(scheduleLine, 200),
  'accountAssignment?': accountAssignment,
  overdeliveryTolerancePercent: decimal,
  underdeliveryTolerancePercent: decimal,
  unlimitedOverdelivery: flag,
  goodsReceiptExpected: flag,
  goodsReceiptNonValuated: flag,
  invoiceExpected: flag,
  goodsReceiptBasedInvoiceVerification: flag,
  deliveryCompleted: flag,
  finalInvoice: flag,
  deleted: flag,
});

const changeRecord: Schema = named(
  'ChangeRecord',
  object({
    at: timestamp,
    by: user,
    field: { type: 'string' },
    old: { type: 'string' },
    new: { type: 'string' },
  }),
);

/** A purchase order with lines of the given shape. */
export const purchaseOrder = (line: Schema): Schema =>
  named(
    'PurchaseOrder',
    object({
      number: orderNumber,
      'externalReference?': reference,
      'requisition?': key(20),
      status: canonicalState,
      revision: count(1, 1_000_000),
      companyCode,
      supplier: supplierNumber,
      currency,
      paymentTerms,
      orderDate: date,
      buyer: user,
      lines: list(named('PurchaseOrderLine', line), mostLines),
      released: flag,
      createdAt: timestamp,
      changedAt: timestamp,
      changes: list(changeRecord, 100_000),
      'acknowledgement?': key(40),
    }),
    'Header, lines, schedule lines and accounts of an order; `revision` counts its change orders.',
  );
