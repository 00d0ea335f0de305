/** Small documents with the fields that invariants look at; tests give what matters to them. */

/** An order line: 10 pieces of M-1 at 5. */
export const orderLine = (fields: object = {}): object => ({
  line: '1',
  category: 'standard',
  material: 'M-1',
  quantity: '10',
  unit: 'C62',
  netPrice: '5',
  priceQuantity: '1',
  overdeliveryTolerancePercent: '0',
  unlimitedOverdelivery: false,
  goodsReceiptExpected: true,
  invoiceExpected: true,
  deleted: false,
  plant: '1010',
  scheduleLines: [{ deliveryDate: '2026-12-01' }],
  ...fields,
});

/** An order in procurement as issued, with one line. */
export const order = (number = 'PO-0000017', fields: object = {}): object => ({
  number,
  status: 'transmitted',
  revision: 1,
  companyCode: '1000',
  supplier: 'S-1',
  currency: 'EUR',
  buyer: 'anna',
  lines: [orderLine()],
  ...fields,
});

/** The same order in the ERP. */
export const erpOrder = (
  number: string,
  externalReference = 'PO-0000017',
  fields: object = {},
): object => ({
  ...order(number),
  externalReference,
  ...fields,
});

export const expectedReceipt = (purchaseOrder = 'PO-0000017', fields: object = {}): object => ({
  number: 'ER-1',
  purchaseOrder,
  revision: 1,
  supplier: 'S-1',
  plant: '1010',
  status: 'open',
  lines: [
    {
      line: '1',
      material: 'M-1',
      quantity: '10',
      unit: 'C62',
      expectedOn: '2026-12-01',
      cancelled: false,
    },
  ],
  ...fields,
});

/** What the warehouse counted: all 10 pieces, unless another quantity is given. */
export const confirmation = (number: string, quantity = '10', fields: object = {}): object => ({
  number,
  purchaseOrder: 'PO-0000017',
  plant: '1010',
  lines: [
    {
      line: '1',
      purchaseOrderLine: '1',
      material: 'M-1',
      quantity,
      unit: 'C62',
      condition: 'good',
      finalDelivery: false,
    },
  ],
  discrepancies: [],
  ...fields,
});

/** A receipt in the ERP (or in procurement with `purchaseOrder` its own number). */
export const receipt = (
  number: string,
  externalReference: string | undefined,
  quantity = '10',
  fields: {
    readonly purchaseOrder?: string;
    readonly movementType?: string;
    readonly [other: string]: unknown;
  } = {},
): object => {
  const { purchaseOrder = '4500000017', movementType = '101', ...rest } = fields;
  return {
    number,
    year: '2026',
    ...(externalReference === undefined ? {} : { externalReference }),
    lines: [
      {
        line: '1',
        movementType,
        purchaseOrder,
        purchaseOrderLine: '1',
        material: 'M-1',
        plant: '1010',
        storageLocation: '0001',
        quantity,
        unit: 'C62',
        quantityInBaseUnit: quantity,
        quantityInOrderUnit: quantity,
        amount: String(Number(quantity) * 5),
        currency: 'EUR',
      },
    ],
    ...rest,
  };
};

/** An invoice over 10 pieces at 5, in procurement with its own order number. */
export const invoice = (number: string, fields: object = {}): object => ({
  number,
  year: '2026',
  kind: 'invoice',
  status: 'matched',
  match: 'matched',
  supplierReference: 'R-77',
  companyCode: '1000',
  supplier: 'S-1',
  currency: 'EUR',
  documentDate: '2026-11-01',
  grossAmount: '59.5',
  taxAmount: '9.5',
  lines: [invoiceLine()],
  paymentBlocks: [],
  paidAmount: '0',
  ...fields,
});

export const invoiceLine = (fields: object = {}): object => ({
  line: '1',
  purchaseOrder: 'PO-0000017',
  purchaseOrderLine: '1',
  quantity: '10',
  unit: 'C62',
  netPrice: '5',
  priceQuantity: '1',
  amount: '50',
  ...fields,
});

/** The same invoice posted in the ERP. */
export const erpInvoice = (
  number: string,
  externalReference: string,
  fields: object = {},
): object => ({
  ...invoice(number),
  externalReference,
  status: 'posted',
  lines: [invoiceLine({ purchaseOrder: '4500000017' })],
  ...fields,
});

export const payment = (number: string, items: readonly object[], fields: object = {}): object => ({
  number,
  year: '2026',
  status: 'issued',
  companyCode: '1000',
  supplier: 'S-1',
  currency: 'EUR',
  amount: '59.5',
  items,
  ...fields,
});

export const paymentItem = (invoiceId: string, fields: object = {}): object => ({
  invoice: invoiceId,
  supplierReference: 'R-77',
  grossAmount: '59.5',
  discount: '0',
  paidAmount: '59.5',
  ...fields,
});

/** An accounting document from `[key, amount]` pairs on line 1 of an order. */
export const accounting = (
  number: string,
  lines: readonly (readonly [string, string])[],
  fields: object = {},
): object => ({
  number,
  year: '2026',
  companyCode: '1000',
  currency: 'EUR',
  source: 'GoodsReceipt 2026/5000000001',
  lines: lines.map(([key, amount], index) => ({
    line: String(index + 1),
    key,
    account: key,
    amount,
    ...(key === 'WRX' ? { purchaseOrder: '4500000017', purchaseOrderLine: '1' } : {}),
  })),
  ...fields,
});
