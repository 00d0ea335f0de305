/**
 * Every field that a flow agrees on, spoiled by itself: the rule of that name notices, no other pair of
 * documents is accused, and where nothing arrived nothing is said.
 */
import { describe, expect, test } from 'vitest';
import { type Flow, type FlowDocument, agrees } from '../../harness/flow.ts';
import { fieldsAgree } from '../invariants/fields-agree.ts';
import { HistoryBuilder, verdictOn } from '../invariants/history-builder.ts';
import { acknowledgementToErp } from './acknowledgements.ts';
import { invoiceStatusBack, invoiceToErp } from './invoices.ts';
import { materialToWms, supplierToProcurement } from './master-data.ts';
import { orderToErp, orderToWms } from './orders.ts';
import { paymentBack } from './payments.ts';
import { receiptToErp } from './receipts.ts';
import { shipNoticeToWms } from './ship-notices.ts';

const orderLine = {
  line: '1',
  category: 'standard',
  material: 'M-1',
  description: 'Hex bolt M8',
  quantity: '10',
  unit: 'C62',
  netPrice: '5',
  priceQuantity: '100',
  priceUnit: 'C62',
  taxCode: 'V2',
  plant: '1020',
  storageLocation: '0002',
  scheduleLines: [{ deliveryDate: '2026-12-01', quantity: '10' }],
  overdeliveryTolerancePercent: '10',
  unlimitedOverdelivery: false,
  goodsReceiptExpected: true,
  invoiceExpected: true,
  goodsReceiptBasedInvoiceVerification: true,
  deleted: false,
};
const order = {
  number: 'PO-1',
  externalReference: 'PO-1',
  status: 'transmitted',
  revision: 1,
  companyCode: '1000',
  supplier: 'S-1',
  currency: 'JPY',
  paymentTerms: 'NT60',
  requisition: 'RQ-0000001',
  lines: [orderLine, { ...orderLine, line: '2', material: 'M-2' }],
};
const expectedLine = {
  line: '1',
  material: 'M-1',
  quantity: '10',
  unit: 'C62',
  expectedOn: '2026-12-01',
  overdeliveryTolerancePercent: '10.0',
  cancelled: false,
};
const expected = {
  purchaseOrder: 'PO-1',
  supplier: 'S-1',
  plant: '1020',
  status: 'open',
  lines: [expectedLine, { ...expectedLine, line: '2', material: 'M-2' }],
};
const answer = {
  number: 'OA-1',
  purchaseOrder: 'PO-1',
  orderRevision: 1,
  lines: [
    { line: '1', decision: 'accepted', quantity: '8', unit: 'C62', deliveryDate: '2026-12-04' },
  ],
};
const confirmedOrder = {
  ...order,
  acknowledgement: 'OA-1',
  lines: [
    {
      ...orderLine,
      scheduleLines: [{ confirmedQuantity: '8.0', confirmedDate: '2026-12-04' }],
    },
  ],
};
const noticeLine = {
  line: '1',
  purchaseOrder: 'PO-1',
  purchaseOrderLine: '1',
  material: 'M-1',
  quantity: '10',
  unit: 'C62',
  lot: 'L-1',
  expiresOn: '2028-01-01',
};
const notice = {
  number: 'SN-1',
  supplier: 'S-1',
  plant: '1020',
  status: 'inTransit',
  estimatedArrival: '2026-12-01',
  carrier: 'DHL',
  trackingNumber: 'T-1',
  lines: [noticeLine],
};
const counted = (line: string, quantity: string): object => ({
  line,
  purchaseOrderLine: line,
  material: 'M-1',
  quantity,
  unit: 'C62',
  lot: 'L-1',
  condition: 'good',
  movementType: '101',
  finalDelivery: line === '2',
});
const confirmation = {
  number: 'WR-1',
  purchaseOrder: 'PO-1',
  shipNotice: 'SN-1',
  receivedOn: '2026-12-01',
  lines: [counted('1', '10'), counted('2', '7')],
};
const materialDocument = {
  externalReference: 'WR-1',
  deliveryNote: 'SN-1',
  documentDate: '2026-12-01',
  lines: [counted('1', '10'), { ...counted('2', '7'), deliveryCompleted: true }],
};
const invoice = {
  number: 'IV-1',
  externalReference: 'IV-1',
  kind: 'subsequentCredit',
  status: 'matched',
  match: 'matched',
  companyCode: '1000',
  supplier: 'S-1',
  supplierReference: 'R-1',
  currency: 'KWD',
  grossAmount: '11.9',
  taxAmount: '1.9',
  documentDate: '2026-12-02',
  paymentTerms: 'ZB14',
  refersTo: 'IV-0',
  lines: ['1', '2'].map((purchaseOrderLine) => ({
    purchaseOrder: 'PO-1',
    purchaseOrderLine,
    quantity: purchaseOrderLine,
    unit: 'C62',
    amount: '5',
    taxCode: 'V1',
  })),
};
const posted = { ...invoice, status: 'posted', refersTo: '2026/1' };
const item = { supplierReference: 'R-1', grossAmount: '11.9', discount: '0.2', paidAmount: '11.7' };
const payment = {
  number: '3000000001',
  accountingDocument: '1000/2026/1700000009',
  status: 'issued',
  supplier: 'S-1',
  items: [item],
};
const paid = {
  supplier: 'S-1',
  supplierReference: 'R-1',
  status: 'paid',
  payment: '2026/3000000001',
  paidAmount: '11.7',
};
const supplier = {
  number: 'S-1',
  name: 'Köhler & Söhne',
  country: 'DE',
  city: 'Köln',
  street: 'Am Hafen 1',
  postalCode: '50667',
  email: 'a@b.example',
  taxNumber: 'DE1',
  currency: 'EUR',
  paymentTerms: 'NT30',
  bankAccount: 'DE02',
  blocked: true,
};
const material = {
  number: 'M-1',
  description: 'Hex bolt',
  materialGroup: 'FASTENER',
  baseUnit: 'C62',
  orderUnit: 'DZN',
  alternativeUnits: [{ unit: 'DZN', numerator: '12', denominator: '1' }],
  batchManaged: true,
  deleted: true,
};

