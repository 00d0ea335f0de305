/** Coupa's purchase orders, order confirmations and ship notices as the rules know them. */
import { dateOf, instantOf, plainDecimal, present } from './coupa-values.ts';

const scheduleLine = (line: any): object =>
  present({
    deliveryDate: dateOf(line['need-by-date']),
    confirmedDate: dateOf(line['promised-date']),
  });

function accountAssignment(account: any): object | undefined {
  const object = account?.['segment-3'];
  if (!object) return undefined;
  return { category: account['segment-4'], object, glAccount: account['segment-2'] };
}

const orderLine = (line: any): object => {
  const custom = line['custom-fields'];
  return present({
    line: line['line-num'],
    category: custom['item-category'],
    material: line['source-part-num'] ?? '',
    description: line.description,
    quantity: plainDecimal(line.quantity),
    unit: line.uom.code,
    netPrice: plainDecimal(line.price),
    priceQuantity: plainDecimal(custom['price-quantity']),
    priceUnit: custom['price-uom'],
    taxCode: custom['tax-code'],
    plant: custom.plant,
    storageLocation: custom['storage-location'],
    scheduleLines: line['schedule-lines'].map(scheduleLine),
    accountAssignment: accountAssignment(line.account),
    overdeliveryTolerancePercent: plainDecimal(custom['over-delivery-tolerance-percent']),
    underdeliveryTolerancePercent: plainDecimal(custom['under-delivery-tolerance-percent']),
    unlimitedOverdelivery: custom['unlimited-over-delivery'],
    goodsReceiptExpected: line['receipt-required'],
    goodsReceiptNonValuated: custom['goods-receipt-non-valuated'],
    invoiceExpected: custom['invoice-expected'],
    goodsReceiptBasedInvoiceVerification: custom['receipt-based-invoicing'],
    deleted: line.status === 'cancelled',
  });
};

export const orderOf = (order: any): any => {
  const custom = order['custom-fields'];
  return present({
    number: order['po-number'],
    status: order.status,
    revision: order.version,
    acknowledgement: custom.acknowledgement,
    requisition: order['requisition-header']?.['req-number'],
    companyCode: custom['company-code'],
    supplier: order.supplier.number,
    currency: order.currency.code,
    paymentTerms: order['payment-term'].code,
    orderDate: dateOf(custom['order-date']),
    buyer: order['created-by']?.login,
    lines: order['order-lines'].map(orderLine),
    changedAt: order['updated-at'],
  });
};

export const acknowledgementOf = (answer: any): any => ({
  number: answer['external-reference-number'],
  purchaseOrder: answer['order-header']['po-number'],
  orderRevision: answer['order-version'],
  // Of two in one second the one with the higher id came later.
  acknowledgedAt: `${answer['created-at']}/${String(answer.id).padStart(12, '0')}`,
  lines: answer['order-line-confirmations'].map((line: any) => ({
    line: line['line-num'],
    decision: line.action,
    quantity: plainDecimal(line.quantity),
    unit: line.uom.code,
    deliveryDate: dateOf(line['promised-date']),
  })),
  changedAt: answer['updated-at'],
});

const noticeLine = (line: any): object =>
  present({
    line: line['line-num'],
    purchaseOrder: line['order-line']['order-header-number'],
    purchaseOrderLine: line['order-line']['line-num'],
    material: line.item['item-number'],
    quantity: plainDecimal(line.quantity),
    unit: line.uom.code,
    lot: line['custom-fields'].lot,
    expiresOn: dateOf(line['custom-fields']['expires-on']),
  });

export const shipNoticeOf = (notice: any): any => ({
  number: notice['asn-number'],
  supplier: notice.supplier.number,
  shippedAt: instantOf(notice['ship-date']),
  estimatedArrival: dateOf(notice['delivery-date']),
  carrier: notice.carrier,
  trackingNumber: notice['custom-fields']['tracking-number'],
  plant: notice['ship-to-address']['location-code'],
  lines: notice.lines.map(noticeLine),
  changedAt: notice['updated-at'],
});
