/** Purchase orders on their way: out of requisitions, into the ERP, into the warehouse. */
import { type FlowDocument, defineFlow } from '../../harness/flow.ts';
import {
  type ComparedLine,
  isWithdrawn,
  ofHead,
  ofLines,
  standing,
  withdrawal,
} from './order-lines.ts';
import { deliveryDates, expectedDates, lineTexts, tolerances } from './order-terms.ts';
import { toldReference } from './told-reference.ts';

/** Sent to the supplier, and not taken back. */
const isIssued = ({ status }: FlowDocument): boolean =>
  status !== 'draft' && status !== 'approved' && status !== 'cancelled' && status !== 'rejected';

const wasIssued = ({ status }: FlowDocument): boolean =>
  status !== 'draft' && status !== 'approved';

/** Goods come for the line, so a warehouse has to know of it. */
const isReceivable = (line: ComparedLine): boolean => line['goodsReceiptExpected'] !== false;

export const requisitionToOrder = defineFlow({
  name: 'requisition-to-order',
  from: {
    system: 'procurement',
    document: 'Requisition',
    when: ({ status }) => status === 'approved' || status === 'ordered',
  },
  to: { system: 'procurement', document: 'PurchaseOrder' },
  key: { from: (requisition) => requisition.number, to: (order) => order.requisition },
  agree: ['companyCode', 'supplier', 'currency'],
  owner: 'procurement',
  pattern: 'data-consistency',
  dataClass: 'transactional',
  criticality: 'medium',
  within: '5m',
  internal: true,
});

export const orderToErp = defineFlow({
  name: 'order-to-erp',
  from: { system: 'procurement', document: 'PurchaseOrder', when: isIssued, known: wasIssued },
  to: { system: 'erp', document: 'PurchaseOrder' },
  key: { from: (order) => order.number, to: (order) => order.externalReference },
  agree: [
    withdrawal,
    ofHead('supplier'),
    ofHead('currency'),
    ofLines('material'),
    ofLines('quantity'),
    ofLines('unit'),
    ofLines('netPrice'),
    ofLines('priceQuantity'),
    ofLines('priceUnit'),
    // Where it goes, when, and on which terms: what is lost here is paid for later.
    ofHead('companyCode'),
    ofHead('paymentTerms'),
    ofLines('category'),
    ofLines('plant'),
    ofLines('storageLocation'),
    ofLines('taxCode'),
    deliveryDates,
    lineTexts,
    tolerances(),
    ofLines('goodsReceiptExpected'),
    ofLines('invoiceExpected'),
    ofLines('goodsReceiptBasedInvoiceVerification'),
    toldReference('requisition', 'requisition'),
  ],
  order: 'version',
  owner: 'procurement',
  pattern: 'process-orchestration',
  dataClass: 'transactional',
  criticality: 'high',
  within: '5m',
});

export const orderToWms = defineFlow({
  name: 'order-to-wms',
  from: {
    system: 'procurement',
    document: 'PurchaseOrder',
    when: (order) => isIssued(order) && order.lines.some(isReceivable),
    known: wasIssued,
  },
  to: { system: 'wms', document: 'ExpectedReceipt' },
  key: { from: (order) => order.number, to: (expected) => expected.purchaseOrder },
  agree: [
    { ...withdrawal, from: (order) => isWithdrawn(order) || !order.lines.some(isReceivable) },
    ofHead('supplier'),
    ofLines('material', isReceivable),
    ofLines('quantity', isReceivable),
    ofLines('unit', isReceivable),
    { ...ofHead('plant'), from: (order) => (standing(order) ? order.lines[0]?.plant : '') },
    tolerances(isReceivable),
    expectedDates(isReceivable),
  ],
  // Goods are counted against what the warehouse closed: from then on the order may say what it likes.
  moot: (_, expected) => expected.status === 'closed',
  order: 'version',
  owner: 'procurement',
  pattern: 'process-orchestration',
  dataClass: 'transactional',
  criticality: 'high',
  within: '5m',
});