const inLine = (document: { lines: readonly object[] }, fields: object): object => ({
  ...document,
  lines: document.lines.map((line, index) => (index === 0 ? { ...line, ...fields } : line)),
});
const inOrder = (fields: object): FlowDocument => inLine(order, fields);
const shifted = { scheduleLines: [{ deliveryDate: '2026-11-30', quantity: '10' }] };
const swapped = [counted('2', '10'), counted('1', '7')];
const onFirst = invoice.lines.map((line) => ({ ...line, purchaseOrderLine: '1' }));

/** By flow: a pair that agrees, and what is spoiled at the target. */
const cases: readonly (readonly [
  Flow,
  FlowDocument,
  FlowDocument,
  Readonly<Record<string, FlowDocument>>,
])[] = [
  [
    orderToErp,
    order,
    order,
    {
      supplier: { ...order, supplier: 'S-2' },
      currency: { ...order, currency: 'EUR' },
      companyCode: { ...order, companyCode: '2000' },
      paymentTerms: { ...order, paymentTerms: 'NT30' },
      requisition: { ...order, requisition: 'RQ-0000002' },
      'lines[].priceQuantity': inOrder({ priceQuantity: '1' }),
      'lines[].priceUnit': inOrder({ priceUnit: 'DZN' }),
      'lines[].category': inOrder({ category: 'consignment' }),
      'lines[].plant': inOrder({ plant: '1010' }),
      'lines[].storageLocation': inOrder({ storageLocation: '0001' }),
      'lines[].taxCode': inOrder({ taxCode: 'V1' }),
      'lines[].deliveryDate': inOrder(shifted),
      'lines[].description': inOrder({ description: 'Hex bolt' }),
      'lines[].overdeliveryTolerancePercent': inOrder({ overdeliveryTolerancePercent: '0' }),
      'lines[].goodsReceiptExpected': inOrder({ goodsReceiptExpected: false }),
      'lines[].invoiceExpected': inOrder({ invoiceExpected: false }),
      'lines[].goodsReceiptBasedInvoiceVerification': inOrder({
        goodsReceiptBasedInvoiceVerification: false,
      }),
    },
  ],
  [
    orderToWms,
    order,
    expected,
    {
      plant: { ...expected, plant: '1010' },
      'lines[].overdeliveryTolerancePercent': inLine(expected, {
        overdeliveryTolerancePercent: '0',
      }),
      'lines[].expectedOn': inLine(expected, { expectedOn: '2026-11-30' }),
    },
  ],
  [
    acknowledgementToErp,
    answer,
    confirmedOrder,
    { 'lines[].confirmed': { ...confirmedOrder, lines: [orderLine] } },
  ],
  [
    shipNoticeToWms,
    notice,
    notice,
    {
      plant: { ...notice, plant: '1010' },
      estimatedArrival: { ...notice, estimatedArrival: '2026-12-02' },
      carrier: { ...notice, carrier: 'UPS' },
      trackingNumber: { ...notice, trackingNumber: '' },
      'lines[].purchaseOrderLine': inLine(notice, { purchaseOrderLine: '2' }),
      'lines[].lot': inLine(notice, { lot: undefined }),
      'lines[].expiresOn': inLine(notice, { expiresOn: undefined }),
    },
  ],
  [
    receiptToErp,
    confirmation,
    materialDocument,
    {
      'lines[].quantity': { ...materialDocument, lines: swapped },
      documentDate: { ...materialDocument, documentDate: '2026-12-02' },
      deliveryNote: { ...materialDocument, deliveryNote: 'SN-2' },
      'lines[].deliveryCompleted': inLine(materialDocument, { deliveryCompleted: true }),
    },
  ],
  [
    invoiceToErp,
    invoice,
    posted,
    {
      kind: { ...posted, kind: 'invoice' },
      companyCode: { ...posted, companyCode: '2000' },
      paymentTerms: { ...posted, paymentTerms: 'NT30' },
      refersTo: { ...posted, refersTo: undefined },
      lines: { ...posted, lines: onFirst },
    },
  ],
  [
    invoiceStatusBack,
    { ...posted, number: '5105600001', paymentBlocks: [] },
    { ...invoice, status: 'posted', erpNumber: '2026/5105600001', paymentBlocks: [] },
    { erpNumber: { ...invoice, status: 'posted', erpNumber: undefined, paymentBlocks: [] } },
  ],
  [
    paymentBack,
    payment,
    paid,
    {
      payment: { ...paid, payment: '2026/3000000002' },
      paidAmount: { ...paid, paidAmount: '0.2' },
    },
  ],
  [
    supplierToProcurement,
    supplier,
    supplier,
    {
      name: { ...supplier, name: 'KÃ¶hler & SÃ¶hne' },
      bankAccount: { ...supplier, bankAccount: '' },
      paymentTerms: { ...supplier, paymentTerms: 'NT60' },
      street: { ...supplier, street: '' },
      blocked: { ...supplier, blocked: false },
    },
  ],
  [
    materialToWms,
    material,
    material,
    {
      alternativeUnits: { ...material, alternativeUnits: [] },
      batchManaged: { ...material, batchManaged: false },
      deleted: { ...material, deleted: false },
    },
  ],
];

