/** An order through the procurement suite, from the requisition to the void receipt. */
import { type Act, later, lines, today } from './business-words.ts';
import { supplierOf } from './master-data.ts';

const head = { companyCode: '1000', supplier: '100001', currency: 'EUR' };

export function procurementBusiness(act: Act): void {
  const order = act('POST', '/v1/purchase-orders', [], {
    ...head,
    lines: lines(() => ({ netPrice: '5.00', plant: '1010', deliveryDate: later })),
  });
  const requisition = act('POST', '/v1/requisitions', [], {
    ...head,
    lines: lines(() => ({ estimatedPrice: '5.00', plant: '1010', requiredOn: later })),
  });
  act('POST', '/v1/requisitions/{number}/submit', [requisition.number]);
  act('PATCH', '/v1/purchase-orders/{number}', [order.number], {
    lines: [{ line: '1', quantity: '11' }],
  });
  supplierAnswers(act, order.number);
  receivedAndInvoiced(act, order.number);
  act('POST', '/v1/purchase-orders/{number}/exported', [order.number], { exported: true });
  act('PUT', '/v1/suppliers/{number}', ['100009'], supplierOf('100009'));
  for (const path of ['/v1/purchase-orders', '/v1/invoices', '/v1/events', '/v1/ship-notices']) {
    act('GET', path, []);
  }
}

function supplierAnswers(act: Act, order: string): void {
  act('POST', '/v1/purchase-orders/{number}/acknowledge', [order], {
    orderRevision: 2,
    supplier: '100001',
    lines: ['11', '10', '10'].map((quantity, index) => ({
      line: String(index + 1),
      decision: 'accepted',
      quantity,
      unit: 'C62',
      deliveryDate: later,
    })),
  });
  act('POST', '/v1/ship-notices', [], {
    supplier: '100001',
    estimatedArrival: later,
    carrier: 'Dachser',
    trackingNumber: 'T-1',
    plant: '1010',
    lines: lines((index) => ({ purchaseOrder: order, purchaseOrderLine: String(index) })),
  });
}

function receivedAndInvoiced(act: Act, order: string): void {
  const receipt = act('POST', '/v1/receipts', [], {
    externalReference: 'WR-0000001',
    lines: lines((index) => ({ purchaseOrder: order, purchaseOrderLine: String(index) })),
  });
  const invoice = act('POST', '/v1/invoices', [], {
    ...head,
    supplierReference: 'INV-1',
    documentDate: today,
    lines: [1, 2, 3].map((index) => ({
      purchaseOrder: order,
      purchaseOrderLine: String(index),
      quantity: '10',
      netPrice: '5',
    })),
  });
  act('POST', '/v1/invoices/{number}/status', [invoice.number], {
    status: 'posted',
    erpNumber: '2026/5105600001',
  });
  act('POST', '/v1/receipts/{number}/void', [receipt.number], { reason: 'wrong goods' });
}