const broken = ({ agree }: Flow, source: FlowDocument, target: FlowDocument): string[] =>
  agree.filter((rule) => !agrees(rule, source, target)).map(({ field }) => field);

describe.each(cases)('$name', (flow, source, target, spoiled) => {
  test('accepts what agrees, as rule and as invariant', () => {
    expect(broken(flow, source, target)).toEqual([]);
    expect(verdictOn(fieldsAgree(flow), historyOf(flow, source, target)).status).toBe('holds');
  });

  test.each(Object.entries(spoiled))('rejects another %s', (field, other) => {
    expect(broken(flow, source, other)).toContain(field);
    const { status, violations } = verdictOn(fieldsAgree(flow), historyOf(flow, source, other));
    expect(status).toBe('violated');
    expect(violations).toHaveLength(1);
  });

  test('is unknown where nothing arrived', () => {
    expect(verdictOn(fieldsAgree(flow), historyOf(flow, source)).status).toBe('unknown');
  });
});

function historyOf({ from, to }: Flow, source: object, target?: object): HistoryBuilder {
  const history = new HistoryBuilder().commit(from.system, from.document, 'source', source);
  if (target !== undefined) history.commit(to.system, to.document, 'target', target);
  return history.at(1_000_000).end();
}

test('a text longer than an ERP holds may be cut there, and no shorter', () => {
  const long = 'Hex bolt M8 zinc plated, with washer and lock nut';
  const [source, cut] = [
    inOrder({ description: long }),
    inOrder({ description: long.slice(0, 40) }),
  ];
  expect(broken(orderToErp, source, cut)).toEqual([]);
  expect(broken(orderToErp, source, inOrder({ description: long.slice(0, 39) }))).toEqual([
    'lines[].description',
  ]);
});

test('a reference that people read need not be carried, and may be free text', () => {
  for (const deliveryNote of [undefined, '', 'gate 4, two pallets', '4711'])
    expect(broken(receiptToErp, confirmation, { ...materialDocument, deliveryNote })).toEqual([]);
  expect(broken(orderToErp, { ...order, requisition: undefined }, order)).toEqual([]);
});

test('a void in procurement is a cancelled invoice in the ERP', () => {
  const voided = { ...invoice, status: 'cancelled' };
  expect(broken(invoiceToErp, voided, posted)).toEqual(['cancelled']);
  const taken = { ...posted, status: 'cancelled' };
  expect(broken(invoiceToErp, voided, taken)).toEqual([]);
});
